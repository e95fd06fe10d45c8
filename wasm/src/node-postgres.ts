/**
 * A database with asynchronous calls only. Stands in the place of `drizzle-orm/node-postgres`.
 *
 * @module virga/node-postgres
 */
import { is } from "./base/entity.js";
import { Database, type Queries } from "./query/database.js";
import type { DrizzleConfig } from "./query/drizzle.js";
import { Pool, type PoolConfig } from "./pg.js";

/** A database as node-postgres gives it, asynchronous throughout, or a transaction in one. */
export type NodePgDatabase<Schema = Record<string, never>, Relations = {}> = Queries<
  Schema,
  "async",
  Relations
>;

/** How a database is made, with its connection. */
export interface NodePgConfig<Schema, Relations = {}> extends DrizzleConfig<Schema, Relations> {
  /** The pool whose database is used. */
  readonly client?: Pool;
  /** Accepted as in Drizzle; there is nothing to connect to. */
  readonly connection?: string | PoolConfig;
}

/**
 * A database in memory behind a `Pool` of `virga/pg`. It opens when it is first used, and the tables
 * of `schema` are created then.
 */
export function drizzle<Schema = Record<string, never>, Relations = {}>(
  pool: Pool | string,
  config?: DrizzleConfig<Schema, Relations>,
): Database<Schema, "async", Relations, Pool>;
export function drizzle<Schema = Record<string, never>, Relations = {}>(
  config?: NodePgConfig<Schema, Relations>,
): Database<Schema, "async", Relations, Pool>;
export function drizzle<Schema, Relations>(
  first: Pool | string | NodePgConfig<Schema, Relations> = {},
  second: DrizzleConfig<Schema, Relations> = {},
): Database<Schema, "async", Relations, Pool> {
  const given = typeof first === "string" || is(first, Pool);
  const pool = is(first, Pool) ? first : given ? new Pool() : (first.client ?? new Pool());
  const config = given ? second : first;
  return new Database(pool.database, config, "async", pool, true);
}

/** A database in memory without tables, for the SQL of queries: `toSQL()`. */
drizzle.mock = <Schema = Record<string, never>, Relations = {}>(
  config: DrizzleConfig<Schema, Relations> = {},
): Database<Schema, "async", Relations, Pool> => drizzle(new Pool(), config);
