import type { Trace } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";
import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { offlineSQL } from "./offline.js";
import type { MakeDocument, Outcome, QuerySQL, RunResult, Session } from "./session.js";

/** A query that runs when it is awaited, each time anew. */
export abstract class QueryPromise<T> implements Promise<T> {
  static readonly [entityKind]: string = "QueryPromise";

  get [Symbol.toStringTag](): string {
    return "QueryPromise";
  }

  abstract execute(): Promise<T>;

  then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.execute().then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.execute().catch(rejected);
  }

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

  protected get session(): Session {
    if (this.#session) return this.#session;
    throw new VirgaError({
      code: "invalid_query",
      message: "Cannot execute a query on a query builder. Please use a database instance instead.",
    });
  }

  override execute(): Promise<Result> {
    return this.session.run(this.document, (outcome) => this.result(outcome));
  }

  /** The result, at once. */
  sync(): Result {
    return this.session.runNow(this.document, (outcome) => this.result(outcome));
  }

  /** The SQL that runs, with its parameters. */
  toSQL(): QuerySQL {
    return this.#session ? this.#session.toSQL(this.document) : offlineSQL(this.document);
  }

  /** What every stage makes of the query. Reads run, writes do not. */
  explain(): Trace {
    return this.session.explain(this.document);
  }
}

/** A query that gives rows, or nothing but counts: `Row` is never when there are none. */
export abstract class RowsQuery<Row, Result> extends ExecutableQuery<Result> {
  /** All rows, at once. */
  all(): Row[] {
    return this.session.runNow(this.document, (outcome) => rowsOf<Row>(outcome, "all"));
  }

  /** The first row, at once. */
  get(): Row | undefined {
    return this.session.runNow(this.document, (outcome) => rowsOf<Row>(outcome, "get")[0]);
  }

  /** Runs the query at once, for its counts. */
  run(): RunResult {
    return this.session.runNow(this.document, countsOf);
  }

  /** All rows as arrays of stored values, at once. */
  values(): SqlValue[][] {
    return this.session.runNow(this.document, (outcome) => {
      rowsOf(outcome, "values");
      return outcome.raw();
    });
  }
}

/** A write: gives its returned rows, or its counts when it returns none. */
export abstract class WriteQuery<Row, Result> extends RowsQuery<Row, Result> {
  protected override result(outcome: Outcome): Result {
    return (outcome.rows ?? countsOf(outcome)) as Result;
  }
}

function countsOf({ changes, lastInsertRowid }: Outcome): RunResult {
  return { changes, lastInsertRowid };
}

/** The rows of a query that has some. The types of `Row` come from the builders. */
export function rowsOf<Row>(outcome: Outcome, method: string): Row[] {
  if (outcome.rows) return outcome.rows as Row[];
  throw new VirgaError({
    code: "invalid_query",
    message: `.${method}() of a write needs .returning().`,
  });
}
