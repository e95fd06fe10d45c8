// The Northwind tables in Drizzle's words.
import { fields } from "./northwind-fields.mjs";

const reals = new Set(["unitPrice", "discount", "freight"]);
const integers =
  /^(?:id|.*Id|.*Date|extension|unitsInStock|unitsOnOrder|reorderLevel|discontinued|shipVia|quantity)$/;
const nullable = {
  customers: ["postalCode", "region", "fax"],
  employees: ["firstName", "title", "recipientId"],
  suppliers: ["region"],
  orders: ["shippedDate", "shipRegion", "shipPostalCode"],
};

/** The indexes by table: their names and columns. */
const indexes = {
  customers: [],
  employees: [["recipient", "recipientId"]],
  suppliers: [],
  products: [["product_supplier", "supplierId"]],
  orders: [],
  details: [
    ["detail_order", "orderId"],
    ["detail_product", "productId"],
  ],
};

export function makeNorthwind({ sqliteTable, integer, real, text, index }) {
  const columnOf =
    (table) =>
    ([key, name]) => {
      const type = reals.has(key) ? real : integers.test(key) ? integer : text;
      const column = key === "id" ? type(name).primaryKey() : type(name);
      return [key, nullable[table]?.includes(key) ? column : column.notNull()];
    };
  const table = (key, name = key) =>
    sqliteTable(name, Object.fromEntries(Object.entries(fields[key]).map(columnOf(key))), (made) =>
      indexes[key].map(([label, column]) => index(label).on(made[column])),
    );
  return {
    customers: table("customers"),
    employees: table("employees"),
    suppliers: table("suppliers"),
    products: table("products"),
    orders: table("orders"),
    details: table("details", "order_details"),
  };
}

export function northwindRelations(
  { relations },
  { employees, suppliers, products, orders, details },
) {
  return {
    employeesRelations: relations(employees, ({ one }) => ({
      recipient: one(employees, { fields: [employees.recipientId], references: [employees.id] }),
    })),
    productsRelations: relations(products, ({ one }) => ({
      supplier: one(suppliers, { fields: [products.supplierId], references: [suppliers.id] }),
    })),
    ordersRelations: relations(orders, ({ many }) => ({ details: many(details) })),
    detailsRelations: relations(details, ({ one }) => ({
      order: one(orders, { fields: [details.orderId], references: [orders.id] }),
      product: one(products, { fields: [details.productId], references: [products.id] }),
    })),
  };
}

export const northwindRelationsV1 = (r) => ({
  employees: { recipient: r.one.employees({ from: r.employees.recipientId, to: r.employees.id }) },
  products: { supplier: r.one.suppliers({ from: r.products.supplierId, to: r.suppliers.id }) },
  orders: { details: r.many.details({ from: r.orders.id, to: r.details.orderId }) },
  details: { product: r.one.products({ from: r.details.productId, to: r.products.id }) },
});
