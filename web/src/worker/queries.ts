import { observe, type QueryEvent, type Trace } from "virga";
import type { Place, Problem, QueryReport, Relation, TraceReport } from "../protocol.js";
import { inspect } from "./inspect.js";
import { readRelations } from "./relations.js";

const maxReports = 500;
const rememberedRows = 1_000;

/** Watches the queries of a run and explains them on request while the worker lives. */
export class QueryLog {
  readonly #events: QueryEvent[] = [];
  readonly #describe: (error: unknown) => Problem;
  readonly #emit: (report: QueryReport) => void;
  readonly #places: (Place | undefined)[] = [];
  readonly #origins = new WeakMap<object, number>();
  #place: Place | undefined;
  #taken = 0;
  #settled = 0;

  constructor(emit: (report: QueryReport) => void, describe: (error: unknown) => Problem) {
    this.#emit = emit;
    this.#describe = describe;
  }

  /** Reports every query from now on, and tells `ran` of them. */
  start(ran: (id: number, event: QueryEvent) => void): void {
    observe((event) => {
      const id = this.#events.length;
      this.#record(id, event);
      ran(id, event);
    });
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

  /** How many queries ran so far. */
  get count(): number {
    return this.#events.length;
  }

  /** Remembers that a query gave a value; the first of its rows are known by themselves too. */
  gave(query: number, value: unknown): void {
    const rows: readonly unknown[] = Array.isArray(value) ? value.slice(0, rememberedRows) : [];
    for (const part of [value, ...rows]) if (isObject(part)) this.#origins.set(part, query);
  }

  /** The query that gave a value, where that is known. */
  originOf(value: unknown): number | undefined {
    return isObject(value) ? this.#origins.get(value) : undefined;
  }

  /** What was awaited at a line has come: queries of other files since then ran for it. */
  settled(place: Place): void {
    for (; this.#settled < this.count; this.#settled += 1) {
      if (this.#places[this.#settled]?.path !== place.path) this.#places[this.#settled] = place;
    }
  }

  /** The queries that ran for a line since it was asked last; all of them without one. */
  take(place: Place | undefined): number[] {
    const since = this.#taken;
    this.#taken = this.count;
    return this.#places.flatMap((other, id) => {
      const own = place === undefined || other === undefined || other.line === place.line;
      return id >= since && own ? [id] : [];
    });
  }

  /** Where the relations of a query come from. */
  relations(id: number): readonly Relation[] {
    const event = this.#event(id);
    return readRelations(event.explain().plan, event.sql.length);
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

  #record(id: number, event: QueryEvent): void {
    if (id >= maxReports) return;
    this.#events.push(event);
    this.#places.push(this.#place);
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

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
