import type { FieldMap } from "../ast/tree.js";
import type { AliasedSQL, SQL } from "../expr/expression.js";
import type { Column, ColumnTypes, ValueTypes } from "../schema/column.js";
import type { Simplify, Source, ValueOfTypes } from "../schema/table.js";
import type { Subquery } from "./subquery.js";

/** What a select can read rows from. */
export type TableLike = Source | Subquery | SQL;

/** Rows are objects of one source, objects of the sources' objects, or made of chosen fields. */
export type SelectMode = "single" | "multiple" | "partial";

/** A message in the place of a type that cannot be used. */
export interface DrizzleTypeError<Message extends string> {
  /** What is wrong. */
  readonly $drizzleTypeError: Message;
}

/** Nothing more is asked unless `T` is a message: stands beside a function, which is not inferred through it. */
export type Unless<T> = T extends DrizzleTypeError<string> ? T : unknown;

/** The name of a source in a query. */
export type NameOf<T> =
  T extends Source<infer Types>
    ? Types["name"]
    : T extends Subquery<infer Alias>
      ? Alias
      : undefined;

/** The fields of a source. */
export type SelectionOf<T> =
  T extends Source<infer Types>
    ? Types["columns"]
    : T extends Subquery<string, infer Selection>
      ? Selection
      : {};

// ---- rows

/** The value of a field: of a column, of SQL, or an object of values. */
export type FieldValue<F> =
  F extends Column<infer T extends ValueTypes>
    ? ValueOfTypes<T>
    : F extends DrizzleTypeError<string>
      ? F
      : F extends SQL<infer T> | AliasedSQL<infer T>
        ? T
        : F extends Source<infer Types>
          ? FieldsRow<Types["columns"]>
          : F extends Subquery<string, infer Selection>
            ? OnlyValue<Selection>
            : FieldsRow<F>;

/** A row of selected fields, where no join can leave anything out. */
export type FieldsRow<F> = { -readonly [K in keyof F]: FieldValue<F[K]> } & {};

/** The value of the one field of a subquery. */
type OnlyValue<Selection> = FieldValue<Selection[keyof Selection]> | null;

type OrNull<T, Null> = [Null] extends ["nullable"] ? T | null : T;
type Lookup<Nulls, Name> = Name extends keyof Nulls ? Nulls[Name] : "not-null";

interface OfTable {
  readonly tableName: string;
}

/** The names of the tables whose columns are members of an object of fields. */
type TablesIn<F> = {
  [K in keyof F]: F[K] extends Column<infer T extends OfTable> ? T["tableName"] : never;
}[keyof F];

type IsUnion<T, All = T> = T extends T ? ([All] extends [T] ? false : true) : never;

/** The value of a chosen field when joins may leave out rows. */
type JoinedValue<F, Nulls> =
  F extends Column<infer T extends OfTable & ValueTypes>
    ? OrNull<ValueOfTypes<T>, Lookup<Nulls, T["tableName"]>>
    : F extends SQL | AliasedSQL | DrizzleTypeError<string>
      ? FieldValue<F>
      : F extends Source<infer Types>
        ? OrNull<FieldsRow<Types["columns"]>, Lookup<Nulls, Types["name"]>>
        : F extends Subquery<infer Alias, infer Selection>
          ? Alias extends keyof Nulls
            ? OrNull<FieldsRow<Selection>, Nulls[Alias]>
            : OnlyValue<Selection>
          : JoinedObject<F, Nulls>;

/** An object of one table's columns is null when that table has no row; others never are. */
type JoinedObject<F, Nulls> = [TablesIn<F>] extends [never]
  ? JoinedRow<F, Nulls>
  : IsUnion<TablesIn<F>> extends false
    ? OrNull<FieldsRow<F>, Lookup<Nulls, TablesIn<F>>>
    : JoinedRow<F, Nulls>;

type JoinedRow<F, Nulls> = { -readonly [K in keyof F]: JoinedValue<F[K], Nulls> } & {};

/** A row of a select. */
export type SelectRow<Selection, Mode, Nulls> = Mode extends "single"
  ? FieldsRow<Selection>
  : Mode extends "partial"
    ? JoinedRow<Selection, Nulls>
    : {
        -readonly [K in keyof Selection]: OrNull<FieldsRow<Selection[K]>, Lookup<Nulls, K>>;
      } & {};

// ---- joins

type AllNullable<Nulls> = { readonly [K in keyof Nulls]: "nullable" };
type Named<Name, Value> = Name extends string ? { readonly [K in Name]: Value } : {};

/** The nullabilities after a join. */
export type JoinNulls<Nulls, Name, Kind> = Simplify<
  (Kind extends "right" | "full" ? AllNullable<Nulls> : Nulls) &
    Named<Name, Kind extends "left" | "full" ? "nullable" : "not-null">
>;

/** The selection after a join: chosen fields stay, else each source becomes a member. */
export type JoinSelection<From, Selection, Mode, Joined extends TableLike> = Mode extends "partial"
  ? Selection
  : Simplify<
      (Mode extends "single" ? Named<From, Selection> : Selection) &
        Named<NameOf<Joined>, SelectionOf<Joined>>
    >;

// ---- subqueries

/** A field as it is referred to from outside of its subquery. */
export type OuterField<F, Nulls, Alias extends string> =
  F extends Column<infer T extends ColumnTypes>
    ? Column<{
        readonly [P in keyof T]: P extends "tableName"
          ? Alias
          : P extends "notNull"
            ? Lookup<Nulls, T["tableName"]> extends "nullable"
              ? false
              : T[P]
            : T[P];
      }>
    : F extends AliasedSQL
      ? F
      : F extends SQL
        ? DrizzleTypeError<"A field of a subquery needs a name: `.as(alias)`">
        : F extends Source<infer Types>
          ? OuterFields<Types["columns"], Nulls, Alias>
          : F extends Subquery<infer Inner, infer Selection>
            ? Inner extends keyof Nulls
              ? OuterFields<Selection, Nulls, Alias>
              : AliasedSQL<OnlyValue<Selection>>
            : OuterFields<F, Nulls, Alias>;

/** The fields of a select as they are referred to from outside of it, by its alias. */
export type OuterFields<Selection, Nulls, Alias extends string> = {
  readonly [K in keyof Selection]: OuterField<Selection[K], Nulls, Alias>;
};

/** A subquery with its fields as properties. */
export type SubqueryOf<
  Alias extends string,
  Selection,
  Nulls = {},
  Fields extends FieldMap = OuterFields<Selection, Nulls, Alias>,
> = Subquery<Alias, Fields> & Fields;
