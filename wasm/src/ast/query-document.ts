import type { Codec } from "./value.js";

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
  | "notIlike";

/** An expression. Values never enter it: they stand as numbered parameters in a list beside it. */
export type Expr =
  | { readonly col: readonly [table: string, column: string] }
  | { readonly param: number }
  | { readonly op: Operator; readonly args: readonly Expr[] }
  | { readonly sql: readonly (string | Expr)[]; readonly codec?: Codec }
  | { readonly default: true };

export interface OrderDocument {
  readonly by: Expr;
  readonly desc?: true;
}

export interface FieldDocument {
  readonly as: string;
  readonly expr: Expr;
}

/** One level of a relation query. `columns` left out means all of them. */
export interface LevelDocument {
  readonly columns?: readonly string[];
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

export interface SelectDocument {
  readonly from: string;
  readonly fields?: readonly FieldDocument[];
  readonly distinct?: true;
  readonly where?: Expr;
  readonly orderBy?: readonly OrderDocument[];
  readonly limit?: Expr;
  readonly offset?: Expr;
}

/** The rows that a write gives back: chosen fields, or `true` for all columns. */
export type ReturningDocument = readonly FieldDocument[] | true;

export interface InsertDocument {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Expr[])[];
  readonly returning?: ReturningDocument;
}

export interface UpdateDocument {
  readonly table: string;
  readonly set: readonly { readonly column: string; readonly value: Expr }[];
  readonly where?: Expr;
  readonly returning?: ReturningDocument;
}

export interface DeleteDocument {
  readonly table: string;
  readonly where?: Expr;
  readonly returning?: ReturningDocument;
}

/** What is asked, by name, as the core reads it. Its JSON text is the key of the compile cache. */
export type QueryDocument =
  | { readonly find: FindDocument }
  | { readonly select: SelectDocument }
  | { readonly insert: InsertDocument }
  | { readonly update: UpdateDocument }
  | { readonly delete: DeleteDocument };
