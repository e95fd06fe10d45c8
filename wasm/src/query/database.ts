import type { SQLWrapper } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import { TransactionRollbackError } from "../base/error.js";
import type { Client } from "../engine/client.js";
import type { CasingName } from "../schema/casing.js";
import { getTableUniqueName, isTable, type Table } from "../schema/table.js";
import type { BatchItem, BatchResults } from "./batch.js";
import { Catalog } from "./catalog.js";
import { Compiler } from "./compiler.js";
import { SQLiteAsyncDialect, SQLiteSyncDialect, type SQLiteDialect } from "./dialect.js";
import { relationQueries, type QueriesFor, type QueriesOf } from "./find.js";
import { CountQuery } from "./count.js";
import { loggerOf, type Logger } from "./logger.js";
import type { TableLike } from "./select-types.js";
import { countsOf, PreparedQuery } from "./prepared.js";
import { queryResult, rawDocument, type QueryResult, type RawSQL } from "./raw.js";
import { runTransaction, type TransactionOptions } from "./transaction-run.js";
import { Session, type Outcome, type RowForm, type RunResult } from "./session.js";
import type { WithSubquery } from "./subquery.js";
import type { AnyRelations } from "./relational/relation.js";
import { Writes } from "./writes.js";

/** What `db.transaction` gives: asynchronous databases always a promise, others when `T` is one. */
type Settled<T, Kind> = Kind extends "async"
  ? Promise<Awaited<T>>
  : T extends PromiseLike<infer U>
    ? Promise<U>
    : T;

/** What a statement gives: at once, or as a promise. */
type Ran<T, Kind> = Kind extends "async" ? Promise<T> : T;

/** What a database knows, and where its queries run. */
interface Known<Schema, Kind, Relations> {
  readonly schema: Schema;
  /** The same; Drizzle keeps both. */
  readonly fullSchema: Schema;
  /** The keys of the schema's tables by `getTableUniqueName`. */
  readonly tableNamesMap: Readonly<Record<string, string>>;
  readonly relations: Relations;
  readonly resultKind: Kind;
  readonly session: Session;
}

const noCache = { invalidate: async (_which?: unknown): Promise<void> => {} };

/** Queries and writes; the same in a database and in a transaction. */
export abstract class Queries<
  Schema,
  Kind extends "sync" | "async",
  Relations = {},
> extends Writes {
  static override readonly [entityKind]: string = "BaseSQLiteDatabase";

  /** The schema and relations that it was made with. */
  readonly _: Known<Schema, Kind, Relations>;
  /**
   * Results are not kept from one query for the next: the database is in this process. What a program
   * says of a cache has no effect.
   */
  readonly $cache = noCache;
  readonly #session: Session;
  #query: QueriesFor<Schema, Relations> | undefined;
  #legacyQuery: QueriesOf<Schema> | undefined;

  protected constructor(known: Known<Schema, Kind, Relations>) {
    const { session } = known;
    super(session);
    this._ = known;
    this.#session = session;
  }

  /** Where its queries run. */
  get session(): Session {
    return this.#session;
  }

  /** Turns SQL into text. */
  get dialect(): SQLiteDialect {
    return this._.resultKind === "async" ? new SQLiteAsyncDialect() : new SQLiteSyncDialect();
  }

  /** Relation queries, by the keys of the tables in `relations`, else in `schema`. */
  get query(): QueriesFor<Schema, Relations> {
    this.#query ??= relationQueries(this.#session) as QueriesFor<Schema, Relations>;
    return this.#query;
  }

  /** Relation queries with the `relations()` of `schema`. */
  get _query(): QueriesOf<Schema> {
    const session = this.#session.legacy ?? this.#session;
    this.#legacyQuery ??= relationQueries(session) as QueriesOf<Schema>;
    return this.#legacyQuery;
  }

  /** Puts subqueries before a query. */
  with(...ctes: readonly WithSubquery[]): Writes {
    return new Writes(this.#session, ctes);
  }

  /** How many rows a source has, or those of them that fulfil a condition. */
  $count(source: TableLike | SQLWrapper, condition?: SQLWrapper): CountQuery {
    return new CountQuery(this.#session, source, condition);
  }

  /**
   * Runs `work` in a transaction, or in a savepoint of one. It is committed when the work is done
   * (the promise, if there is one, has settled) and rolled back when it fails. What is called
   * outside of the transaction meanwhile waits.
   *
   * @param work is given the transaction, through which its queries go
   * @param options how it begins
   * @returns what `work` returns
   * @throws what `work` throws, after the rollback; `transaction` for a call on the database itself
   * inside of `work`
   */
  transaction<T>(
    work: (tx: Transaction<Schema, Kind, Relations>) => T,
    options: TransactionOptions = {},
  ): Settled<T, Kind> {
    const session = this.#session;
    const run = (): unknown =>
      session.turn((connection) =>
        runTransaction(connection, session, options, (inner) =>
          work(new Transaction({ ...this._, session: inner })),
        ),
      );
    // The promise of an asynchronous database also carries what is thrown at once.
    if (this._.resultKind === "async")
      return new Promise((resolve) => resolve(run())) as Settled<T, Kind>;
    if (!isAsync(work)) session.queue.requireFree();
    return run() as Settled<T, Kind>;
  }

  /**
   * Runs queries one after the other in one transaction: all of them, or none.
   *
   * @param queries queries that have not been awaited
   * @returns their results, in their order
   */
  async batch<const Items extends readonly [BatchItem, ...BatchItem[]]>(
    queries: Items,
  ): Promise<BatchResults<Items>> {
    const session = this.#session;
    const results = await session.turn((connection) =>
      runTransaction(connection, session, {}, (inner) =>
        queries.map((query) => query.prepare().inTurn(inner)),
      ),
    );
    return results as BatchResults<Items>;
  }

  /** Runs a statement as it is written, for its counts. */
  run(statement: RawSQL): Ran<RunResult, Kind> {
    return this.#raw(statement, countsOf);
  }

  /** All rows of a statement as it is written, by the names of its columns. */
  all<T = unknown>(statement: RawSQL): Ran<T[], Kind> {
    return this.#raw(statement, ({ rows }) => rows as T[]);
  }

  /** The first row of a statement as it is written; undefined if there is none. */
  get<T = unknown>(statement: RawSQL): Ran<T, Kind> {
    return this.#raw(statement, ({ rows }) => rows![0] as T);
  }

  /** All rows of a statement as it is written, as arrays of stored values. */
  values<T extends readonly unknown[] = unknown[]>(statement: RawSQL): Ran<T[], Kind> {
    return this.#raw(statement, ({ rows }) => rows as T[], "arrays");
  }

  /** Runs a statement as it is written, as Drizzle's databases for Postgres do. */
  async execute<T = Record<string, unknown>>(statement: RawSQL): Promise<QueryResult<T>> {
    return new PreparedQuery(this.#session, rawDocument(statement), queryResult<T>).execute();
  }

  #raw<T>(statement: RawSQL, read: (outcome: Outcome) => T, form?: RowForm): Ran<T, Kind> {
    const query = new PreparedQuery(this.#session, rawDocument(statement), read, form);
    return (this._.resultKind === "async" ? query.execute() : query.sync()) as Ran<T, Kind>;
  }
}

/** Whether a function is declared as asynchronous, so that its caller awaits it. */
const isAsync = (work: object): boolean => work.constructor.name === "AsyncFunction";

/** The inside of a transaction. */
export class Transaction<Schema, Kind extends "sync" | "async", Relations = {}> extends Queries<
  Schema,
  Kind,
  Relations
> {
  static override readonly [entityKind]: string = "SQLiteTransaction";

  constructor(known: Known<Schema, Kind, Relations>) {
    super(known);
    Object.freeze(this);
  }

  /** Leaves the transaction and undoes it: `db.transaction` throws this error again. */
  rollback(): never {
    throw new TransactionRollbackError();
  }
}

/** What a database knows. */
export interface DatabaseConfig<Schema, Relations = {}> {
  /** Tables and `relations()` by key, as `import * as schema` gives them. */
  readonly schema?: Schema | undefined;
  /** What `defineRelations` gave; then `db.query` is about these. */
  readonly relations?: Relations | undefined;
  /** Makes the names of columns that have none of their own from their keys. */
  readonly casing?: CasingName | undefined;
  /** Is told of every query; true writes them to the console. */
  readonly logger?: boolean | Logger | undefined;
  /**
   * How many milliseconds a query waits for a transaction that makes no query itself. Awaiting `db`
   * inside of its own transaction would wait for ever. Where such a query is known, which takes the
   * AsyncLocalStorage of Node, Bun and Deno, it is refused at once and there is no limit; elsewhere
   * the limit is 10 seconds.
   */
  readonly transactionTimeout?: number | undefined;
}

/** A database: a client, seen through a schema. */
export class Database<
  Schema = Record<string, never>,
  Kind extends "sync" | "async" = "sync",
  Relations = {},
  Driver = Client,
> extends Queries<Schema, Kind, Relations> {
  static override readonly [entityKind]: string = "BaseSQLiteDatabase";

  /** The client that it was made with. */
  readonly $client: Driver;

  /**
   * @param driver what stands for the client in the program
   * @param createMissing whether the tables of the schema are created when it is first used
   */
  constructor(
    client: Client,
    config: DatabaseConfig<Schema, Relations>,
    kind: Kind,
    driver = client as Driver,
    createMissing = false,
  ) {
    const { schema = {} as Schema, relations = {} as Relations } = config;
    const session = sessionOf(client, config, createMissing);
    const tableNamesMap = keysOf(schema);
    super({ schema, fullSchema: schema, tableNamesMap, relations, resultKind: kind, session });
    this.$client = driver;
    Object.freeze(this);
  }
}

/** The keys of a schema's tables by the names that tell them from all others. */
function keysOf(schema: unknown): Record<string, string> {
  const tables = Object.entries(schema as Record<string, unknown>).filter(([, each]) =>
    isTable(each),
  );
  return Object.fromEntries(
    tables.map(([key, table]) => [getTableUniqueName(table as Table), key]),
  );
}

/** The session of a database. What has relations of both lines is seen in two ways. */
function sessionOf<Schema, Relations>(
  client: Client,
  config: DatabaseConfig<Schema, Relations>,
  createMissing: boolean,
): Session {
  const { casing, transactionTimeout: patience } = config;
  const logger = loggerOf(config.logger);
  const schema = (config.schema ?? {}) as Readonly<Record<string, unknown>>;
  const seen = (relations?: AnyRelations, legacy?: Session): Session => {
    const catalog = new Catalog(schema, { relations, casing });
    const compiler = new Compiler(client, catalog, createMissing);
    return new Session({ client, catalog, compiler, logger, patience, legacy });
  };
  if (!config.relations) return seen();
  return seen(config.relations as AnyRelations, config.schema && seen());
}

/**
 * Creates the tables, indexes and views of a database's schema that are missing, all or none. What is
 * there is not changed.
 *
 * @param db a database with a `schema` or `relations`
 * @returns the statements that ran
 * @throws `invalid_schema` when the schema contradicts itself; `sqlite` when a statement fails
 */
export async function pushSchema(db: {
  readonly _: { readonly session: Session };
}): Promise<readonly string[]> {
  const { session } = db._;
  return session.turn((connection) => {
    const schema = session.compiler.schema(connection);
    return connection.engine.push(connection.database, schema);
  });
}
