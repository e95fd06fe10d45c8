import type { Codec } from "./value.js";

/** Where one member of a result object comes from. */
export interface ShapeLeaf {
  readonly name: string;
  readonly slot: number;
  readonly codec: Codec;
  /** Table key and column key, when the field is a column. */
  readonly column?: readonly [table: string, column: string];
}

/** A member that is an object of fields of the same row. */
export interface ShapeGroup {
  readonly name: string;
  readonly fields: readonly ShapeField[];
  /** The group is null when all of these slots are; without them it never is. */
  readonly present?: readonly number[];
}

export type ShapeField = ShapeLeaf | ShapeGroup;

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

/** The rows of a raw statement in step 0; the names of its columns in the one row of step 1. */
export interface RawShape {
  readonly kind: "raw";
}

/** What the core says a query gives: rows, or nothing but counts. */
export type Shape = RowsShape | RawShape | { readonly kind: "run" };
