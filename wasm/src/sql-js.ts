/**
 * A database on a client that is open. Stands in the place of `drizzle-orm/sql-js`.
 *
 * @module virga/sql-js
 */
import type { Client } from "./engine/client.js";
import { drizzle as onClient, type BetterSQLite3Database } from "./better-sqlite3.js";
import type { DrizzleConfig } from "./query/drizzle.js";

/** A database with synchronous calls. */
export type SQLJsDatabase<Schema = Record<string, never>, Relations = {}> = BetterSQLite3Database<
  Schema,
  Relations
>;

/** A database on an open client. */
export function drizzle<Schema = Record<string, never>, Relations = {}>(
  client: Client,
  config?: DrizzleConfig<Schema, Relations>,
): SQLJsDatabase<Schema, Relations> {
  return onClient(client, config);
}

/** A database in memory without tables, for the SQL of queries: `toSQL()`. */
drizzle.mock = onClient.mock;
