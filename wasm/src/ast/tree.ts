import type { Operator } from "./query-document.js";

/** What a tree needs to know of a column; `schema/` implements it. */
export interface ColumnLike {
  /** The name in SQL. */
  readonly name: string;
  /** The name in programs. */
  readonly key: string;
  readonly table: object;
  /** Encodes a value for this column; may give SQL. */
  mapToDriverValue(value: unknown): unknown;
}

/**
 * An expression while it is being built: columns are objects and values stand where they were
 * written. Queries turn it into an `Expr` with parameters, schemas into text.
 */
export type Tree =
  | { readonly kind: "column"; readonly column: ColumnLike }
  | { readonly kind: "value"; readonly value: unknown; readonly encoder?: ColumnLike }
  | { readonly kind: "call"; readonly op: Operator; readonly operands: readonly Tree[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sql"; readonly chunks: readonly Tree[] };

/** Anything that stands for SQL. It reaches `schema/`, which does not know expressions, by this. */
export interface SQLWrapper {
  getSQL(): SQLTree;
}

/** The SQL that a wrapper stands for. */
export interface SQLTree extends SQLWrapper {
  readonly tree: Tree;
}

/** Whether `value` stands for SQL instead of being a value. */
export function isSQLWrapper(value: unknown): value is SQLWrapper {
  return (
    typeof value === "object" &&
    value !== null &&
    "getSQL" in value &&
    typeof value.getSQL === "function"
  );
}
