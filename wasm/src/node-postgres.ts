// `virga/node-postgres`, in the place of `drizzle-orm/node-postgres`.
import { is } from "./base/entity.js";
import { Database } from "./query/database.js";
import type { DrizzleConfig } from "./query/drizzle.js";
import { Pool, type PoolConfig } from "./pg.js";

/** A database as node-postgres gives it: asynchronous throughout. */
export type NodePgDatabase<Schema = Record<string, never>> = Database<Schema, "async">;

/** How a database is made, with its connection. */
export interface NodePgConfig<Schema> extends DrizzleConfig<Schema> {
  readonly client?: Pool;
  readonly connection?: string | PoolConfig;
}

/**
 * A database in memory behind a `Pool` of `virga/pg`. It opens when it is first used, and the tables
 * of `schema` are created then.
 */
export function drizzle<Schema = Record<string, never>>(
  pool: Pool | string,
  config?: DrizzleConfig<Schema>,
): NodePgDatabase<Schema>;
export function drizzle<Schema = Record<string, never>>(
  config?: NodePgConfig<Schema>,
): NodePgDatabase<Schema>;
export function drizzle<Schema>(
  first: Pool | string | NodePgConfig<Schema> = {},
  second: DrizzleConfig<Schema> = {},
): NodePgDatabase<Schema> {
  const given = typeof first === "string" || is(first, Pool);
  const pool = is(first, Pool) ? first : given ? new Pool() : (first.client ?? new Pool());
  const { schema } = given ? second : first;
  return new Database<Schema, "async">(pool.database, schema ?? ({} as Schema), "async", true);
}
