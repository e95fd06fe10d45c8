// `virga/pg`, in the place of `pg`: connections that lead to a database in memory.
import { entityKind } from "./base/entity.js";
import { Client as Database } from "./engine/client.js";

/** Whatever a connection to Postgres may be configured with; there is nothing to connect to. */
export type PoolConfig = Readonly<Record<string, unknown>>;

/** In the place of a pool of connections: one database in memory, opened when it is first used. */
export class Pool {
  static readonly [entityKind]: string = "Pool";

  readonly options: PoolConfig;
  /** The database behind the pool. */
  readonly database = new Database(":memory:");

  constructor(options: PoolConfig = {}) {
    this.options = options;
  }

  /** Does nothing; the database opens by itself. */
  async connect(): Promise<this> {
    return this;
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

export type ClientConfig = PoolConfig;

export default { Pool, Client };
