/**
 * Tables declared for Postgres, stored in SQLite. Stands in the place of `drizzle-orm/pg-core`.
 *
 * @module virga/pg-core
 */
export { pgTable, pgTableCreator, type PgTableFn } from "./schema/pg-table.js";
export * from "./schema/pg-kinds.js";
export { pgMaterializedView, pgView, type PgViewFn } from "./query/view.js";
export * from "./query/pg-objects.js";
export {
  getViewConfig,
  getViewConfig as getMaterializedViewConfig,
  PgMaterializedView,
  PgView,
} from "./schema/view.js";
export * from "./schema/pg-columns.js";
export { isPgEnum, pgEnum, type PgEnum } from "./schema/pg-enum.js";
export { pgCustomType as customType } from "./schema/custom-type.js";
export {
  Check,
  check,
  ForeignKey,
  foreignKey,
  Index,
  PrimaryKey,
  primaryKey,
  unique,
  UniqueConstraint,
} from "./schema/constraints.js";
export { index, uniqueIndex } from "./schema/pg-index.js";
export { getTableConfig, uniqueKeyName } from "./schema/config.js";
export type { AnyPgColumn } from "./schema/column.js";
export { IndexedColumn, PgColumn } from "./schema/pg-column.js";
export { PgColumnBuilder } from "./schema/pg-builder.js";
export { PgTable, type Table as AnyPgTable } from "./schema/table.js";
export { aliasedTable as alias } from "./schema/alias.js";
export { QueryBuilder } from "./query/query-builder.js";
export { except, intersect, union, unionAll } from "./query/set-operators.js";
export type { CustomTypeDefinition, CustomTypeValues } from "./schema/custom-type.js";
export type { DateTimeBuilder, IdentityBuilder } from "./schema/pg-builder.js";
export type { PgIndex, PgIndexStart } from "./schema/pg-index.js";
