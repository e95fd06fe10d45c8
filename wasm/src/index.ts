/**
 * The database, its queries and what they are made of: connections, expressions, operators, relations,
 * errors. Stands in the place of `drizzle-orm`.
 *
 * @module virga
 */
export { load, open, openSync, Client, type OpenOptions } from "./engine/client.js";
export type { WasmSource } from "./engine/load.js";
export { drizzle, isConfig, type DrizzleConfig } from "./query/drizzle.js";
export { schemaSource, type SourceModules } from "./migrate/schema-source.js";
export { applyMigration, introspect, planMigration, previewMigration } from "./query/migration.js";
export { Database, pushSchema, Queries, Transaction } from "./query/database.js";
export type { QueriesOf } from "./query/find.js";
export { observe, type QueryEvent } from "./query/observe.js";
export { observeTransactions, type TransactionEvent } from "./engine/transactions.js";
export type { TransactionVerb } from "./engine/exports.js";
export { QueryPromise } from "./query/executable.js";
export { PreparedQuery } from "./query/prepared.js";
export type { RowIterator } from "./query/row-iterator.js";
export type { QuerySQL as Query, QuerySQL, RunResult } from "./query/session.js";
export {
  ConsoleLogWriter,
  DefaultLogger,
  NoopLogger,
  type Logger,
  type LogWriter,
} from "./query/logger.js";
export type { EntriesOf as ExtractTablesWithRelations } from "./query/relational/entries.js";
export type {
  Assume,
  BuildQueryResult,
  DBQueryConfig,
  SelectedFieldsFlat,
} from "./query/drizzle-types.js";
export type { DrizzleTypeError } from "./query/select-types.js";
export type {
  GetColumnData,
  InferEnum,
  InferInsertModel,
  InferModel,
  InferModelFromColumns,
  InferSelectModel,
  InferSelectViewModel,
  InferSelectViewModel as InferViewSelectModel,
} from "./schema/infer.js";
export type { FindConfigV2 as DBQueryConfigV2 } from "./query/relational/find-types.js";
export type { TableFilter } from "./query/relational/filter-types.js";

export {
  DrizzleError,
  DrizzleQueryError,
  TransactionRollbackError,
  VirgaError,
  type ErrorCode,
  type ErrorFacts,
} from "./base/error.js";
export { entityKind, is } from "./base/entity.js";

export type {
  ChangeKind,
  IntrospectedSchema,
  Migration,
  MigrationOptions,
  MigrationReport,
  MigrationStep,
  RenameAnswers,
  RenameQuestion,
  RowsAtRisk,
  SchemaChange,
} from "./ast/migration.js";
export type { IndexAdvice, Trace, TracedStatement } from "./ast/trace.js";
export type { SqlValue } from "./ast/value.js";
export { isSQLWrapper, type SQLWrapper } from "./ast/tree.js";

export { mapColumnsInAliasedSQLToAlias, mapColumnsInSQLToAlias } from "./expr/aliasing.js";
export { name, Name, Param, Placeholder, StringChunk, type SQLChunk } from "./expr/chunks.js";
export { AliasedSQL, SQL, type DriverValueDecoder } from "./expr/expression.js";
export { param, placeholder, sql } from "./expr/sql.js";
export {
  avg,
  avgDistinct,
  count,
  countDistinct,
  max,
  min,
  sum,
  sumDistinct,
} from "./expr/aggregates.js";
export { arrayContained, arrayContains, arrayOverlaps } from "./expr/arrays.js";
export {
  getOperators,
  getOrderByOperators,
  type Operators,
  type OrderByOperators,
} from "./expr/helpers.js";
export { asc, desc } from "./expr/order.js";
export {
  cosineDistance,
  hammingDistance,
  innerProduct,
  jaccardDistance,
  l1Distance,
  l2Distance,
} from "./expr/vectors.js";
export { fillPlaceholders } from "./query/parameters.js";
export { getColumns } from "./query/columns.js";
export { Subquery, WithSubquery } from "./query/subquery.js";
export { aliasedTable, aliasedTableColumn } from "./schema/alias.js";
export {
  and,
  between,
  eq,
  exists,
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
  notExists,
  notIlike,
  notInArray,
  notLike,
  or,
} from "./expr/operators.js";

export { Column, type AnyColumn } from "./schema/column.js";
export { ColumnBuilder } from "./schema/column-builder.js";
export {
  getTableColumns,
  getTableName,
  getTableUniqueName,
  isTable,
  Table,
  type Simplify,
} from "./schema/table.js";
export { Many, One, Relation, Relations, relations } from "./schema/relations.js";
export { getViewName, getViewSelectedFields, isView, View } from "./schema/view.js";
export { defineRelations, defineRelationsPart } from "./query/relational/define.js";
export { relationsFromForeignKeys } from "./query/relational/foreign-keys.js";
export { EmptyFilter } from "./query/relational/filter-types.js";

// Types of what is given and taken, for programs that have to name them.
export type { ClientStatement } from "./engine/client-statement.js";
export type { TransactionBehavior } from "./engine/exports.js";
export type { Operand } from "./expr/operators.js";
export type { BatchItem, BatchResults } from "./query/batch.js";
export type { NothingConfig, UpsertConfig } from "./query/conflict.js";
export type { CountQuery } from "./query/count.js";
export type { DatabaseConfig } from "./query/database.js";
export type {
  FindQuery,
  QueriesOfRelations,
  RelationQueries,
  RelationQueriesV2,
} from "./query/find.js";
export type { InsertValues } from "./query/insert.js";
export type { PreparedFind, PreparedRows } from "./query/prepared.js";
export type { QueryResult, RawSQL } from "./query/raw.js";
export type {
  FieldConditions,
  FieldFilter,
  RelationsFilter,
} from "./query/relational/filter-types.js";
export type { FindConfig, FirstConfig, FirstConfigV2 } from "./query/relational/find-types.js";
export type { ManyConfig, OneConfig, RelationColumn } from "./query/relational/relation.js";
export type { TransactionOptions } from "./query/transaction-run.js";
export type { UpdateValues } from "./query/update.js";
export type { RelationHelpers } from "./schema/relations.js";
