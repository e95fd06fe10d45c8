/**
 * Connections that lead to a database in memory. Stands in the place of `pg`.
 *
 * @module virga/pg
 */
import { entityKind } from "./base/entity.js";
import { parameterized } from "./drivers/parameters.js";
import { Client as Connection } from "./engine/client.js";
import type { SQL } from "./expr/expression.js";
import { sql } from "./expr/sql.js";
import { Database } from "./query/database.js";
import type { QueryResult } from "./query/raw.js";

/** Whatever a connection to Postgres may be configured with; there is nothing to connect to. */
export interface PoolConfig {
  /** The bytes of an SQLite file that the database begins as. */
  readonly bytes?: Uint8Array;
  readonly [option: string]: unknown;
}

/** In the place of a pool of connections: one database in memory, opened when it is first used. */
export class Pool {
  static readonly [entityKind]: string = "Pool";

  /** What the pool was made with. */
  readonly options: PoolConfig;
  /** The database behind the pool. */
  readonly database: Connection;
  readonly #db: Database<Record<string, never>, "async">;

  constructor(options: PoolConfig = {}) {
    this.options = options;
    this.database = new Connection(":memory:", options.bytes);
    this.#db = new Database(this.database, {}, "async");
  }

  /** Does nothing; the database opens by itself. */
  async connect(): Promise<this> {
    return this;
  }

  /** Runs one statement with its values: `$1` is the first of them. */
  query<Row = Record<string, unknown>>(
    statement: string | { readonly text: string; readonly values?: readonly unknown[] },
    values: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> {
    if (typeof statement === "string") return this.#db.execute<Row>(numbered(statement, values));
    return this.#db.execute<Row>(numbered(statement.text, statement.values ?? values));
  }

  /** Gives a connection back: does nothing. */
  release(): void {}

  /** Events are accepted; a database in memory has none to tell. */
  on(_event: string, _listener: (...details: never[]) => void): this {
    return this;
  }

  /** Closes the database; what was in it is gone. */
  async end(): Promise<void> {
    this.database.close();
  }
}

/** In the place of a single connection. */
export class Client extends Pool {}

/** As `PoolConfig`. */
export type ClientConfig = PoolConfig;

/** As `import pg from "pg"` gives them. */
export default { Pool, Client };

/** `$1` and its kin. */
const pgParameter = /(\$\d+)/;

/** The statement with its values in the places of its parameters. */
const numbered = (text: string, values: readonly unknown[]): SQL =>
  parameterized(text, pgParameter, (token) => sql`${values[Number(token.slice(1)) - 1] ?? null}`);
