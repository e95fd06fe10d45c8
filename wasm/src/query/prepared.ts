import type { Trace } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";
import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import type { Outcome, QuerySQL, RowForm, RunResult, Session } from "./session.js";
import { RowIterator } from "./row-iterator.js";
import type { DrizzleTypeError } from "./select-types.js";
import { Statement, type MakeDocument, type PlaceholderValues } from "./statement.js";

/** The result of a method that needs rows; writes have them with `returning` only. */
export type NeedsRows<Row, Result, Method extends string> = [Row] extends [never]
  ? DrizzleTypeError<`.${Method}() cannot be used without .returning()`>
  : Result;

/** A query that is lowered and compiled once, and runs as often as it is called. */
export class PreparedQuery<Result> {
  static readonly [entityKind]: string = "SQLitePreparedQuery";

  readonly #session: Session;
  readonly #statement: Statement;
  protected readonly result: (outcome: Outcome) => Result;
  readonly #form: RowForm | undefined;

  /**
   * @param result what the query gives, from what the core gave
   * @param form of the rows that `result` gets; objects by default
   */
  constructor(
    session: Session,
    make: MakeDocument,
    result: (outcome: Outcome) => Result,
    form?: RowForm,
  ) {
    this.#session = session;
    this.#statement = new Statement(make);
    this.result = result;
    this.#form = form;
  }

  /** Runs the query when its turn has come: at once if nothing is in progress. */
  execute(values?: PlaceholderValues): Promise<Result> {
    return this.#session.run(this.#statement, this.result, values, this.#form);
  }

  /** The result, at once. */
  sync(values?: PlaceholderValues): Result {
    return this.now(this.result, values);
  }

  /** The result within a turn of the session that has been taken already. */
  inTurn(session: Session): Result {
    return this.result(session.outcome(this.#session, this.#statement));
  }

  /** The SQL that runs, with its parameters; placeholders stand for the values still to be given. */
  toSQL(): QuerySQL {
    return this.#session.toSQL(this.#statement);
  }

  /** The same as `toSQL`. */
  getQuery(): QuerySQL {
    return this.toSQL();
  }

  /** What every stage makes of the query. Reads run, writes do not. */
  explain(values?: PlaceholderValues): Trace {
    return this.#session.explain(this.#statement, values);
  }

  /** The rows that `read` gives, part by part. */
  protected rows<Row>(
    read: (outcome: Outcome) => readonly Row[],
    values: PlaceholderValues | undefined,
    form = this.#form,
  ): RowIterator<Row> {
    const [session, statement] = [this.#session, this.#statement];
    return new RowIterator({ session, statement, values, form, read });
  }

  protected now<T>(
    read: (outcome: Outcome) => T,
    values: PlaceholderValues | undefined,
    form = this.#form,
  ): T {
    return this.#session.runNow(this.#statement, read, values, form);
  }
}

/** A prepared query of rows, or of counts: `Row` is never when there are no rows. */
export class PreparedRows<Row, Result> extends PreparedQuery<Result> {
  /** All rows, at once. */
  all(values?: PlaceholderValues): NeedsRows<Row, Row[], "all"> {
    return this.now((outcome) => rowsOf(outcome, "all"), values) as NeedsRows<Row, Row[], "all">;
  }

  /** The first row, at once. */
  get(values?: PlaceholderValues): NeedsRows<Row, Row | undefined, "get"> {
    const first = this.now((outcome) => rowsOf(outcome, "get")[0], values);
    return first as NeedsRows<Row, Row | undefined, "get">;
  }

  /** Runs the query at once, for its counts. */
  run(values?: PlaceholderValues): RunResult {
    return this.now(countsOf, values);
  }

  /** All rows as arrays of stored values, at once. */
  values(values?: PlaceholderValues): NeedsRows<Row, SqlValue[][], "values"> {
    const rows = this.now((outcome) => rowsOf<SqlValue[]>(outcome, "values"), values, "arrays");
    return rows as NeedsRows<Row, SqlValue[][], "values">;
  }

  /** The rows, read while they are asked for: see `RowIterator`. */
  iterate(values?: PlaceholderValues): NeedsRows<Row, RowIterator<Row>, "iterate"> {
    const rows = this.rows((outcome) => rowsOf<Row>(outcome, "iterate"), values);
    return rows as NeedsRows<Row, RowIterator<Row>, "iterate">;
  }

  /** As `iterate`, with rows as arrays of stored values. */
  iterateValues(values?: PlaceholderValues): RowIterator<SqlValue[]> {
    return this.rows((outcome) => rowsOf(outcome, "iterate"), values, "arrays");
  }
}

/** A prepared relation query. */
export class PreparedFind<Result> extends PreparedQuery<Result> {
  /** The result, at once. */
  all(values?: PlaceholderValues): Result {
    return this.sync(values);
  }

  /** The result, at once. */
  get(values?: PlaceholderValues): Result {
    return this.sync(values);
  }

  /** The rows with their relations, read while they are asked for: see `RowIterator`. */
  iterate(values?: PlaceholderValues): RowIterator<RowOf<Result>> {
    // A query for the first row gives it or undefined, one for many rows a list.
    return this.rows((outcome) => [this.result(outcome)].flat() as RowOf<Result>[], values);
  }
}

/** One row of what a relation query gives. */
export type RowOf<Result> = Result extends readonly (infer Row)[] ? Row : NonNullable<Result>;

export function countsOf({ changes, lastInsertRowid }: Outcome): RunResult {
  return { changes, lastInsertRowid };
}

/** The rows of a query that has some. The types of `Row` come from the builders. */
export function rowsOf<Row>(outcome: Outcome, method: string): Row[] {
  if (outcome.rows) return outcome.rows as Row[];
  throw new VirgaError({
    code: "invalid_query",
    message: `.${method}() cannot be used without .returning()`,
  });
}
