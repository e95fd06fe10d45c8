// The Northwind queries as Drizzle's benchmark has them: prepared, with placeholders.
import * as ask from "./northwind-fields.mjs";
import { synchronous } from "./drizzle.mjs";

/** Queries that both lines word in the same way. */
const shared = {
  "nw-search": ({ db, s, orm: { like, sql } }) => {
    const query = db
      .select()
      .from(s.products)
      .where(like(s.products.name, sql.placeholder("term")))
      .prepare();
    return { op: (i) => query.all({ term: ask.termOf(i) }) };
  },
  "nw-orders": ({ db, s: { orders, details }, orm: { asc, eq, sql } }) => {
    const query = db
      .select({
        id: orders.id,
        shippedDate: orders.shippedDate,
        shipName: orders.shipName,
        shipCity: orders.shipCity,
        shipCountry: orders.shipCountry,
        productsCount: sql`count(${details.productId})`.mapWith(Number),
        quantitySum: sql`sum(${details.quantity})`.mapWith(Number),
        totalPrice: sql`sum(${details.quantity} * ${details.unitPrice})`.mapWith(Number),
      })
      .from(orders)
      .leftJoin(details, eq(details.orderId, orders.id))
      .groupBy(orders.id)
      .orderBy(asc(orders.id))
      .limit(sql.placeholder("limit"))
      .offset(sql.placeholder("offset"))
      .prepare();
    return { op: (i) => query.all(ask.pageOf(i)) };
  },
};

const run = (query, valuesOf) => {
  const prepared = synchronous(query.prepare());
  return { op: (i) => prepared(valuesOf(i)) };
};

const idOf = (ask) => (i) => ({ id: ask(i) });

/** Of either line; `where` gives a condition on the id, `order` an order by it. */
const queries = (where, order) => ({
  ...shared,
  "nw-customers": ({ db, s, orm: { sql } }) => {
    const [limit, offset] = ["limit", "offset"].map((name) => sql.placeholder(name));
    return run(db.query.customers.findMany({ ...order(s.customers), limit, offset }), ask.pageOf);
  },
  "nw-customer": ({ db, s, orm }) =>
    run(db.query.customers.findFirst(where(orm, s.customers)), idOf(ask.customerOf)),
  "nw-employee": ({ db, s, orm }) =>
    run(
      db.query.employees.findMany({ ...where(orm, s.employees), with: { recipient: true } }),
      idOf(ask.employeeOf),
    ),
  "nw-supplier": ({ db, s, orm }) =>
    run(db.query.suppliers.findFirst(where(orm, s.suppliers)), idOf(ask.supplierOf)),
  "nw-product": ({ db, s, orm }) =>
    run(
      db.query.products.findMany({ ...where(orm, s.products), with: { supplier: true } }),
      idOf(ask.productOf),
    ),
  "nw-order": ({ db, s, orm }) =>
    run(
      db.query.orders.findMany({
        ...where(orm, s.orders),
        with: { details: { with: { product: true } } },
      }),
      idOf(ask.orderOf),
    ),
});

export const latest = queries(
  ({ eq, sql }, { id }) => ({ where: eq(id, sql.placeholder("id")) }),
  ({ id }) => ({ orderBy: id }),
);

export const v1 = queries(
  ({ sql }) => ({ where: { id: sql.placeholder("id") } }),
  () => ({ orderBy: { id: "asc" } }),
);
