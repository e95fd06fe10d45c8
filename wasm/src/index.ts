// `virga`, and in the place of `drizzle-orm`.
export { load, open, openSync, Client, type OpenOptions } from "./engine/client.js";
export type { WasmSource } from "./engine/load.js";
export { drizzle, type DrizzleConfig } from "./query/drizzle.js";
export { Database, pushSchema, Queries, Transaction, type QueriesOf } from "./query/database.js";
export { observe, type QueryEvent } from "./query/observe.js";
export { QueryPromise } from "./query/executable.js";
export type { QuerySQL, RunResult } from "./query/session.js";
export type {
  EntriesOf as ExtractTablesWithRelations,
  FindConfig as DBQueryConfig,
} from "./query/types.js";

export {
  DrizzleError,
  TransactionRollbackError,
  VirgaError,
  type ErrorCode,
  type ErrorFacts,
} from "./base/error.js";
export { entityKind, is } from "./base/entity.js";

export type { Trace, TracedStatement } from "./ast/trace.js";
export type { SqlValue } from "./ast/value.js";
export type { SQLWrapper } from "./ast/tree.js";

export { AliasedSQL, SQL, sql } from "./expr/sql.js";
export {
  and,
  asc,
  between,
  desc,
  eq,
  getOperators,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  ne,
  not,
  notBetween,
  notIlike,
  notInArray,
  notLike,
  or,
  type Operators,
} from "./expr/operators.js";

export { Column, type AnyColumn } from "./schema/column.js";
export { ColumnBuilder } from "./schema/column-builder.js";
export {
  getTableColumns,
  getTableName,
  isTable,
  Table,
  type InferInsertModel,
  type InferSelectModel,
} from "./schema/table.js";
export { Many, One, Relation, Relations, relations } from "./schema/relations.js";
