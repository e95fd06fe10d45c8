/**
 * Tables, columns, constraints and views of SQLite. Stands in the place of `drizzle-orm/sqlite-core`;
 * `virga/sqlite-core/expressions` has the operators of `virga` alone.
 *
 * @module virga/sqlite-core
 */
export { sqliteTable, sqliteTableCreator, type SQLiteTableFn } from "./schema/sqlite-table.js";
export * from "./schema/sqlite-kinds.js";
export { getViewConfig, SQLiteView } from "./schema/view.js";
export { sqliteView, sqliteView as view, type ViewFn as SQLiteViewFn } from "./query/view.js";
export { camelCase, snakeCase } from "./query/sqlite-casing.js";
export { customType } from "./schema/custom-type.js";
export { blob, int, integer, numeric, real, text } from "./schema/sqlite-columns.js";
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
export { SQLiteColumn, type AnySQLiteColumn } from "./schema/column.js";
export { aliasedTable as alias } from "./schema/alias.js";
export { concat, rowId, substring } from "./expr/functions.js";
export { SQLiteTable, type SQLiteTable as AnySQLiteTable } from "./schema/table.js";
export { Transaction as SQLiteTransaction } from "./query/database.js";
export { BaseSQLiteDatabase, SQLiteAsyncDatabase } from "./query/drizzle-types.js";
export type {
  AnyDelete as SQLiteDelete,
  AnyInsert as SQLiteInsert,
  AnyUpdate as SQLiteUpdate,
} from "./query/drizzle-types.js";
export type {
  TableWithColumns as SQLiteTableWithColumns,
  ViewWithSelection as SQLiteViewWithSelection,
} from "./schema/infer.js";
export { ColumnBuilder as SQLiteColumnBuilder } from "./schema/column-builder.js";
export { QueryBuilder, SelectStart as SQLiteSelectBuilder } from "./query/query-builder.js";
export {
  SelectQuery as SQLiteSelectBase,
  type AnySelect as SQLiteSelect,
  type AnySelect as SQLiteSelectQueryBuilder,
  type AnySelect as SQLiteSetOperator,
} from "./query/select.js";
export { SQLiteAsyncDialect, SQLiteDialect, SQLiteSyncDialect } from "./query/dialect.js";
export { except, intersect, union, unionAll } from "./query/set-operators.js";
export {
  InsertQuery as SQLiteInsertBase,
  InsertStart as SQLiteInsertBuilder,
} from "./query/insert.js";
export {
  UpdateQuery as SQLiteUpdateBase,
  UpdateStart as SQLiteUpdateBuilder,
} from "./query/update.js";
export { DeleteQuery as SQLiteDeleteBase } from "./query/delete.js";
export { PreparedQuery as SQLitePreparedQuery } from "./query/prepared.js";
export { withReplicas, type WithReplicas as SQLiteWithReplicas } from "./query/replicas.js";
export type { ForeignKeyColumns, IndexStart } from "./schema/constraints.js";
export type { ManualViewBuilder, ViewBuilder } from "./query/view.js";
export type { IntegerBuilder } from "./schema/column-builder.js";
export type { CustomTypeDefinition, CustomTypeValues } from "./schema/custom-type.js";
export type {
  BlobConfig,
  IntegerConfig,
  JsonConfig,
  NumericConfig,
  TextConfig,
  TimestampBuilder,
} from "./schema/sqlite-columns.js";
