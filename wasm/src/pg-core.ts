// `virga/pg-core`, in the place of `drizzle-orm/pg-core`: Postgres declarations, stored in SQLite.
export { pgTable, pgTableCreator, type PgTableFn } from "./schema/pg-table.js";
export * from "./schema/pg-kinds.js";
export { getViewConfig, PgMaterializedView, PgView } from "./schema/view.js";
export * from "./schema/pg-columns.js";
export { pgCustomType as customType } from "./schema/custom-type.js";
export {
  Check,
  check,
  ForeignKey,
  foreignKey,
  Index,
  index,
  PrimaryKey,
  primaryKey,
  unique,
  UniqueConstraint,
  uniqueIndex,
} from "./schema/constraints.js";
export { getTableConfig, uniqueKeyName } from "./schema/config.js";
export { PgColumn, type AnyPgColumn } from "./schema/column.js";
export { PgTable } from "./schema/table.js";
