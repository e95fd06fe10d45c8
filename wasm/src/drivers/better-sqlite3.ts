import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { Client } from "../engine/client.js";
import type { TransactionBehavior } from "../engine/exports.js";
import { Database as Queries } from "../query/database.js";
import { PreparedRows } from "../query/prepared.js";
import { rawDocument } from "../query/raw.js";
import type { RunResult } from "../query/session.js";
import { sqliteStatement, type ParameterizedStatement } from "./parameters.js";

/** In the place of a `Database` of better-sqlite3. Every call is synchronous. */
class Database {
  static readonly [entityKind]: string = "BetterSQLite3Client";

  /** Where the database is. */
  readonly name: string;
  /** Whether the database lives in memory. */
  readonly memory = true;
  /** The client behind it. */
  readonly client: Client;
  readonly #queries: Queries;
  #open = true;

  /**
   * @param source ":memory:" or nothing, or the bytes of an SQLite file to begin as
   * @param _options accepted as better-sqlite3 does; a database in memory has no use for them
   */
  constructor(source: string | Uint8Array = ":memory:", _options: Database.Options = {}) {
    const [name, bytes] = typeof source === "string" ? [source] : [":memory:", source];
    this.name = name;
    this.client = new Client(name || ":memory:", bytes);
    this.#queries = new Queries(this.client, {}, "sync");
  }

  /** Whether it has not been closed. */
  get open(): boolean {
    return this.#open;
  }

  /** Runs statements that give no rows. Stops at the first error; earlier statements stay done. */
  exec(source: string): this {
    this.client.exec(source);
    return this;
  }

  /** Prepares one statement, whose values are given when it runs. */
  prepare<Values extends unknown[] | object = unknown[], Row = unknown>(
    source: string,
  ): Database.Statement<Values, Row> {
    const statement = sqliteStatement(source);
    const document = rawDocument(statement.sql);
    const query = new PreparedRows(this.#queries._.session, document, ({ rows }) => rows);
    return new Statement(this, source, statement, query) as Statement as Database.Statement<
      Values,
      Row
    >;
  }

  /** The rows of a pragma, or the first value of its first row. */
  pragma(source: string, { simple = false }: Database.PragmaOptions = {}): unknown {
    const statement = this.prepare(`PRAGMA ${source}`);
    return simple ? statement.pluck().get() : statement.all();
  }

  /** A function that does the work in a transaction; within another one, in a savepoint. */
  transaction<F extends (...values: any[]) => unknown>(work: F): Database.Transaction<F> {
    const { client } = this;
    const variant = (behavior?: TransactionBehavior) =>
      function (this: unknown, ...values: unknown[]): unknown {
        return client.transaction(() => work.apply(this, values), behavior && { behavior });
      };
    return Object.assign(variant(), {
      default: variant(),
      deferred: variant("deferred"),
      immediate: variant("immediate"),
      exclusive: variant("exclusive"),
    }) as Database.Transaction<F>;
  }

  /** The whole database as the bytes of an SQLite file. */
  serialize(): Uint8Array {
    return this.client.export();
  }

  /** Closes the database; what was in it is gone. */
  close(): this {
    this.#open = false;
    this.client.close();
    return this;
  }
}

type Rows = "objects" | "arrays" | "first values";

/** In the place of a prepared statement of better-sqlite3. */
class Statement<Values extends unknown[] = unknown[], Row = unknown> {
  static readonly [entityKind]: string = "BetterSQLite3Statement";

  /** The database it belongs to. */
  readonly database: Database;
  /** Its text. */
  readonly source: string;
  readonly #statement: ParameterizedStatement;
  readonly #query: PreparedRows<unknown, unknown>;
  #rows: Rows = "objects";
  #bound: Values | undefined;

  constructor(
    database: Database,
    source: string,
    statement: ParameterizedStatement,
    query: PreparedRows<unknown, unknown>,
  ) {
    this.database = database;
    this.source = source;
    this.#statement = statement;
    this.#query = query;
  }

  /** Runs the statement for its counts. */
  run(...values: Values): RunResult {
    return this.#query.run(this.#placeholders(values));
  }

  /** The first row; undefined if there is none. */
  get(...values: Values): Row | undefined {
    return this.all(...values)[0];
  }

  /** All rows. */
  all(...values: Values): Row[] {
    const given = this.#placeholders(values);
    if (this.#rows === "objects") return this.#query.all(given) as Row[];
    const rows = this.#query.values(given);
    return (this.#rows === "arrays" ? rows : rows.map(([first]) => first)) as Row[];
  }

  /** The rows, read while they are asked for, as they were when the first one was. */
  *iterate(...values: Values): IterableIterator<Row> {
    const given = this.#placeholders(values);
    if (this.#rows === "objects") return yield* this.#query.iterate(given) as Iterable<Row>;
    const first = this.#rows === "first values";
    for (const row of this.#query.iterateValues(given)) yield (first ? row[0] : row) as Row;
  }

  /** From now on a row is its first value. */
  pluck(on = true): this {
    return this.#giving("first values", on);
  }

  /** From now on a row is an array of its values. */
  raw(on = true): this {
    return this.#giving("arrays", on);
  }

  /** Gives the values once and for all. */
  bind(...values: Values): this {
    this.#bound = values;
    return this;
  }

  #giving(rows: Rows, on: boolean): this {
    if (on) this.#rows = rows;
    else if (this.#rows === rows) this.#rows = "objects";
    return this;
  }

  #placeholders(values: Values): Record<string, unknown> {
    return placeholders(this.#statement, this.#bound ?? values);
  }
}

/** Values as better-sqlite3 takes them: one by one or in arrays, and by name in one object. */
function placeholders(
  { names, positions }: ParameterizedStatement,
  values: readonly unknown[],
): Record<string, unknown> {
  const byName = values.find(isNamed) ?? {};
  const byPosition = values.filter((value) => !isNamed(value)).flat();
  if (byPosition.length > positions) {
    throw new VirgaError({
      code: "invalid_value",
      message: `Too many parameter values were provided: ${byPosition.length} for ${positions}.`,
    });
  }
  const named = names.filter((token) => Object.hasOwn(byName, token.slice(1)));
  return Object.fromEntries([
    ...byPosition.map((value, index) => [`?${index + 1}`, value]),
    ...named.map((token) => [token, byName[token.slice(1)]]),
  ]);
}

const isNamed = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value?.constructor === Object;

/** The types that the declarations of better-sqlite3 have. */
declare namespace Database {
  /** As `BetterSqlite3.Database`. */
  type Database = DatabaseOf;
  /** A prepared statement and the types of its values and rows. */
  type Statement<
    Values extends unknown[] | object = unknown[],
    Row = unknown,
  > = Values extends unknown[] ? StatementOf<Values, Row> : StatementOf<[Values], Row>;
  /** The counts of a write. */
  type RunResult = Counts;
  /** Accepted, without effect. */
  interface Options {
    /** A database in memory is written to all the same. */
    readonly readonly?: boolean | undefined;
    /** There is no file. */
    readonly fileMustExist?: boolean | undefined;
    /** Nothing else holds the database. */
    readonly timeout?: number | undefined;
    /** Use the `logger` of `drizzle` instead. */
    readonly verbose?: ((message?: unknown, ...more: unknown[]) => void) | undefined;
    /** There is no native code. */
    readonly nativeBinding?: string | undefined;
  }
  /** How the rows of a pragma are given. */
  interface PragmaOptions {
    /** Only the first value of the first row. */
    readonly simple?: boolean | undefined;
  }
  /** A function that works in a transaction, and its variants by how the transaction begins. */
  type Transaction<F extends (...values: any[]) => unknown = (...values: any[]) => unknown> = F &
    Readonly<Record<"default" | TransactionBehavior, F>>;
}
type DatabaseOf = Database;
type StatementOf<Values extends unknown[], Row> = Statement<Values, Row>;
type Counts = RunResult;

export { Database };
