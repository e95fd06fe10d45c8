import type { Trace } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";
import { DrizzleQueryError, VirgaError } from "../base/error.js";
import type { Client, Connection } from "../engine/client.js";
import { isThenable, type Queue } from "../engine/queue.js";
import { begin, commit, rollBack } from "../engine/transactions.js";
import type { Placeholder } from "../expr/chunks.js";
import { leavesOf } from "../frame/rows.js";
import type { Frame } from "../frame/frame.js";
import type { Catalog } from "./catalog.js";
import { CursorChunks, wholeChunk, type Chunks, type RunFacts } from "./chunks.js";
import type { CompiledQuery, Compiler } from "./compiler.js";
import type { Logger } from "./logger.js";
import { isObserved, report } from "./observe.js";
import { shownParameters } from "./parameters.js";
import { valuesOf, type Lowered, type PlaceholderValues, type Statement } from "./statement.js";

export type { MakeDocument } from "./statement.js";

/** The counts of a write. */
export interface RunResult {
  /** How many rows were inserted, updated or deleted. */
  readonly changes: number;
  /** The rowid of the row inserted last. */
  readonly lastInsertRowid: number | bigint;
}

/** How rows come: as objects, or as arrays of stored values. */
export type RowForm = "objects" | "arrays";

/** What a query gave. */
export interface Outcome extends RunResult {
  /** In the form that was asked for; absent for writes that return nothing. */
  readonly rows: readonly unknown[] | undefined;
}

/** The SQL of a query: its statements, which share the numbered parameters. */
export interface QuerySQL {
  /** All statements, with semicolons between them. */
  readonly sql: string;
  /** The values of `?1`, `?2` and so on. */
  readonly params: readonly (SqlValue | Placeholder)[];
  /** The statements one by one: a relation query has one for each level. */
  readonly statements: readonly string[];
}

/** How a query runs. */
interface Run {
  readonly placeholders: PlaceholderValues | undefined;
  readonly form: RowForm | undefined;
  /** When it began, if somebody is told. */
  readonly started: number | undefined;
}

/** What a session is made of. */
export interface SessionParts {
  readonly client: Client;
  readonly catalog: Catalog;
  readonly compiler: Compiler;
  /** Is told of every query, if there is one. */
  readonly logger?: Logger | undefined;
  /** How many milliseconds a call waits for a transaction in which nothing happens. */
  readonly patience?: number | undefined;
  /** The same, seen through the `relations()` of a schema where there are newer relations. */
  readonly legacy?: Session | undefined;
}

/** Where queries run: a client, seen through a catalog, in the turns of a queue. */
export class Session {
  readonly client: Client;
  readonly catalog: Catalog;
  readonly compiler: Compiler;
  readonly legacy: Session | undefined;
  readonly #parts: SessionParts;

  constructor(
    parts: SessionParts,
    readonly queue: Queue = parts.client.queue,
  ) {
    this.client = parts.client;
    this.catalog = parts.catalog;
    this.compiler = parts.compiler;
    this.legacy = parts.legacy;
    this.#parts = parts;
  }

  /** This session in the turns of a transaction. */
  within(queue: Queue): Session {
    return new Session({ ...this.#parts, legacy: this.legacy?.within(queue) }, queue);
  }

  /** Runs a query now. */
  runNow<T>(
    statement: Statement,
    read: (outcome: Outcome) => T,
    values?: PlaceholderValues,
    form?: RowForm,
  ): T {
    this.queue.requireFree();
    return read(this.#run(this.client.connectNow(), statement, values, form));
  }

  /** Runs a query when its turn has come: at once if nothing is in progress. */
  async run<T>(
    statement: Statement,
    read: (outcome: Outcome) => T,
    values?: PlaceholderValues,
    form?: RowForm,
  ): Promise<T> {
    return this.turn((connection) => read(this.#run(connection, statement, values, form)));
  }

  /** Opens a query to be read in chunks. A write is one: it is done before its first row. */
  open(statement: Statement, placeholders?: PlaceholderValues, form?: RowForm): Chunks {
    const connection = this.client.connectNow();
    const lowered = statement.lower(this.catalog, placeholders)[0]!;
    const query = this.compiler.compile(connection, lowered);
    if (query.writes && query.shape.kind !== "raw") {
      return wholeChunk(this.#run(connection, statement, placeholders, form));
    }
    const values = valuesOf(lowered, placeholders);
    this.#parts.logger?.logQuery(query.sql.join(";\n"), [...values]);
    const outcome = (frame: Frame): Outcome => this.#outcome(frame, query, lowered, form);
    const tell = (facts: RunFacts): void => this.#tell(connection, lowered, values, facts);
    return new CursorChunks({ connection, query, values, outcome, tell });
  }

  /** What a query of another session of the same client gives, in a turn of this one. */
  outcome(owner: Session, statement: Statement): Outcome {
    if (owner.client === this.client) return owner.#run(this.client.connectNow(), statement);
    throw new VirgaError({
      code: "invalid_query",
      message: "The queries of a batch are queries of one database.",
    });
  }

  /** Does work on the connection when its turn has come. */
  turn<T>(work: (connection: Connection) => T): T | Promise<Awaited<T>> {
    const { patience } = this.#parts;
    const connecting = this.client.connect();
    if (!isThenable(connecting)) return this.queue.run(() => work(connecting), patience);
    const later = async (connection: Connection): Promise<Awaited<T>> =>
      await this.queue.run(() => work(connection), patience);
    return connecting.then(later);
  }

  toSQL(statement: Statement): QuerySQL {
    const all = statement.lower(this.catalog);
    const connection = this.client.connectNow();
    const sql = all.flatMap((one) => this.compiler.compile(connection, one).sql);
    const params = all.flatMap((one) => shownParameters(one.parameters));
    return { sql: sql.join(";\n"), params, statements: sql };
  }

  /** Of an insert that runs in parts, the first of them. */
  explain(statement: Statement, values?: PlaceholderValues): Trace {
    const first = statement.lower(this.catalog, values)[0]!;
    return this.#explain(this.client.connectNow(), first, valuesOf(first, values));
  }

  #run(
    connection: Connection,
    statement: Statement,
    placeholders?: PlaceholderValues,
    form?: RowForm,
  ): Outcome {
    const started = isObserved() ? performance.now() : undefined;
    const all = statement.lower(this.catalog, placeholders);
    const run = { placeholders, form, started };
    if (all.length === 1) return this.#runLowered(connection, all[0]!, run);
    return this.#runParts(connection, all, run);
  }

  /** Runs the parts of one write, all or none. */
  #runParts(connection: Connection, parts: readonly Lowered[], run: Run): Outcome {
    // Tables that are created on first use are no part of the transaction.
    this.compiler.schema(connection);
    begin(connection);
    try {
      const outcomes = parts.map((part) => this.#runLowered(connection, part, run));
      commit(connection);
      return together(outcomes);
    } catch (error) {
      rollBack(connection, error);
      throw error;
    }
  }

  #runLowered(connection: Connection, lowered: Lowered, run: Run): Outcome {
    const values = valuesOf(lowered, run.placeholders);
    let query: CompiledQuery | undefined;
    try {
      query = this.compiler.compile(connection, lowered);
      this.#parts.logger?.logQuery(query.sql.join(";\n"), [...values]);
      const outcome = this.#execute(connection, query, lowered, values, run.form);
      if (run.started !== undefined) {
        const rows = outcome.rows?.length ?? outcome.changes;
        const milliseconds = performance.now() - run.started;
        this.#tell(connection, lowered, values, { sql: query.sql, rows, milliseconds });
      }
      return outcome;
    } catch (error) {
      const failure = query ? DrizzleQueryError.of(error, query.sql, values) : error;
      if (run.started !== undefined) {
        const milliseconds = performance.now() - run.started;
        const facts = { sql: query?.sql ?? [], rows: 0, milliseconds, error: failure };
        this.#tell(connection, lowered, values, facts);
      }
      throw failure;
    }
  }

  #execute(
    { engine, database }: Connection,
    query: CompiledQuery,
    lowered: Lowered,
    values: readonly SqlValue[],
    form?: RowForm,
  ): Outcome {
    // Decoders of columns may run queries themselves, which would overwrite the frame.
    const kept = query.custom.length > 0;
    const frame = kept
      ? engine.runKept(database, query.query, values)
      : engine.run(database, query.query, values);
    const { rest } = engine;
    if (rest === 0) return this.#outcome(frame, query, lowered, form);
    try {
      const outcome = this.#outcome(frame, query, lowered, form);
      const parts = [outcome.rows as unknown[]];
      for (let next; (next = engine.nextFrame(rest, kept));) {
        parts.push(this.#outcome(next, query, lowered, form).rows as unknown[]);
      }
      return { ...outcome, rows: ([] as unknown[]).concat(...parts) };
    } finally {
      engine.closeCursor(rest);
    }
  }

  #outcome(
    frame: Frame,
    query: CompiledQuery,
    { decoders }: Lowered,
    form: RowForm = "objects",
  ): Outcome {
    const { changes, lastInsertRowid } = frame;
    if (form === "arrays") return { changes, lastInsertRowid, rows: rowArrays(frame, query) };
    const rows = query.rows?.(frame, this.compiler.decoders(query, decoders));
    return { changes, lastInsertRowid, rows };
  }

  #tell(
    connection: Connection,
    lowered: Lowered,
    values: readonly SqlValue[],
    facts: RunFacts,
  ): void {
    report({
      ...facts,
      params: values,
      client: this.client,
      explain: () => this.#explain(connection, lowered, values),
      explainAfter: (sql) => this.#explainAfter(connection, lowered, values, sql),
    });
  }

  #explain(connection: Connection, lowered: Lowered, values: readonly SqlValue[]): Trace {
    const { query } = this.compiler.compile(connection, lowered);
    return connection.engine.explain(connection.database, query, values);
  }

  #explainAfter(
    connection: Connection,
    lowered: Lowered,
    values: readonly SqlValue[],
    sql: string,
  ): Trace {
    const { engine, database } = connection;
    engine.transaction(database, "begin");
    try {
      engine.exec(database, sql);
      return this.#explain(connection, lowered, values);
    } finally {
      engine.transaction(database, "rollback");
    }
  }
}

/** The outcome of a write that ran in parts. */
function together(outcomes: readonly Outcome[]): Outcome {
  const rows = outcomes[0]!.rows && outcomes.flatMap((outcome) => outcome.rows!);
  const changes = outcomes.reduce((sum, outcome) => sum + outcome.changes, 0);
  return { changes, lastInsertRowid: outcomes.at(-1)!.lastInsertRowid, rows };
}

/** The rows of a query's first step, as arrays of stored values in the order of its fields. */
function rowArrays(frame: Frame, { shape }: CompiledQuery): SqlValue[][] | undefined {
  if (shape.kind === "run") return undefined;
  const step = frame.steps[shape.kind === "raw" ? 0 : shape.step]!;
  const slots =
    shape.kind === "raw"
      ? Array.from({ length: step.columns }, (_, column) => column)
      : leavesOf(shape.fields).map(({ slot }) => slot);
  return Array.from({ length: step.rows }, (_, row) =>
    slots.map((slot) => frame.cell(step, row * step.columns + slot)),
  );
}
