import type { AnySource } from "../schema/table.js";

/** The columns of a table or view by key; those of a view may be in objects. */
export type ColumnsOf<T extends AnySource> = T["_"] extends {
  readonly selectedFields: infer Fields;
}
  ? Fields
  : T["_"]["columns"];

type Computed<C> = C extends { readonly _: { readonly generated: true } }
  ? true
  : C extends { readonly _: { readonly identity: "always" } }
    ? true
    : false;

/** The keys that a schema has members for. */
export type KeysOf<Columns, Mode> = keyof {
  [
    K in keyof Columns as Mode extends "select" ? K : Computed<Columns[K]> extends true ? never : K
  ]: unknown;
};

/** Whether a column may be null. The objects of columns that a view has never are. */
export type IsNullable<C> = C extends { readonly _: { readonly notNull: infer NotNull } }
  ? [NotNull] extends [true]
    ? false
    : true
  : false;

/** The type of a column's values, without null, or of an object of columns. */
export type DataIn<C> = C extends { readonly _: { readonly data: infer Data } }
  ? Data
  : { -readonly [K in keyof C]: DataIn<C[K]> | (IsNullable<C[K]> extends true ? null : never) };

/** Whether a row may leave a column out. */
export type IsOptional<C, Mode> = Mode extends "update"
  ? true
  : Mode extends "insert"
    ? C extends { readonly _: { readonly notNull: true; readonly hasDefault: infer Default } }
      ? [Default] extends [true]
        ? true
        : false
      : true
    : false;

/** Whether `A` and `B` are one type. */
export type Whole<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** Refuses refinements of what is no column. */
export type OnlyOf<Refined, Keys> = {
  readonly [K in keyof Refined]: K extends Keys ? Refined[K] : never;
};
