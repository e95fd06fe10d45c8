import { Client } from "../engine/client.js";
import { Database, type DatabaseConfig } from "./database.js";

/** How a database is made. */
export type DrizzleConfig<Schema, Relations = {}> = DatabaseConfig<Schema, Relations>;

/**
 * A database on an open client. Tables are created by `pushSchema`, or by SQL.
 *
 * @param client what `open` or `openSync` gave
 * @param config its tables and relations, its logger
 * @throws when a query is made: `invalid_schema` for tables or relations that contradict themselves
 */
export function drizzle<Schema = Record<string, never>, Relations = {}>(
  client: Client,
  config: DrizzleConfig<Schema, Relations> = {},
): Database<Schema, "sync", Relations> {
  return new Database(client, config, "sync");
}

const configMembers = [
  "logger",
  "schema",
  "relations",
  "casing",
  "cache",
  "mode",
  "connection",
  "client",
];

/** Whether a value is what `drizzle()` takes beside a client: a plain object, empty or with a known member. */
export function isConfig(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value.constructor !== Object) return false;
  return Object.keys(value).length === 0 || configMembers.some((name) => name in value);
}
