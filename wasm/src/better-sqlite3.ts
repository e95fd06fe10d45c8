// `virga/better-sqlite3`, in the place of `drizzle-orm/better-sqlite3`.
import { is } from "./base/entity.js";
import { Client } from "./engine/client.js";
import { Database } from "./query/database.js";
import type { DrizzleConfig } from "./query/drizzle.js";

/** A database with synchronous calls; they need `load()` or `open()` to have been awaited once. */
export type BetterSQLite3Database<Schema = Record<string, never>> = Database<Schema, "sync">;

/** How a database is made, with its client or location. */
export interface BetterSQLite3Config<Schema> extends DrizzleConfig<Schema> {
  readonly client?: Client;
  readonly connection?: string | { readonly source?: string };
}

/** A database on a client, or on one that opens at a location when it is first used. */
export function drizzle<Schema = Record<string, never>>(
  source: Client | string,
  config?: DrizzleConfig<Schema>,
): BetterSQLite3Database<Schema>;
export function drizzle<Schema = Record<string, never>>(
  config?: BetterSQLite3Config<Schema>,
): BetterSQLite3Database<Schema>;
export function drizzle<Schema>(
  first: Client | string | BetterSQLite3Config<Schema> = {},
  second: DrizzleConfig<Schema> = {},
): BetterSQLite3Database<Schema> {
  const given = typeof first === "string" || is(first, Client);
  const { schema } = given ? second : first;
  return new Database<Schema, "sync">(clientOf(first), schema ?? ({} as Schema), "sync");
}

function clientOf(source: Client | string | BetterSQLite3Config<unknown>): Client {
  if (is(source, Client)) return source;
  if (typeof source === "string") return new Client(source);
  if (source.client) return source.client;
  const { connection } = source;
  const location = typeof connection === "string" ? connection : connection?.source;
  return new Client(location ?? ":memory:");
}
