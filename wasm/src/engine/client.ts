import { ClientStatement, rowsOf } from "./client-statement.js";
import type { Engine, StatementCounters } from "./engine.js";
import type { TransactionBehavior } from "./exports.js";
import { isLoaded, loadedEngine, loadEngine, type WasmSource } from "./load.js";
import { isThenable, Queue } from "./queue.js";
import { begin, commit, rollBack } from "./transactions.js";
import type { Row } from "../frame/rows.js";
import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";

/** An open database of an engine. */
export interface Connection {
  readonly engine: Engine;
  readonly database: number;
  /** What owns it. */
  readonly client: Client;
}

/** How a client is opened. */
export interface OpenOptions {
  /** Where the wasm module comes from; only the first call of all loads it. */
  readonly wasm?: WasmSource;
  /** The bytes of an SQLite file, as `export()` gives them: the database begins as a copy of it. */
  readonly bytes?: Uint8Array;
}

/** How often queries were compiled and statements prepared since a client was opened. */
export interface Counters extends StatementCounters {
  /** Queries that were compiled because none with their document was at hand. */
  readonly compiled: number;
  /** Queries that were at hand: each run of one that was compiled before. */
  readonly recalled: number;
}

/** A database in this thread. */
export class Client {
  static readonly [entityKind]: string = "Client";

  /** The turns of everything that uses the connection. */
  readonly queue = new Queue();
  /** What compilers of this client's queries have counted. */
  readonly compilations = { compiled: 0, recalled: 0 };
  readonly #location: string;
  /** Until the connection is opened. */
  #bytes: Uint8Array | undefined;
  readonly #onClose: (() => void)[] = [];
  #connection: Connection | undefined;
  /** A schema of nothing: statements of a client's own know no tables. */
  #schema: number | undefined;
  #closed = false;

  /** @param bytes of an SQLite file, as which the database begins */
  constructor(location: string, bytes?: Uint8Array) {
    if (typeof location !== "string") {
      throw noText("A location", location, 'Options come second: open(":memory:", { … }).');
    }
    this.#location = location;
    this.#bytes = bytes;
  }

  /** The connection, opened now if the wasm module is loaded and when it is loaded otherwise. */
  connect(options: OpenOptions = {}): Connection | Promise<Connection> {
    if (this.#connection || isLoaded()) return this.connectNow();
    return Promise.resolve(loadEngine(options.wasm)).then(() => this.connectNow());
  }

  /** The connection; throws when the wasm module is not loaded and cannot be loaded at once. */
  connectNow(): Connection {
    if (this.#closed) {
      throw new VirgaError({ code: "closed", message: "The database has been closed." });
    }
    if (!this.#connection) {
      this.#connection = this.#openNow(loadedEngine());
      this.#bytes = undefined;
    }
    return this.#connection;
  }

  #openNow(engine: Engine): Connection {
    const database = engine.open(this.#location);
    try {
      if (this.#bytes) engine.deserialize(database, this.#bytes);
    } catch (error) {
      engine.close(database);
      throw error;
    }
    return { engine, database, client: this };
  }

  /** Runs statements that give no rows. Stops at the first error; earlier statements stay done. */
  exec(sql: string): void {
    if (typeof sql !== "string") throw noText("SQL", sql);
    this.queue.runNow(() => {
      const { engine, database } = this.connectNow();
      engine.exec(database, sql);
    });
  }

  /** Prepares one statement, whose values are given when it runs. */
  prepare(sql: string): ClientStatement {
    const connection = this.connectNow();
    const query = this.#prepareRaw(sql, connection);
    this.onClose(() => connection.engine.releaseQuery(query));
    return new ClientStatement(this, sql, query);
  }

  #prepareRaw(sql: string, { engine, database }: Connection): number {
    if (typeof sql !== "string") throw noText("SQL", sql);
    this.#schema ??= engine.createSchema({ tables: [], relations: [] });
    const document = JSON.stringify({ raw: { sql: [sql] } });
    return engine.prepare(database, this.#schema, document).query;
  }

  /** Runs synchronous work in a transaction; nested calls become savepoints. */
  transaction<T>(work: () => T, options: { behavior?: TransactionBehavior } = {}): T {
    return this.queue.runNow(() => {
      const connection = this.connectNow();
      begin(connection, options.behavior);
      try {
        const result = work();
        if (isThenable(result)) throw asyncWork();
        commit(connection);
        return result;
      } catch (error) {
        rollBack(connection, error);
        throw error;
      }
    });
  }

  /** The whole database as the bytes of an SQLite file. */
  export(): Uint8Array {
    return this.queue.runNow(() => {
      const { engine, database } = this.connectNow();
      return engine.serialize(database);
    });
  }

  /**
   * The rows of a statement that reads, as the connection sees them at this moment: also in the middle of a
   * transaction that others wait for. For listeners of `observe` and `observeTransactions`.
   *
   * @param sql one statement, without parameters
   */
  peek(sql: string): Row[] {
    const connection = this.connectNow();
    const query = this.#prepareRaw(sql, connection);
    try {
      return rowsOf(connection.engine.run(connection.database, query, []), []);
    } finally {
      connection.engine.releaseQuery(query);
    }
  }

  /** How often queries were compiled and statements prepared, and how often they were at hand. */
  counters(): Counters {
    const { engine, database } = this.connectNow();
    return { ...this.compilations, ...engine.counters(database) };
  }

  /** Closes the database; what was in memory is gone. Closing twice does nothing. */
  close(): void {
    this.#closed = true;
    for (const release of this.#onClose.splice(0)) release();
    if (this.#connection) {
      const { engine, database } = this.#connection;
      if (this.#schema !== undefined) engine.releaseSchema(this.#schema);
      engine.close(database);
    }
    this.#connection = undefined;
  }

  /** Has `release` called when the client is closed. */
  onClose(release: () => void): void {
    this.#onClose.push(release);
  }
}

function noText(what: string, value: unknown, hint?: string): VirgaError {
  const kind = value === null ? "null" : typeof value;
  return new VirgaError({
    code: "invalid_value",
    message: `${what} is a text, not ${kind}.`,
    ...(hint !== undefined && { hint }),
  });
}

function asyncWork(): VirgaError {
  return new VirgaError({
    code: "transaction",
    message: "The callback of client.transaction() is synchronous.",
    hint: "db.transaction() of drizzle(client) takes asynchronous callbacks.",
  });
}

/**
 * Loads the wasm module. Browsers need it before synchronous calls, other hosts can do without.
 *
 * @param source where it comes from; only the first call of all loads it
 * @throws `not_loaded` when it could not be loaded; another source can be tried then
 */
export async function load(source?: WasmSource): Promise<void> {
  await loadEngine(source);
}

/**
 * Opens a database; ":memory:" is a new one that lives as long as its client.
 *
 * @param location where it is; databases are in memory so far
 * @param options what it begins as; where the wasm module comes from, when it is not the file beside
 *   the package
 * @returns a client, for `drizzle`
 * @throws `not_loaded` when the wasm module could not be loaded; `sqlite` when the bytes are no
 *   database
 */
export async function open(location = ":memory:", options: OpenOptions = {}): Promise<Client> {
  const client = new Client(location, options.bytes);
  await client.connect(options);
  return client;
}

/**
 * As `open`, at once. Node, Bun and Deno then load the wasm module from the disk; in browsers it must
 * have been loaded before.
 *
 * @param location where it is; databases are in memory so far
 * @param options what it begins as
 * @throws `not_loaded` when the wasm module is not there; `sqlite` when the bytes are no database
 */
export function openSync(location = ":memory:", options: Pick<OpenOptions, "bytes"> = {}): Client {
  const client = new Client(location, options.bytes);
  client.connectNow();
  return client;
}
