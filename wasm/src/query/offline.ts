import { openSync } from "../engine/client.js";
import { Catalog } from "./catalog.js";
import { Compiler } from "./compiler.js";
import { Session, type MakeDocument, type QuerySQL } from "./session.js";

/** The SQL of a query that has no database, and never runs. The wasm module has to be loaded. */
export function offlineSQL(make: MakeDocument): QuerySQL {
  const client = openSync();
  try {
    const catalog = new Catalog({});
    const compiler = new Compiler(client, catalog, false);
    return new Session(client, catalog, compiler, client.queue).toSQL(make);
  } finally {
    client.close();
  }
}
