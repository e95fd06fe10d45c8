import type { Codec } from "./value.js";

/** Where one member of a result object comes from. */
export interface ShapeField {
  readonly name: string;
  readonly slot: number;
  readonly codec: Codec;
  /** Table key and column key, when the field is a column. */
  readonly column?: readonly [table: string, column: string];
}

/** The objects made of one step's rows: fields first, then children, in order. */
export interface ShapeNode {
  readonly step: number;
  readonly fields: readonly ShapeField[];
  readonly children: readonly ShapeChild[];
}

export interface ShapeChild extends ShapeNode {
  readonly name: string;
  readonly kind: "one" | "many";
}

export interface RowsShape extends ShapeNode {
  readonly kind: "rows";
  readonly first: boolean;
}

/** What the core says a query gives: rows, or nothing but counts. */
export type Shape = RowsShape | { readonly kind: "run" };
