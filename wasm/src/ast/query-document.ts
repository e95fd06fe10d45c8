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
  | { readonly fn: Aggregate; readonly args: readonly Expr[]; readonly distinct?: true | undefined }
  | { readonly sql: readonly Chunk[]; readonly codec?: Codec | undefined }
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
  readonly of?: string | undefined;
  readonly where?: Expr | undefined;
  readonly value?: Expr | undefined;
}

export interface OrderDocument {
  readonly by: Expr;
  readonly desc?: true | undefined;
}

/** A field of a result, or an object of fields. `name` is its name in SQL. */
export type FieldDocument =
  | { readonly as: string; readonly expr: Expr; readonly name?: string | undefined }
  | { readonly as: string; readonly fields: readonly FieldDocument[] };

/** One level of a relation query. `columns` left out means all of them. */
export interface LevelDocument {
  readonly columns?: readonly string[] | undefined;
  readonly extras?: readonly { readonly as: string; readonly expr: Expr }[] | undefined;
  readonly where?: Expr | undefined;
  readonly orderBy?: readonly OrderDocument[] | undefined;
  readonly limit?: Expr | undefined;
  readonly offset?: Expr | undefined;
  readonly with?: readonly WithDocument[] | undefined;
}

export interface WithDocument extends LevelDocument {
  readonly relation: string;
}

export interface FindDocument extends LevelDocument {
  readonly table: string;
  readonly first?: true | undefined;
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
  readonly on?: Expr | undefined;
}

export type CteDocument =
  | { readonly name: string; readonly select: SelectDocument }
  | {
      readonly name: string;
      readonly sql: readonly Chunk[];
      readonly columns: readonly {
        readonly key: string;
        readonly name?: string | undefined;
        readonly codec?: Codec | undefined;
      }[];
    };

export type SetOperator = "union" | "unionAll" | "intersect" | "except";

/** With `compounds`, order, limit and offset are those of the whole. */
export interface SelectDocument {
  readonly with?: readonly CteDocument[] | undefined;
  readonly from: SourceDocument;
  readonly joins?: readonly JoinDocument[] | undefined;
  readonly fields?: readonly FieldDocument[] | undefined;
  readonly distinct?: true | undefined;
  readonly where?: Expr | undefined;
  readonly groupBy?: readonly Expr[] | undefined;
  readonly having?: Expr | undefined;
  readonly compounds?:
    readonly { readonly op: SetOperator; readonly select: SelectDocument }[] | undefined;
  readonly orderBy?: readonly OrderDocument[] | undefined;
  readonly limit?: Expr | undefined;
  readonly offset?: Expr | undefined;
}

/** The rows that a write gives back: chosen fields, or `true` for all columns. */
export type ReturningDocument = readonly FieldDocument[] | true;

export interface AssignmentDocument {
  readonly column: string;
  readonly value: Expr;
}

/** What happens when a row collides: nothing, or with `set`, an update of the row that is there. */
export interface ConflictDocument {
  readonly target?: readonly Expr[] | undefined;
  readonly where?: Expr | undefined;
  readonly set?: readonly AssignmentDocument[] | undefined;
  readonly setWhere?: Expr | undefined;
}

export type InsertDocument = {
  readonly with?: readonly CteDocument[] | undefined;
  readonly table: string;
  readonly columns: readonly string[];
  readonly conflicts?: readonly ConflictDocument[] | undefined;
  readonly returning?: ReturningDocument | undefined;
} & (
  | { readonly rows: readonly (readonly Expr[])[] }
  | { readonly select: SelectDocument }
  | { readonly sql: readonly Chunk[] }
);

/** What updates and deletes have in common. */
export interface ChangeDocument {
  readonly with?: readonly CteDocument[] | undefined;
  readonly table: string;
  readonly where?: Expr | undefined;
  readonly orderBy?: readonly OrderDocument[] | undefined;
  readonly limit?: Expr | undefined;
  readonly offset?: Expr | undefined;
  readonly returning?: ReturningDocument | undefined;
}

export interface UpdateDocument extends ChangeDocument {
  readonly set: readonly AssignmentDocument[];
  readonly from?: SourceDocument | undefined;
  readonly joins?: readonly JoinDocument[] | undefined;
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
