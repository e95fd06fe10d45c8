// The Northwind queries by hand.
import * as ask from "./northwind-fields.mjs";
import { columns, rowMaker } from "./raw-rows.mjs";

const { fields } = ask;

/** The columns of a table under an alias, as a list. */
const listOf = (table, alias) =>
  Object.values(fields[table])
    .map((name) => `${alias}.${name}`)
    .join(", ");

const makerOf = (table) => rowMaker(Object.keys(fields[table]));

const jsonOf = (table, alias, more = "") => {
  const members = Object.entries(fields[table]).map(([key, name]) => `'${key}', ${alias}.${name}`);
  return `json_object(${members.join(", ")}${more})`;
};

/** The first row of `from`, by the id that the call asks for. */
const byId = (table, from, idOf) => ({
  object: (db) => {
    const list = Object.entries(fields[table]).map(([key, name]) => `${name} as "${key}"`);
    const get = db.object(`select ${list.join(", ")} from ${from} where id = ?`);
    return { op: (i) => get(idOf(i)) };
  },
  array: (db) => {
    const get = db.array(`select ${listOf(table, "t")} from ${from} t where id = ?`);
    const make = makerOf(table);
    return { op: (i) => make(get(idOf(i))) };
  },
});

/** A row with the row of a relation to one, as a list of one. */
function withOne(table, target, name, key, idOf) {
  const from = `from ${table} t left join ${target} r on r.id = t.${key} where t.id = ?`;
  const width = Object.keys(fields[table]).length;
  const [make, makeTarget] = [makerOf(table), makerOf(target)];
  return {
    join: (db) => {
      const all = db.arrays(`select ${listOf(table, "t")}, ${listOf(target, "r")} ${from}`);
      const rowOf = (row) => {
        const made = make(row);
        made[name] = row[width] === null ? null : makeTarget(row.slice(width));
        return made;
      };
      return { op: (i) => all(idOf(i)).map(rowOf) };
    },
    levels: (db) => {
      const parent = db.array(`select ${listOf(table, "t")} from ${table} t where id = ?`);
      const child = db.array(`select ${listOf(target, "t")} from ${target} t where id = ?`);
      const position = Object.values(fields[table]).indexOf(key);
      return {
        op: (i) => {
          const row = parent(idOf(i));
          const made = make(row);
          made[name] = row[position] === null ? null : makeTarget(child(row[position]));
          return [made];
        },
      };
    },
    json: (db) => {
      const related = `case when r.id is null then null else ${jsonOf(target, "r")} end`;
      const get = db.value(
        `select json_group_array(${jsonOf(table, "t", `, '${name}', ${related}`)}) ${from}`,
      );
      return { op: (i) => JSON.parse(get(idOf(i))) };
    },
  };
}

const order = {
  levels: (db) => {
    const parent = db.array(`select ${listOf("orders", "t")} from orders t where id = ?`);
    const children = db.arrays(`select ${listOf("details", "d")}, ${listOf("products", "p")}
      from order_details d join products p on p.id = d.product_id where d.order_id = ?`);
    const [make, makeDetail, makeProduct] = ["orders", "details", "products"].map(makerOf);
    const detailOf = (row) => {
      const made = makeDetail(row);
      made.product = makeProduct(row.slice(5));
      return made;
    };
    return {
      op: (i) => {
        const made = make(parent(ask.orderOf(i)));
        made.details = children(ask.orderOf(i)).map(detailOf);
        return [made];
      },
    };
  },
  json: (db) => {
    const detail = jsonOf("details", "d", `, 'product', ${jsonOf("products", "p")}`);
    const details = `(select json_group_array(${detail}) from order_details d
      join products p on p.id = d.product_id where d.order_id = o.id)`;
    const get =
      db.value(`select json_group_array(${jsonOf("orders", "o", `, 'details', json(${details})`)})
      from orders o where o.id = ?`);
    return { op: (i) => JSON.parse(get(ask.orderOf(i))) };
  },
};

const pageValues = (i) => {
  const { limit, offset } = ask.pageOf(i);
  return [limit, offset];
};

const sums = {
  id: "o.id",
  shippedDate: "o.shipped_date",
  shipName: "o.ship_name",
  shipCity: "o.ship_city",
  shipCountry: "o.ship_country",
  productsCount: "count(d.product_id)",
  quantitySum: "sum(d.quantity)",
  totalPrice: "sum(d.quantity * d.unit_price)",
};

export const workloads = {
  "nw-customers": columns(
    fields.customers,
    "from customers order by id limit ? offset ?",
    pageValues,
  ),
  "nw-customer": byId("customers", "customers", ask.customerOf),
  "nw-employee": withOne("employees", "employees", "recipient", "recipient_id", ask.employeeOf),
  "nw-supplier": byId("suppliers", "suppliers", ask.supplierOf),
  "nw-product": withOne("products", "suppliers", "supplier", "supplier_id", ask.productOf),
  "nw-search": columns(fields.products, "from products where name like ?", (i) => [ask.termOf(i)]),
  "nw-orders": columns(
    sums,
    `from orders o left join order_details d on d.order_id = o.id
     group by o.id order by o.id limit ? offset ?`,
    pageValues,
  ),
  "nw-order": order,
};
