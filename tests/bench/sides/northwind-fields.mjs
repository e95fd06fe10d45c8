// The fields of the Northwind tables, in the order of their columns.

const snake = (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const fieldsOf = (keys) => Object.fromEntries(keys.split(" ").map((key) => [key, snake(key)]));

/** The names of the columns by the names of the fields. */
export const fields = {
  customers: fieldsOf(
    "id companyName contactName contactTitle address city postalCode country region phone fax",
  ),
  employees: fieldsOf(
    "id lastName firstName title titleOfCourtesy birthDate hireDate address city postalCode country homePhone extension notes recipientId",
  ),
  suppliers: fieldsOf(
    "id companyName contactName contactTitle address city region postalCode country phone",
  ),
  products: fieldsOf(
    "id name qtPerUnit unitPrice unitsInStock unitsOnOrder reorderLevel discontinued supplierId",
  ),
  orders: fieldsOf(
    "id orderDate requiredDate shippedDate shipVia freight shipName shipCity shipRegion shipPostalCode shipCountry customerId employeeId",
  ),
  details: fieldsOf("unitPrice quantity discount orderId productId"),
};

/** What the calls ask for. */
export const pageOf = (i) => ({ limit: 50, offset: 50 * ((i * 17) % 40) });
export const customerOf = (i) => 1 + ((i * 7919) % 2_000);
export const employeeOf = (i) => 2 + ((i * 7919) % 199);
export const supplierOf = (i) => 1 + ((i * 7919) % 1_000);
export const productOf = (i) => 1 + ((i * 7919) % 5_000);
export const orderOf = (i) => 1 + ((i * 7919) % 10_000);
export const termOf = (i) => `%${["rava", "losa", "tenka", "vordu", "breni"][i % 5]}%`;
