import { Client } from "../engine/client.js";
import { Database, type DatabaseConfig } from "./database.js";

/** How a database is made. */
export type DrizzleConfig<Schema, Relations = {}> = DatabaseConfig<Schema, Relations>;

/** A database on an open client. Tables are created by `pushSchema`, or by SQL. */
export function drizzle<Schema = Record<string, never>, Relations = {}>(
  client: Client,
  config: DrizzleConfig<Schema, Relations> = {},
): Database<Schema, "sync", Relations> {
  return new Database(client, config, "sync");
}
