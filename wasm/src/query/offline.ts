import { openSync } from "../engine/client.js";
import { Catalog } from "./catalog.js";
import { Compiler } from "./compiler.js";
import { Session } from "./session.js";

let shared: Session | undefined;

/** A session whose database is empty: for the SQL of queries that have none, and never run. */
export function offlineSession(): Session {
  if (shared) return shared;
  const client = openSync();
  const catalog = new Catalog({});
  shared = new Session(client, catalog, new Compiler(client, catalog, false), client.queue);
  return shared;
}
