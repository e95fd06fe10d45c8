/**
 * A database with synchronous calls. Stands in the place of `drizzle-orm/better-sqlite3`, and its
 * default export in the place of `better-sqlite3`.
 *
 * @module virga/better-sqlite3
 */
import { is } from "./base/entity.js";
import { Database as Driver } from "./drivers/better-sqlite3.js";
import { Client } from "./engine/client.js";
import { Database, type Queries } from "./query/database.js";
import type { DrizzleConfig } from "./query/drizzle.js";

export { Driver as default };

/** A database with synchronous calls, or a transaction in one. */
export type BetterSQLite3Database<Schema = Record<string, never>, Relations = {}> = Queries<
  Schema,
  "sync",
  Relations
>;

/** How a database is made, with its client or location. */
export interface BetterSQLite3Config<Schema, Relations = {}, Source = Driver> extends DrizzleConfig<
  Schema,
  Relations
> {
  /** An open client. */
  readonly client?: Source;
  /** Where the database is; ":memory:" when nothing is said. */
  readonly connection?:
    | string
    | {
        /** As the string. */
        readonly source?: string;
      };
}

/** A database on a client, or on one that opens at a location when it is first used. */
export function drizzle<
  Schema = Record<string, never>,
  Relations = {},
  Source extends Driver | Client = Driver,
>(
  source: Source | string,
  config?: DrizzleConfig<Schema, Relations>,
): Database<Schema, "sync", Relations, Source>;
export function drizzle<
  Schema = Record<string, never>,
  Relations = {},
  Source extends Driver | Client = Driver,
>(
  config?: BetterSQLite3Config<Schema, Relations, Source>,
): Database<Schema, "sync", Relations, Source>;
export function drizzle<Schema, Relations>(
  first: Driver | Client | string | BetterSQLite3Config<Schema, Relations, Driver | Client> = {},
  second: DrizzleConfig<Schema, Relations> = {},
): Database<Schema, "sync", Relations, Driver | Client> {
  const given = typeof first === "string" || isSource(first);
  const source = sourceOf(first);
  const client = is(source, Client) ? source : source.client;
  return new Database(client, given ? second : first, "sync", source);
}

/** A database in memory without tables, for the SQL of queries: `toSQL()`. */
drizzle.mock = <Schema = Record<string, never>, Relations = {}>(
  config: DrizzleConfig<Schema, Relations> = {},
): Database<Schema, "sync", Relations, Driver> => drizzle(new Driver(), config);

const isSource = (value: unknown): value is Driver | Client =>
  is(value, Driver) || is(value, Client);

function sourceOf(
  given: Driver | Client | string | BetterSQLite3Config<unknown, unknown, Driver | Client>,
): Driver | Client {
  if (isSource(given)) return given;
  if (typeof given === "string") return new Driver(given);
  if (given.client) return given.client;
  const { connection } = given;
  return new Driver(typeof connection === "string" ? connection : connection?.source);
}
