/**
 * The operators alone. Stands in the place of `drizzle-orm/sqlite-core/expressions`.
 *
 * @module virga/sqlite-core/expressions
 */
export * from "./expr/operators.js";
export { arrayContained, arrayContains, arrayOverlaps } from "./expr/arrays.js";
export { concat, rowId, substring } from "./expr/functions.js";
export { asc, desc } from "./expr/order.js";
