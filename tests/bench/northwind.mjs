// A data set like Northwind, with the tables of Drizzle's benchmark: customers, employees who report
// to employees, suppliers, products, orders with details.
import { inserts, range } from "./inserts.mjs";
import { Draw } from "./random.mjs";

export const counts = {
  customers: 2_000,
  employees: 200,
  suppliers: 1_000,
  products: 5_000,
  orders: 10_000,
  details: 6,
};

const date = (draw) => 1_500_000_000 + draw.below(2e8);

/** The columns that people and companies have in common, as Northwind has them. */
function address(draw) {
  const street = `${draw.below(200)} ${draw.word()} St`;
  return [street, draw.word(), String(10_000 + draw.below(90_000)), draw.word()];
}

const rowsOf = {
  customers: (draw, id) => [
    id,
    draw.text(2),
    draw.text(2),
    draw.of(["Owner", "Sales Agent", "Accounting Manager"]),
    ...address(draw),
    draw.below(2) === 0 ? draw.word() : null,
    `+1 555 ${id}`,
    draw.below(3) === 0 ? null : `+1 556 ${id}`,
  ],
  employees: (draw, id) => [
    id,
    draw.word(),
    draw.word(),
    draw.of(["Sales Manager", "Sales Representative", null]),
    draw.of(["Mr.", "Ms.", "Dr."]),
    date(draw),
    date(draw),
    ...address(draw),
    `+1 557 ${id}`,
    1000 + draw.below(9000),
    draw.text(12),
    id === 1 ? null : 1 + draw.below(id - 1),
  ],
  suppliers: (draw, id) => [
    id,
    draw.text(2),
    draw.text(2),
    draw.of(["Marketing Manager", "Export Administrator"]),
    ...address(draw).slice(0, 2),
    draw.below(2) === 0 ? draw.word() : null,
    String(10_000 + draw.below(90_000)),
    draw.word(),
    `+1 558 ${id}`,
  ],
  products: (draw, id) => [
    id,
    draw.text(3),
    draw.of(["10 boxes", "24 bottles", "12 - 1 kg pkgs."]),
    draw.price(100),
    draw.below(120),
    draw.below(50),
    draw.below(30),
    draw.below(2),
    1 + draw.below(counts.suppliers),
  ],
  orders: (draw, id) => [
    id,
    date(draw),
    date(draw),
    draw.below(8) === 0 ? null : date(draw),
    1 + draw.below(3),
    draw.price(500),
    draw.text(2),
    draw.word(),
    draw.below(2) === 0 ? draw.word() : null,
    draw.below(4) === 0 ? null : String(10_000 + draw.below(90_000)),
    draw.word(),
    1 + draw.below(counts.customers),
    1 + draw.below(counts.employees),
  ],
};

function details(draw) {
  return range(counts.orders * counts.details, (index) => [
    draw.price(100),
    1 + draw.below(100),
    draw.of([0, 0, 0.05, 0.1]),
    1 + Math.floor((index - 1) / counts.details),
    1 + draw.below(counts.products),
  ]);
}

const ddl = `create table customers (id integer primary key, company_name text not null,
  contact_name text not null, contact_title text not null, address text not null, city text not null,
  postal_code text, country text not null, region text, phone text not null, fax text);
create table employees (id integer primary key, last_name text not null, first_name text,
  title text, title_of_courtesy text not null, birth_date integer not null, hire_date integer not null,
  address text not null, city text not null, postal_code text not null, country text not null,
  home_phone text not null, extension integer not null, notes text not null,
  recipient_id integer references employees (id));
create index recipient on employees (recipient_id);
create table suppliers (id integer primary key, company_name text not null,
  contact_name text not null, contact_title text not null, address text not null, city text not null,
  region text, postal_code text not null, country text not null, phone text not null);
create table products (id integer primary key, name text not null, qt_per_unit text not null,
  unit_price real not null, units_in_stock integer not null, units_on_order integer not null,
  reorder_level integer not null, discontinued integer not null,
  supplier_id integer not null references suppliers (id));
create index product_supplier on products (supplier_id);
create table orders (id integer primary key, order_date integer not null,
  required_date integer not null, shipped_date integer, ship_via integer not null,
  freight real not null, ship_name text not null, ship_city text not null, ship_region text,
  ship_postal_code text, ship_country text not null,
  customer_id integer not null references customers (id),
  employee_id integer not null references employees (id));
create table order_details (unit_price real not null, quantity integer not null,
  discount real not null, order_id integer not null references orders (id),
  product_id integer not null references products (id));
create index detail_order on order_details (order_id);
create index detail_product on order_details (product_id);`;

export function northwind() {
  const draw = new Draw(4);
  const tables = Object.entries(rowsOf).map(([table, row]) =>
    inserts(
      table,
      range(counts[table], (id) => row(draw, id)),
    ),
  );
  return [ddl, ...tables, inserts("order_details", details(draw))].join("\n");
}
