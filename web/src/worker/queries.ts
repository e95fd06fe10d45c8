import { observe, type QueryEvent, type Trace } from "virga";
import type { Place, Problem, QueryReport, TraceReport } from "../protocol.js";
import { inspect } from "./inspect.js";

const maxReports = 500;

/** Watches the queries of a run and explains them on request while the worker lives. */
export class QueryLog {
  readonly #events: QueryEvent[] = [];
  readonly #describe: (error: unknown) => Problem;
  readonly #emit: (report: QueryReport) => void;
  #place: Place | undefined;

  constructor(emit: (report: QueryReport) => void, describe: (error: unknown) => Problem) {
    this.#emit = emit;
    this.#describe = describe;
  }

  /** Reports every query from now on. */
  start(): void {
    observe((event) => this.#record(event));
  }

  /** Runs `action`; queries that run before it returns belong to `place`. */
  during<T>(place: Place, action: () => T): T {
    const outer = this.#place;
    this.#place = place;
    try {
      return action();
    } finally {
      this.#place = outer;
    }
  }

  /** The stages of one query, made by running it once more; writes are only planned. */
  explain(id: number): TraceReport {
    return describeTrace(this.#event(id).explain());
  }

  /** The stages as they would be with an index, which is undone again. */
  explainAfter(id: number, sql: string): TraceReport {
    return describeTrace(this.#event(id).explainAfter(sql));
  }

  /** The database of the last query as a file; nothing when there was none. */
  keep(): Uint8Array | undefined {
    return this.#events.at(-1)?.client.export();
  }

  #event(id: number): QueryEvent {
    const event = this.#events[id];
    if (event === undefined) throw new Error("This query was not kept.");
    return event;
  }

  #record(event: QueryEvent): void {
    const id = this.#events.length;
    if (id >= maxReports) return;
    this.#events.push(event);
    this.#emit({
      id,
      sql: event.sql,
      params: event.params.map(inspect),
      rows: event.rows,
      milliseconds: event.milliseconds,
      ...(event.error !== undefined && { problem: this.#describe(event.error) }),
      ...(this.#place && { place: this.#place }),
    });
  }
}

function describeTrace(trace: Trace): TraceReport {
  return {
    ast: inspect(trace.ast),
    bound: trace.bound,
    plan: trace.plan,
    statements: trace.statements.map((statement) => ({
      ...statement,
      parameters: statement.parameters.map(inspect),
    })),
    timings: trace.timings,
  };
}
