/**
 * A database with synchronous calls. Stands in the place of `drizzle-orm/better-sqlite3`.
 *
 * @module virga/better-sqlite3
 */
import { is } from "./base/entity.js";
import { Client } from "./engine/client.js";
import { Database } from "./query/database.js";
import type { DrizzleConfig } from "./query/drizzle.js";

/** A database with synchronous calls; in browsers, `load()` or `open()` is awaited once before. */
export type BetterSQLite3Database<Schema = Record<string, never>, Relations = {}> = Database<
  Schema,
  "sync",
  Relations
>;

/** How a database is made, with its client or location. */
export interface BetterSQLite3Config<Schema, Relations = {}> extends DrizzleConfig<
  Schema,
  Relations
> {
  /** An open client. */
  readonly client?: Client;
  /** Where the database is; ":memory:" when nothing is said. */
  readonly connection?:
    | string
    | {
        /** As the string. */
        readonly source?: string;
      };
}

/** A database on a client, or on one that opens at a location when it is first used. */
export function drizzle<Schema = Record<string, never>, Relations = {}>(
  source: Client | string,
  config?: DrizzleConfig<Schema, Relations>,
): BetterSQLite3Database<Schema, Relations>;
export function drizzle<Schema = Record<string, never>, Relations = {}>(
  config?: BetterSQLite3Config<Schema, Relations>,
): BetterSQLite3Database<Schema, Relations>;
export function drizzle<Schema, Relations>(
  first: Client | string | BetterSQLite3Config<Schema, Relations> = {},
  second: DrizzleConfig<Schema, Relations> = {},
): BetterSQLite3Database<Schema, Relations> {
  const given = typeof first === "string" || is(first, Client);
  return new Database<Schema, "sync", Relations>(clientOf(first), given ? second : first, "sync");
}

/** A database in memory without tables, for the SQL of queries: `toSQL()`. */
drizzle.mock = <Schema = Record<string, never>, Relations = {}>(
  config: DrizzleConfig<Schema, Relations> = {},
): BetterSQLite3Database<Schema, Relations> => drizzle(new Client(":memory:"), config);

function clientOf(
  source: Client | string | Pick<BetterSQLite3Config<unknown>, "client" | "connection">,
): Client {
  if (is(source, Client)) return source;
  if (typeof source === "string") return new Client(source);
  if (source.client) return source.client;
  const { connection } = source;
  const location = typeof connection === "string" ? connection : connection?.source;
  return new Client(location ?? ":memory:");
}
