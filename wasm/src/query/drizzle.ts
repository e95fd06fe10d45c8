import { Client } from "../engine/client.js";
import { Database } from "./database.js";

/** How a database is made. */
export interface DrizzleConfig<Schema> {
  /** Tables and relations by key, as `import * as schema` gives them. */
  readonly schema?: Schema;
}

/** A database on an open client. Tables are created by `pushSchema`, or by SQL. */
export function drizzle<Schema = Record<string, never>>(
  client: Client,
  config: DrizzleConfig<Schema> = {},
): Database<Schema, "sync"> {
  return new Database(client, config.schema ?? ({} as Schema), "sync");
}
