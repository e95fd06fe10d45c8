import type { Trace } from "../ast/trace.js";
import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { offlineSQL } from "./offline.js";
import { countsOf, PreparedRows, type PreparedQuery } from "./prepared.js";
import type { Outcome, QuerySQL, RunResult, Session } from "./session.js";
import type { MakeDocument, PlaceholderValues } from "./statement.js";

/** A query that runs when it is awaited, each time anew. */
export abstract class QueryPromise<T> implements Promise<T> {
  static readonly [entityKind]: string = "QueryPromise";

  /** What `Object.prototype.toString` shows. */
  get [Symbol.toStringTag](): string {
    return "QueryPromise";
  }

  /** Runs the query. */
  abstract execute(): Promise<T>;

  /** Runs the query; what `await` calls. */
  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.execute().then(fulfilled, rejected);
  }

  /** Runs the query, with a function for its failure. */
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.execute().catch(rejected);
  }

  /** Runs the query, with a function that is called when it has run or failed. */
  finally(settled?: (() => void) | null): Promise<T> {
    return this.execute().finally(settled);
  }
}

/** A query with everything that can be done with it. `Result` is what awaiting it gives. */
export abstract class ExecutableQuery<Result> extends QueryPromise<Result> {
  readonly #session: Session | undefined;

  /** @param session absent for the queries of a query builder, which cannot run */
  protected constructor(session: Session | undefined) {
    super();
    this.#session = session;
  }

  /** The document of the query as it stands. */
  protected abstract document: MakeDocument;
  /** What the query gives, from what the core gave. */
  protected abstract result(outcome: Outcome): Result;

  /** The query to be run many times: it is lowered and compiled once. */
  abstract prepare(name?: string): PreparedQuery<Result>;

  protected get session(): Session {
    if (this.#session) return this.#session;
    throw new VirgaError({
      code: "invalid_query",
      message: "Cannot execute a query on a query builder. Please use a database instance instead.",
    });
  }

  /** Runs the query when its turn has come: at once if nothing is in progress. */
  override execute(values?: PlaceholderValues): Promise<Result> {
    return this.prepare().execute(values);
  }

  /** The result, at once. */
  sync(values?: PlaceholderValues): Result {
    return this.prepare().sync(values);
  }

  /** The SQL that runs, with its parameters; placeholders stand for the values still to be given. */
  toSQL(): QuerySQL {
    return this.#session ? this.prepare().toSQL() : offlineSQL(this.document);
  }

  /** What every stage makes of the query. Reads run, writes do not. */
  explain(values?: PlaceholderValues): Trace {
    return this.prepare().explain(values);
  }
}

/** A query that gives rows, or nothing but counts: `Row` is never when there are none. */
export abstract class RowsQuery<Row, Result> extends ExecutableQuery<Result> {
  override prepare(_name?: string): PreparedRows<Row, Result> {
    return new PreparedRows(this.session, this.document, (outcome) => this.result(outcome));
  }

  /** All rows, at once. */
  all(values?: PlaceholderValues): ReturnType<PreparedRows<Row, Result>["all"]> {
    return this.prepare().all(values);
  }

  /** The first row, at once. */
  get(values?: PlaceholderValues): ReturnType<PreparedRows<Row, Result>["get"]> {
    return this.prepare().get(values);
  }

  /** Runs the query at once, for its counts. */
  run(values?: PlaceholderValues): RunResult {
    return this.prepare().run(values);
  }

  /** All rows as arrays of stored values, at once. */
  values(values?: PlaceholderValues): ReturnType<PreparedRows<Row, Result>["values"]> {
    return this.prepare().values(values);
  }

  /** The rows, read while they are asked for: see `RowIterator`. */
  iterate(values?: PlaceholderValues): ReturnType<PreparedRows<Row, Result>["iterate"]> {
    return this.prepare().iterate(values);
  }
}

/** A write: gives its returned rows, or its counts when it returns none. */
export abstract class WriteQuery<Row, Result> extends RowsQuery<Row, Result> {
  protected override result(outcome: Outcome): Result {
    return (outcome.rows ?? countsOf(outcome)) as Result;
  }
}
