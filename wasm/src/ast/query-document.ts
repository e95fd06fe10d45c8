import type { Codec, JsonValue } from "./value.js";

export type Operator =
  | "eq"
  | "ne"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "and"
  | "or"
  | "not"
  | "isNull"
  | "isNotNull"
  | "in"
  | "notIn"
  | "between"
  | "notBetween"
  | "like"
  | "notLike"
  | "ilike"
  | "notIlike"
  | "exists"
  | "notExists";

export type Aggregate = "count" | "sum" | "avg" | "min" | "max";

/** A piece of SQL text, or an expression in it. */
export type Chunk = string | Expr;

/** An expression. Values do not enter it: they stand as numbered parameters in a list beside it. */
export type Expr =
  /** `source` is the alias, else the table's key or the name of the CTE; nested keys of subqueries are joined with ".". */
  | { readonly col: readonly [source: string, column: string] }
  | { readonly param: number }
  /** A literal: only for `inlineParams` and the definitions of views. */
  | { readonly value: JsonValue }
  | { readonly op: Operator; readonly args: readonly Expr[] }
  | { readonly fn: Aggregate; readonly args: readonly Expr[]; readonly distinct?: true }
  | { readonly sql: readonly Chunk[]; readonly codec?: Codec }
  /** Only inside of `sql`. */
  | { readonly source: SourceDocument }
  | { readonly select: SelectDocument }
  /** An output field of the select around it, by its name in SQL. */
  | { readonly alias: string }
  | { readonly related: RelatedDocument }
  | { readonly default: true };

/** Whether related rows exist, or, with `value`, a value of theirs. */
export interface RelatedDocument {
  readonly relation: string;
  readonly of?: string;
  readonly where?: Expr;
  readonly value?: Expr;
}

export interface OrderDocument {
  readonly by: Expr;
  readonly desc?: true;
}

/** A field of a result, or an object of fields. `name` is its name in SQL. */
export type FieldDocument =
  | { readonly as: string; readonly expr: Expr; readonly name?: string }
  | { readonly as: string; readonly fields: readonly FieldDocument[] };

/** One level of a relation query. `columns` left out means all of them. */
export interface LevelDocument {
  readonly columns?: readonly string[];
  readonly extras?: readonly { readonly as: string; readonly expr: Expr }[];
  readonly where?: Expr;
  readonly orderBy?: readonly OrderDocument[];
  readonly limit?: Expr;
  readonly offset?: Expr;
  readonly with?: readonly WithDocument[];
}

export interface WithDocument extends LevelDocument {
  readonly relation: string;
}

export interface FindDocument extends LevelDocument {
  readonly table: string;
  readonly first?: true;
}

/** What rows come from: a table or view by key, a subquery, a CTE, or SQL as it is written. */
export type SourceDocument =
  | string
  | { readonly table: string; readonly as?: string }
  | { readonly select: SelectDocument; readonly as: string }
  | { readonly cte: string; readonly as?: string }
  | { readonly sql: readonly Chunk[] };

export type JoinKind = "inner" | "left" | "right" | "full" | "cross";

export interface JoinDocument {
  readonly kind: JoinKind;
  readonly source: SourceDocument;
  readonly on?: Expr;
}

export type CteDocument =
  | { readonly name: string; readonly select: SelectDocument }
  | {
      readonly name: string;
      readonly sql: readonly Chunk[];
      readonly columns: readonly {
        readonly key: string;
        readonly name?: string;
        readonly codec?: Codec;
      }[];
    };

export type SetOperator = "union" | "unionAll" | "intersect" | "except";

/** With `compounds`, order, limit and offset are those of the whole. */
export interface SelectDocument {
  readonly with?: readonly CteDocument[];
  readonly from: SourceDocument;
  readonly joins?: readonly JoinDocument[];
  readonly fields?: readonly FieldDocument[];
  readonly distinct?: true;
  readonly where?: Expr;
  readonly groupBy?: readonly Expr[];
  readonly having?: Expr;
  readonly compounds?: readonly { readonly op: SetOperator; readonly select: SelectDocument }[];
  readonly orderBy?: readonly OrderDocument[];
  readonly limit?: Expr;
  readonly offset?: Expr;
}

/** The rows that a write gives back: chosen fields, or `true` for all columns. */
export type ReturningDocument = readonly FieldDocument[] | true;

export interface AssignmentDocument {
  readonly column: string;
  readonly value: Expr;
}

/** What happens when a row collides: nothing, or with `set`, an update of the row that is there. */
export interface ConflictDocument {
  readonly target?: readonly Expr[];
  readonly where?: Expr;
  readonly set?: readonly AssignmentDocument[];
  readonly setWhere?: Expr;
}

export type InsertDocument = {
  readonly with?: readonly CteDocument[];
  readonly table: string;
  readonly columns: readonly string[];
  readonly conflicts?: readonly ConflictDocument[];
  readonly returning?: ReturningDocument;
} & (
  | { readonly rows: readonly (readonly Expr[])[] }
  | { readonly select: SelectDocument }
  | { readonly sql: readonly Chunk[] }
);

/** What updates and deletes have in common. */
export interface ChangeDocument {
  readonly with?: readonly CteDocument[];
  readonly table: string;
  readonly where?: Expr;
  readonly orderBy?: readonly OrderDocument[];
  readonly limit?: Expr;
  readonly offset?: Expr;
  readonly returning?: ReturningDocument;
}

export interface UpdateDocument extends ChangeDocument {
  readonly set: readonly AssignmentDocument[];
  readonly from?: SourceDocument;
  readonly joins?: readonly JoinDocument[];
}

export type DeleteDocument = ChangeDocument;

/** What is asked, by name, as the core reads it. Its JSON text is the key of the compile cache. */
export type QueryDocument =
  | { readonly find: FindDocument }
  | { readonly select: SelectDocument }
  | { readonly insert: InsertDocument }
  | { readonly update: UpdateDocument }
  | { readonly delete: DeleteDocument }
  | { readonly raw: { readonly sql: readonly Chunk[] } };
