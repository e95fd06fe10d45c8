import type { QueryDocument } from "./query-document.js";
import type { SqlValue } from "./value.js";

/** An index that would spare a statement the reading of a whole table, or a sort. */
export interface IndexAdvice {
  /** The statement that creates it. */
  readonly sql: string;
  /** The query plan with it. */
  readonly queryPlan: readonly string[];
}

/** One statement of a query and how it went. */
export interface TracedStatement {
  /** Its text. */
  readonly sql: string;
  /** The values that were bound. */
  readonly parameters: readonly SqlValue[];
  /** SQLite's EXPLAIN QUERY PLAN, one line per node, indented by depth. */
  readonly queryPlan: readonly string[];
  /** Indexes that would make it a better plan; tried on an empty copy of the schema. */
  readonly advice: readonly IndexAdvice[];
  /** How often it ran; absent for writes, which are only planned. */
  readonly runs?: number;
  /** How many rows it gave; absent for writes. */
  readonly rows?: number;
}

/** What every stage made of a query. */
export interface Trace {
  /** What was asked: the query document. */
  readonly ast: QueryDocument;
  /** The query with its names found, as text. */
  readonly bound: string;
  /** The steps of the query, as text. */
  readonly plan: string;
  /** The statements: one for each step, and behind one that is run for each parent its form for a range of keys. */
  readonly statements: readonly TracedStatement[];
  /** How long each stage took. */
  readonly timings: readonly {
    /** Its name: parse, bind, plan and so on. */
    readonly stage: string;
    /** How long it took. */
    readonly microseconds: number;
  }[];
}
