import type { SQLWrapper } from "../../ast/tree.js";
import type { Operators } from "../../expr/helpers.js";
import type { Column } from "../../schema/column.js";
import type { ColumnsOf, Entries, TableEntry, TargetOf } from "./entries.js";

/** In the place of a condition: there is none. `undefined` is refused, since it is often a mistake. */
export const EmptyFilter: unique symbol = Symbol.for("drizzle:EmptyFilter") as never;
/** The type of the symbol `EmptyFilter`. */
export type EmptyFilter = typeof EmptyFilter;

type Operand<T> = T | SQLWrapper | EmptyFilter;

/** Conditions on one column; all of them hold. */
export interface FieldConditions<T> {
  /** Equal. */
  readonly eq?: Operand<T>;
  /** Not equal. */
  readonly ne?: Operand<T>;
  /** Greater. */
  readonly gt?: Operand<T>;
  /** Greater or equal. */
  readonly gte?: Operand<T>;
  /** Less. */
  readonly lt?: Operand<T>;
  /** Less or equal. */
  readonly lte?: Operand<T>;
  /** One of these. */
  readonly in?: Operand<readonly (T | SQLWrapper)[]>;
  /** None of these. */
  readonly notIn?: Operand<readonly (T | SQLWrapper)[]>;
  /** Fits a pattern of `%` and `_`. */
  readonly like?: Operand<string>;
  /** As `like`. */
  readonly ilike?: Operand<string>;
  /** Does not fit a pattern. */
  readonly notLike?: Operand<string>;
  /** As `notLike`. */
  readonly notIlike?: Operand<string>;
  /** There is no value. */
  readonly isNull?: true | EmptyFilter;
  /** There is a value. */
  readonly isNotNull?: true | EmptyFilter;
  /** All of these hold. */
  readonly AND?: readonly FieldFilter<T>[];
  /** One of these holds. */
  readonly OR?: readonly FieldFilter<T>[];
  /** This does not hold. */
  readonly NOT?: FieldFilter<T>;
}

/** Conditions on one column, or a value that it equals. */
export type FieldFilter<T> = FieldConditions<T> | Scalar<T> | SQLWrapper | EmptyFilter;

/** Values that are no objects of conditions. */
type Scalar<T> = unknown extends T ? never : T extends Date | Uint8Array ? T : NoObject<T>;
type NoObject<T> = T extends object ? never : T;

/** SQL in a filter: as it is, or made from the table that it is about. */
export type RawFilter<Columns> =
  SQLWrapper | ((table: Columns, operators: Operators) => SQLWrapper);

/** What joins conditions `Filter` on a table with these columns. */
interface Joined<Filter, Columns> {
  /** All of these hold. */
  readonly AND?: readonly (Filter | EmptyFilter)[] | EmptyFilter;
  /** One of these holds. */
  readonly OR?: readonly (Filter | EmptyFilter)[] | EmptyFilter;
  /** This does not hold. */
  readonly NOT?: Filter | EmptyFilter;
  /** A condition in SQL. */
  readonly RAW?: RawFilter<Columns> | EmptyFilter;
}

type ColumnFilters<Columns> = {
  readonly [K in keyof Columns]?: Columns[K] extends { readonly _: { readonly data: infer Data } }
    ? FieldFilter<Data>
    : FieldFilter<unknown>;
};

/** Conditions on the columns of a table, without its relations; all of them hold. */
export type TableFilter<Columns = Readonly<Record<string, Column>>> = ColumnFilters<Columns> &
  Joined<TableFilter<Columns>, Columns>;

/** Conditions on the columns and relations of a table; all of them hold. */
export type RelationsFilter<E extends Entries, Entry extends TableEntry> = ColumnFilters<
  ColumnsOf<Entry>
> & {
  /** `true`: there are such rows; `false`: there are none; or there are some that fulfil this. */
  readonly [R in keyof Entry["relations"]]?:
    boolean | EmptyFilter | RelationsFilter<E, TargetOf<E, Entry["relations"][R]>>;
} & Joined<RelationsFilter<E, Entry>, ColumnsOf<Entry>>;
