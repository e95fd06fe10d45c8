import type { Aggregate, JoinKind, Operator, SetOperator } from "./query-document.js";
import type { Codec, SqlValue } from "./value.js";

/** What a tree needs to know of a column; `schema/` implements it. */
export interface ColumnLike extends Encoder {
  /** The name in SQL. */
  readonly name: string;
  /** The name in programs. */
  readonly key: string;
  /** The table, view or subquery that has the column. */
  readonly table: object;
}

/** Encodes values as they are stored; may give SQL. */
export interface Encoder {
  mapToDriverValue(value: unknown): unknown;
}

/**
 * An expression while it is being built: columns are objects and values stand where they were
 * written. Queries turn it into an `Expr` with parameters, schemas into text.
 */
export type Tree =
  | { readonly kind: "column"; readonly column: ColumnLike }
  | { readonly kind: "value"; readonly value: unknown; readonly encoder?: Encoder }
  /** A value that is given when the query runs. */
  | { readonly kind: "placeholder"; readonly name: string; readonly encoder?: Encoder }
  | { readonly kind: "call"; readonly op: Operator; readonly operands: readonly Tree[] }
  | {
      readonly kind: "aggregate";
      readonly fn: Aggregate;
      readonly operands: readonly Tree[];
      readonly distinct: boolean;
    }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "sql"; readonly chunks: readonly Tree[]; readonly codec?: Codec }
  /** Values inside become literals. */
  | { readonly kind: "inline"; readonly tree: Tree }
  /** A table, view or subquery, as it is written after `from`. */
  | { readonly kind: "source"; readonly source: object }
  | { readonly kind: "select"; readonly select: SelectTree }
  /** An output field of the query around it, by its name in SQL. */
  | { readonly kind: "alias"; readonly name: string };

/** The fields of a result by key: columns, SQL, sources, and objects of these. */
export interface FieldMap {
  readonly [key: string]: unknown;
}

/**
 * A select while it is being built: sources are objects, values stand where they were written. All
 * members are there from the start: one that is added to a copy costs as much as a statement.
 */
export interface SelectTree {
  readonly with: readonly object[];
  readonly from: object;
  readonly joins: readonly JoinTree[];
  readonly fields: FieldMap;
  /** Whether the fields are simply all columns of the one source. */
  readonly whole: boolean;
  readonly distinct: boolean;
  readonly where: Tree | undefined;
  readonly groupBy: readonly Tree[];
  readonly having: Tree | undefined;
  readonly compounds: readonly { readonly op: SetOperator; readonly select: SelectTree }[];
  readonly orderBy: readonly OrderTree[];
  readonly limit: Tree | undefined;
  readonly offset: Tree | undefined;
}

export interface JoinTree {
  readonly kind: JoinKind;
  readonly source: object;
  readonly on?: Tree | undefined;
}

export interface OrderTree {
  readonly by: Tree;
  readonly descending: boolean;
}

/** Anything that stands for SQL. It reaches `schema/`, which does not know expressions, by this. */
export interface SQLWrapper {
  /** The SQL that this stands for. */
  getSQL(): SQLTree;
}

/** The SQL that a wrapper stands for. */
export interface SQLTree extends SQLWrapper {
  readonly tree: Tree;
}

/** A parameter that gets its value when the query runs. */
export interface ParameterSlot {
  readonly name: string;
  readonly encoder?: Encoder | undefined;
  /** Whether numbers, texts and bytes are values as the column stores them, as in conditions. */
  readonly takesStored?: boolean;
}

/** A value, or the place of one. */
export type Parameter = SqlValue | ParameterSlot;

/** Whether `value` stands for SQL instead of being a value. */
export function isSQLWrapper(value: unknown): value is SQLWrapper {
  return (
    typeof value === "object" &&
    value !== null &&
    "getSQL" in value &&
    typeof value.getSQL === "function"
  );
}
