import type { Trace } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";
import { Listeners } from "../base/listeners.js";
import type { Client } from "../engine/client.js";

/** A query that has run, or failed. */
export interface QueryEvent {
  /** The statements, in order; empty when the query failed before it had any. */
  readonly sql: readonly string[];
  /** The parameters of the statements. */
  readonly params: readonly SqlValue[];
  /** Rows of the result, or rows changed by a write that returns none. */
  readonly rows: number;
  /** How long it took. */
  readonly milliseconds: number;
  /** Why it failed. */
  readonly error?: unknown;
  /** The client of the database. */
  readonly client: Client;
  /** What every stage made of the query; reads run once more, writes do not. */
  explain(): Trace;
  /** The same as it would be after this SQL, for example an advised index; that is undone again. */
  explainAfter(sql: string): Trace;
}

const listeners = new Listeners<QueryEvent>();

/** Has every query of every database reported from now on; gives the function that stops it. */
export function observe(listener: (event: QueryEvent) => void): () => void {
  return listeners.add(listener);
}

/** Whether anybody is told of queries. */
export function isObserved(): boolean {
  return listeners.any;
}

/** Tells all listeners. */
export function report(event: QueryEvent): void {
  listeners.tell(event);
}
