// Types of databases and relation queries, with Drizzle's names and parameters.
import type { AliasedSQL, SQL } from "../expr/expression.js";
import type { Column } from "../schema/column.js";
import { Queries } from "./database.js";
import type { DeleteQuery } from "./delete.js";
import type { InsertQuery } from "./insert.js";
import type { Entries, TableEntry } from "./relational/entries.js";
import type { FindRow } from "./relational/find-row.js";
import type { FindConfig } from "./relational/find-types.js";
import type { UpdateQuery } from "./update.js";

/** A database or transaction, as functions that take one name it. */
export type BaseSQLiteDatabase<
  Kind extends "sync" | "async",
  _RunResult = unknown,
  Schema = Record<string, never>,
> = Queries<Schema, Kind>;
/** The class of databases and transactions. */
export const BaseSQLiteDatabase = Queries;

/** As `BaseSQLiteDatabase`, with what \`defineRelations\` gave. */
export type SQLiteAsyncDatabase<
  Kind extends "sync" | "async",
  _RunResult = unknown,
  Relations = {},
> = Queries<Record<string, never>, Kind, Relations>;
/** The class of databases and transactions. */
export const SQLiteAsyncDatabase = Queries;

/** Fields of a select that are not in objects. */
export type SelectedFieldsFlat<C extends Column> = Record<string, C | SQL | AliasedSQL>;

/** `T`, where it is known to be a `U`. */
export type Assume<T, U> = T extends U ? T : U;

/** The configuration of a relation query of a table. */
export type DBQueryConfig<
  _Kind extends "one" | "many" = "one" | "many",
  _IsRoot extends boolean = boolean,
  E extends Entries = Entries,
  Entry extends TableEntry = TableEntry,
> = FindConfig<E, Entry>;

/** A row of a relation query of a table. */
export type BuildQueryResult<E extends Entries, Entry extends TableEntry, Config> = FindRow<
  E,
  Entry,
  Config extends true ? {} : Config
>;

/** Any insert, whatever its table. */
export type AnyInsert = InsertQuery<any, any, any>;
/** Any update, whatever its table. */
export type AnyUpdate = UpdateQuery<any, any, any>;
/** Any delete, whatever its table. */
export type AnyDelete = DeleteQuery<any, any, any>;
