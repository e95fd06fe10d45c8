import type { SQLWrapper } from "../../ast/tree.js";
import type { Placeholder } from "../../expr/chunks.js";
import type { OrderByOperators } from "../../expr/helpers.js";
import type { Column } from "../../schema/column.js";
import type { TableEntry, TargetOf } from "./entries.js";
import type { EmptyFilter, FieldFilter, RawFilter } from "./filter-types.js";
import type { SqlOperator } from "./find-types.js";
import type { ManyV2, OneV2 } from "./relation.js";

/** Conditions on the columns and relations of a table; all of them hold. */
export type RelationsFilter<E, Entry extends TableEntry> = {
  readonly [K in keyof Entry["columns"]]?: FieldFilter<Entry["columns"][K]["_"]["data"]>;
} & {
  /** `true`: there are such rows; `false`: there are none; or there are some that fulfil this. */
  readonly [R in keyof Entry["relations"]]?:
    boolean | EmptyFilter | RelationsFilter<E, TargetOf<E, Entry["relations"][R]>>;
} & {
  readonly AND?: readonly (RelationsFilter<E, Entry> | EmptyFilter)[] | EmptyFilter;
  readonly OR?: readonly (RelationsFilter<E, Entry> | EmptyFilter)[] | EmptyFilter;
  readonly NOT?: RelationsFilter<E, Entry> | EmptyFilter;
  readonly RAW?: RawFilter<Entry["columns"]> | EmptyFilter;
};

type Direction = "asc" | "desc";
type Aggregated<Name extends string> = `${Direction}(${Name})`;

/** Directions by column; of related rows, those of their columns or of their number. */
type OrderObject<E, Entry extends TableEntry, By extends string> = {
  readonly [K in keyof Entry["columns"]]?: By | undefined;
} & {
  readonly [R in keyof Entry["relations"]]?: Entry["relations"][R] extends ManyV2
    ? Aggregated<"count"> | ManyOrder<E, TargetOf<E, Entry["relations"][R]>>
    : OrderObject<E, TargetOf<E, Entry["relations"][R]>, By>;
};

type ManyOrder<E, Entry extends TableEntry> = OrderObject<
  E,
  Entry,
  Aggregated<"min" | "max" | "count" | "avg" | "first">
>;

type Order = Column | SQLWrapper;

/** The configuration of a relation query of `defineRelations`, at every level. */
export interface FindConfigV2<E, Entry extends TableEntry, R = ManyV2> {
  /** Columns to include (`true`), or, when none is, to leave out (`false`). */
  readonly columns?: { readonly [K in keyof Entry["columns"]]?: boolean | undefined } | undefined;
  /** Relations to load, each with a configuration of its own. */
  readonly with?:
    | {
        readonly [N in keyof Entry["relations"]]?:
          | boolean
          | undefined
          | FindConfigV2<E, TargetOf<E, Entry["relations"][N]>, Entry["relations"][N]>;
      }
    | undefined;
  /** SQL beside the columns, by key. */
  readonly extras?:
    | Readonly<
        Record<
          string,
          SQLWrapper | ((table: Entry["columns"], operators: SqlOperator) => SQLWrapper)
        >
      >
    | undefined;
  /** Which rows. */
  readonly where?: RelationsFilter<E, Entry> | undefined;
  /** In which order. */
  readonly orderBy?:
    | OrderObject<E, Entry, Direction>
    | ((table: Entry["columns"], operators: OrderByOperators) => Order | readonly Order[])
    | undefined;
  /** Of relations to many rows. */
  readonly limit?: R extends OneV2 ? undefined : number | Placeholder | undefined;
  /** How many of the first rows are left out. */
  readonly offset?: number | Placeholder | undefined;
}

/** As `Exact`: turns members of `Config` that do not exist into `never`. */
export type ExactV2<Config, E, Entry extends TableEntry> = {
  readonly [K in keyof Config]: K extends "columns"
    ? { readonly [C in keyof Config[K]]: C extends keyof Entry["columns"] ? unknown : never }
    : K extends "with"
      ? {
          readonly [R in keyof Config[K]]: R extends keyof Entry["relations"]
            ? Config[K][R] extends object
              ? ExactV2<Config[K][R], E, TargetOf<E, Entry["relations"][R]>>
              : unknown
            : never;
        }
      : K extends "where"
        ? ExactFilter<Config[K], E, Entry>
        : K extends keyof FindConfigV2<E, Entry>
          ? unknown
          : never;
};

type ExactFilter<Filter, E, Entry extends TableEntry> = Filter extends readonly unknown[]
  ? { readonly [I in keyof Filter]: ExactFilter<Filter[I], E, Entry> }
  : Filter extends object
    ? {
        readonly [K in keyof Filter]: K extends keyof Entry["columns"] | "RAW"
          ? unknown
          : K extends keyof Entry["relations"]
            ? ExactFilter<Filter[K], E, TargetOf<E, Entry["relations"][K]>>
            : K extends "AND" | "OR" | "NOT"
              ? ExactFilter<Filter[K], E, Entry>
              : never;
      }
    : unknown;
