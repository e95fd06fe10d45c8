import type { QueryDocument } from "./query-document.js";
import type { SqlValue } from "./value.js";

/** One statement of a query and how it went. */
export interface TracedStatement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** SQLite's EXPLAIN QUERY PLAN, one line per node, indented by depth. */
  readonly queryPlan: readonly string[];
  /** How often it ran and how many rows it gave; absent for writes, which are only planned. */
  readonly runs?: number;
  readonly rows?: number;
}

/** What every stage made of a query. */
export interface Trace {
  readonly ast: QueryDocument;
  readonly bound: string;
  readonly plan: string;
  readonly statements: readonly TracedStatement[];
  readonly timings: readonly { readonly stage: string; readonly microseconds: number }[];
}
