import type { SQLWrapper } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import { TransactionRollbackError } from "../base/error.js";
import { beginVerb, rollBack, type Client, type Connection } from "../engine/client.js";
import type { TransactionBehavior } from "../engine/exports.js";
import { isThenable, Queue } from "../engine/queue.js";
import type { CasingName } from "../schema/casing.js";
import { Catalog } from "./catalog.js";
import { Compiler } from "./compiler.js";
import { relationQueries, type QueriesFor, type QueriesOf } from "./find.js";
import { CountQuery } from "./count.js";
import { loggerOf, type Logger } from "./logger.js";
import type { TableLike } from "./select-types.js";
import { Session } from "./session.js";
import type { WithSubquery } from "./subquery.js";
import type { AnyRelations } from "./relational/relation.js";
import { Writes } from "./writes.js";

/** What `db.transaction` gives: asynchronous databases always a promise, others when `T` is one. */
type Settled<T, Kind> = Kind extends "async"
  ? Promise<Awaited<T>>
  : T extends PromiseLike<infer U>
    ? Promise<U>
    : T;

interface TransactionOptions {
  readonly behavior?: TransactionBehavior;
}

/** Queries and writes; the same in a database and in a transaction. */
export abstract class Queries<
  Schema,
  Kind extends "sync" | "async",
  Relations = {},
> extends Writes {
  static override readonly [entityKind]: string = "BaseSQLiteDatabase";

  /** Relation queries, by the keys of the tables in `relations`, else in `schema`. */
  readonly query: QueriesFor<Schema, Relations>;
  /** Relation queries with the `relations()` of `schema`. */
  readonly _query: QueriesOf<Schema>;
  /** Whether `transaction` may give its value at once. */
  protected readonly kind: Kind;
  readonly #session: Session;

  protected constructor(session: Session, kind: Kind) {
    super(session);
    this.#session = session;
    this.kind = kind;
    this.query = relationQueries(session) as QueriesFor<Schema, Relations>;
    this._query = relationQueries(session.legacy ?? session) as QueriesOf<Schema>;
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
   */
  transaction<T>(
    work: (tx: Transaction<Schema, Kind, Relations>) => T,
    options: TransactionOptions = {},
  ): Settled<T, Kind> {
    const session = this.#session;
    const run = (): unknown =>
      session.turn((connection) => {
        // Tables that are created on first use are no part of the transaction.
        session.compiler.schema(connection);
        return runTransaction(connection, session, this.kind, work, options);
      });
    // The promise of an asynchronous database also carries what is thrown at once.
    const result = this.kind === "async" ? new Promise((resolve) => resolve(run())) : run();
    return result as Settled<T, Kind>;
  }
}

/** The inside of a transaction. */
export class Transaction<Schema, Kind extends "sync" | "async", Relations = {}> extends Queries<
  Schema,
  Kind,
  Relations
> {
  static override readonly [entityKind]: string = "SQLiteTransaction";

  constructor(session: Session, kind: Kind) {
    super(session, kind);
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
}

/** A database: a client, seen through a schema. */
export class Database<
  Schema = Record<string, never>,
  Kind extends "sync" | "async" = "sync",
  Relations = {},
> extends Queries<Schema, Kind, Relations> {
  static override readonly [entityKind]: string = "BaseSQLiteDatabase";

  readonly $client: Client;
  readonly _: { readonly schema: Schema; readonly relations: Relations; readonly session: Session };

  /** @param createMissing whether the tables of the schema are created when it is first used */
  constructor(
    client: Client,
    config: DatabaseConfig<Schema, Relations>,
    kind: Kind,
    createMissing = false,
  ) {
    const session = sessionOf(client, config, createMissing);
    super(session, kind);
    const { schema = {} as Schema, relations = {} as Relations } = config;
    this.$client = client;
    this._ = { schema, relations, session };
    Object.freeze(this);
  }
}

/** The session of a database. What has relations of both lines is seen in two ways. */
function sessionOf<Schema, Relations>(
  client: Client,
  config: DatabaseConfig<Schema, Relations>,
  createMissing: boolean,
): Session {
  const { casing } = config;
  const logger = loggerOf(config.logger);
  const schema = (config.schema ?? {}) as Readonly<Record<string, unknown>>;
  const seen = (relations?: AnyRelations, legacy?: Session): Session => {
    const catalog = new Catalog(schema, { relations, casing });
    const compiler = new Compiler(client, catalog, createMissing);
    return new Session({ client, catalog, compiler, logger, legacy });
  };
  if (!config.relations) return seen();
  return seen(config.relations as AnyRelations, config.schema && seen());
}

/** Begins, works, and commits or rolls back; all at once if the work is synchronous. */
function runTransaction<Schema, Kind extends "sync" | "async", Relations, T>(
  connection: Connection,
  outer: Session,
  kind: Kind,
  work: (tx: Transaction<Schema, Kind, Relations>) => T,
  { behavior }: TransactionOptions,
): unknown {
  const { engine, database } = connection;
  const queue = new Queue();
  const commit = (): void => {
    queue.end();
    engine.transaction(database, "commit");
  };
  const undo = (error: unknown): never => {
    queue.end();
    rollBack(connection);
    outer.compiler.rolledBack();
    outer.legacy?.compiler.rolledBack();
    throw error;
  };
  engine.transaction(database, beginVerb(behavior));
  let result: T;
  try {
    result = work(new Transaction<Schema, Kind, Relations>(outer.within(queue), kind));
    if (!isThenable(result)) {
      commit();
      return result;
    }
  } catch (error) {
    return undo(error);
  }
  return settle(result, queue, commit).catch(undo);
}

/** Waits for the work and for what it left running in its own transactions; then commits. */
async function settle(
  work: PromiseLike<unknown>,
  queue: Queue,
  commit: () => void,
): Promise<unknown> {
  let result: unknown;
  try {
    result = await work;
  } finally {
    await queue.run(() => undefined);
  }
  commit();
  return result;
}

/** Creates the tables and indexes of a database's schema that are missing; gives their SQL. */
export async function pushSchema(db: {
  readonly _: { readonly session: Session };
}): Promise<readonly string[]> {
  const { session } = db._;
  return session.turn((connection) => {
    const schema = session.compiler.schema(connection);
    return connection.engine.push(connection.database, schema);
  });
}
