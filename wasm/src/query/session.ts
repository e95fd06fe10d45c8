import type { QueryDocument } from "../ast/query-document.js";
import type { Trace } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";
import type { Client, Connection } from "../engine/client.js";
import { isThenable, type Queue } from "../engine/queue.js";
import { leavesOf, type Row } from "../frame/rows.js";
import type { Frame } from "../frame/frame.js";
import type { Catalog } from "./catalog.js";
import type { CompiledQuery, Compiler } from "./compiler.js";
import { Lowering } from "./lower.js";
import { report } from "./observe.js";
import { fillPlaceholders } from "./parameters.js";

/** The counts of a write. */
export interface RunResult {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** What a query gave. */
export interface Outcome extends RunResult {
  /** Absent for writes that return nothing. */
  readonly rows: Row[] | undefined;
  /** The same rows as arrays of stored values. */
  raw(): SqlValue[][];
}

/** Makes the document of a query; literals go to the lowering's parameters. */
export type MakeDocument = (lowering: Lowering) => QueryDocument;

/** The SQL of a query: its statements, which share the numbered parameters. */
export interface QuerySQL {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  readonly statements: readonly string[];
}

interface Request {
  readonly document: QueryDocument;
  readonly lowering: Lowering;
}

/** Where queries run: a client, seen through a catalog, in the turns of a queue. */
export class Session {
  constructor(
    readonly client: Client,
    readonly catalog: Catalog,
    readonly compiler: Compiler,
    readonly queue: Queue,
    /** The same, seen through the `relations()` of a schema where there are newer relations. */
    readonly legacy?: Session,
  ) {}

  /** This session in the turns of a transaction. */
  within(queue: Queue): Session {
    const { client, catalog, compiler, legacy } = this;
    return new Session(client, catalog, compiler, queue, legacy?.within(queue));
  }

  /** Runs a query now. */
  runNow<T>(make: MakeDocument, read: (outcome: Outcome) => T): T {
    return this.queue.runNow(() => read(this.#run(this.client.connectNow(), make)));
  }

  /** Runs a query when its turn has come: at once if nothing is in progress. */
  async run<T>(make: MakeDocument, read: (outcome: Outcome) => T): Promise<T> {
    return this.turn((connection) => read(this.#run(connection, make)));
  }

  /** Does work on the connection when its turn has come. */
  turn<T>(work: (connection: Connection) => T): T | Promise<Awaited<T>> {
    const connecting = this.client.connect();
    if (!isThenable(connecting)) return this.queue.run(() => work(connecting));
    const later = async (connection: Connection): Promise<Awaited<T>> =>
      await this.queue.run(() => work(connection));
    return connecting.then(later);
  }

  toSQL(make: MakeDocument): QuerySQL {
    const { document, lowering } = this.#request(make);
    const { sql } = this.compiler.compile(this.client.connectNow(), document);
    return { sql: sql.join(";\n"), params: fillPlaceholders(lowering.parameters), statements: sql };
  }

  explain(make: MakeDocument): Trace {
    return this.#explain(this.client.connectNow(), this.#request(make));
  }

  #request(make: MakeDocument): Request {
    const lowering = new Lowering(this.catalog);
    return { document: make(lowering), lowering };
  }

  #run(connection: Connection, make: MakeDocument): Outcome {
    const started = performance.now();
    const request = this.#request(make);
    const seen: { query?: CompiledQuery } = {};
    let outcome: Outcome;
    try {
      outcome = this.#execute(connection, request, seen);
    } catch (error) {
      this.#report(connection, request, started, seen.query, undefined, error);
      throw error;
    }
    this.#report(connection, request, started, seen.query, outcome);
    return outcome;
  }

  #execute(connection: Connection, request: Request, seen: { query?: CompiledQuery }): Outcome {
    const { parameters, decoders } = request.lowering;
    const query = this.compiler.compile(connection, request.document);
    seen.query = query;
    const values = fillPlaceholders(parameters);
    const frame = connection.engine.run(connection.database, query.query, values);
    const rows = query.rows?.(frame, this.compiler.decoders(query, decoders));
    const { changes, lastInsertRowid } = frame;
    return { changes, lastInsertRowid, rows, raw: () => rawRows(frame, query) };
  }

  #explain(connection: Connection, { document, lowering }: Request): Trace {
    const { query } = this.compiler.compile(connection, document);
    const values = fillPlaceholders(lowering.parameters);
    return connection.engine.explain(connection.database, query, values);
  }

  #report(
    connection: Connection,
    request: Request,
    started: number,
    query: CompiledQuery | undefined,
    outcome: Outcome | undefined,
    error?: unknown,
  ): void {
    report({
      sql: query?.sql ?? [],
      params: fillPlaceholders(request.lowering.parameters),
      rows: outcome?.rows?.length ?? outcome?.changes ?? 0,
      milliseconds: performance.now() - started,
      ...(error !== undefined && { error }),
      explain: () => this.#explain(connection, request),
    });
  }
}

/** The rows of a query's first step, as arrays of stored values in the order of its fields. */
function rawRows(frame: Frame, { shape }: CompiledQuery): SqlValue[][] {
  if (shape.kind === "run") return [];
  const step = frame.steps[shape.kind === "raw" ? 0 : shape.step]!;
  const slots =
    shape.kind === "raw"
      ? Array.from({ length: step.columns }, (_, column) => column)
      : leavesOf(shape.fields).map(({ slot }) => slot);
  return Array.from({ length: step.rows }, (_, row) =>
    slots.map((slot) => frame.cell(step, row * step.columns + slot)),
  );
}
