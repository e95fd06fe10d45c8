import { openSync } from "../engine/client.js";
import { Catalog } from "./catalog.js";
import { Compiler } from "./compiler.js";
import { Session, type QuerySQL } from "./session.js";
import { Statement, type MakeDocument } from "./statement.js";

/** The SQL of a query that has no database, and never runs. The wasm module has to be loaded. */
export function offlineSQL(make: MakeDocument): QuerySQL {
  const client = openSync();
  try {
    const catalog = new Catalog({});
    const compiler = new Compiler(client, catalog, false);
    const session = new Session({ client, catalog, compiler });
    return session.toSQL(new Statement(make));
  } finally {
    client.close();
  }
}
