/**
 * A database on a client that is open. Stands in the place of `drizzle-orm/sql-js`, and its default
 * export in the place of `sql.js`.
 *
 * @module virga/sql-js
 */
import { is } from "./base/entity.js";
import { initSqlJs, type Database as Driver } from "./drivers/sql-js.js";
import { Client } from "./engine/client.js";
import { drizzle as onClient, type BetterSQLite3Database } from "./better-sqlite3.js";
import { Database } from "./query/database.js";
import type { DrizzleConfig } from "./query/drizzle.js";

export { initSqlJs as default };
export type { Driver as Database };
export type { SqlJsStatic } from "./drivers/sql-js.js";

/** A database with synchronous calls, or a transaction in one. */
export type SQLJsDatabase<Schema = Record<string, never>, Relations = {}> = BetterSQLite3Database<
  Schema,
  Relations
>;

/** A database on an open client. */
export function drizzle<
  Schema = Record<string, never>,
  Relations = {},
  Source extends Driver | Client = Driver,
>(
  source: Source,
  config: DrizzleConfig<Schema, Relations> = {},
): Database<Schema, "sync", Relations, Source> {
  return new Database(is(source, Client) ? source : source.client, config, "sync", source);
}

/** A database in memory without tables, for the SQL of queries: `toSQL()`. */
drizzle.mock = onClient.mock;
