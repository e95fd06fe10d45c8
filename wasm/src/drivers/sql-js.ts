import type { SqlValue } from "../ast/value.js";
import { entityKind } from "../base/entity.js";
import { Client, load } from "../engine/client.js";
import { sql } from "../expr/sql.js";
import { Database as Queries } from "../query/database.js";
import { parameterized } from "./parameters.js";

/** In the place of a `Database` of sql.js. */
class Database {
  static readonly [entityKind]: string = "SQLJsClient";

  /** The client behind it. */
  readonly client: Client;
  readonly #queries: Queries;

  /** @param bytes of an SQLite file to begin as; without them it is empty */
  constructor(bytes?: Uint8Array | null) {
    this.client = new Client(":memory:", bytes ?? undefined);
    this.#queries = new Queries(this.client, {}, "sync");
  }

  /** Runs statements without values, or one with the values of its question marks. */
  run(statement: string, values?: readonly SqlValue[]): this {
    if (values === undefined) this.client.exec(statement);
    else {
      const left = values.values();
      const next = (): unknown => sql`${left.next().value ?? null}`;
      this.#queries.run(parameterized(statement, /(\?)/, next));
    }
    return this;
  }

  /** The whole database as the bytes of an SQLite file. */
  export(): Uint8Array {
    return this.client.export();
  }

  /** Closes the database; what was in it is gone. */
  close(): void {
    this.client.close();
  }
}

export type { Database };

/** What `initSqlJs` gives. */
export interface SqlJsStatic {
  /** Opens an empty database, or a copy of a file. */
  readonly Database: typeof Database;
}

/**
 * In the place of the default export of sql.js: loads the wasm module.
 * @param _config accepted as sql.js does; `load` says where another wasm file is
 */
export async function initSqlJs(_config?: Readonly<Record<string, unknown>>): Promise<SqlJsStatic> {
  await load();
  return { Database };
}
