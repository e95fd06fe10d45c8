import type { SQLWrapper } from "../../ast/tree.js";
import type { Placeholder } from "../../expr/chunks.js";
import type { AliasedSQL } from "../../expr/expression.js";
import type { Operators, OrderByOperators } from "../../expr/helpers.js";
import type { Operand } from "../../expr/operators.js";
import type { sql } from "../../expr/sql.js";
import type { ColumnsOf, Entries, TableEntry, TargetOf } from "./entries.js";
import type { RelationsFilter } from "./filter-types.js";

type Count = number | Placeholder | undefined;

/** What callbacks of extra fields are given. */
interface SqlOperator {
  readonly sql: typeof sql;
}

/** What every level of a relation query has. `With` are the configurations of its relations. */
interface Level<Entry extends TableEntry, With> {
  /** Columns to include (`true`), or, when none is, to leave out (`false`). */
  readonly columns?: { readonly [K in keyof ColumnsOf<Entry>]?: boolean | undefined } | undefined;
  /** Relations to load, each with a configuration of its own. */
  readonly with?: With | undefined;
}

// ---- of relations()

type Relations<E extends Entries, Entry extends TableEntry> = {
  readonly [R in keyof Entry["relations"]]?:
    | boolean
    | undefined
    | (Entry["relations"][R] extends { readonly $kind: "one" }
        ? OneConfig<E, TargetOf<E, Entry["relations"][R]>>
        : FindConfig<E, TargetOf<E, Entry["relations"][R]>>);
};

type Extras = Readonly<Record<string, AliasedSQL>> | undefined;

/** The configuration of a relation to one row. */
export interface OneConfig<E extends Entries, Entry extends TableEntry> extends Level<
  Entry,
  Relations<E, Entry>
> {
  /** SQL beside the columns; each has a name by `as`, but is called by its key. */
  readonly extras?: Extras | ((columns: ColumnsOf<Entry>, operators: SqlOperator) => Extras);
}

/** The configuration of a relation query for its first row. */
export interface FirstConfig<E extends Entries, Entry extends TableEntry> extends OneConfig<
  E,
  Entry
> {
  /** Which rows. */
  readonly where?:
    | SQLWrapper
    | undefined
    | ((columns: ColumnsOf<Entry>, operators: Operators) => SQLWrapper | undefined);
  /** In which order. */
  readonly orderBy?:
    | Operand
    | readonly Operand[]
    | undefined
    | ((columns: ColumnsOf<Entry>, operators: OrderByOperators) => Operand | readonly Operand[]);
  /** How many of the first rows are left out. */
  readonly offset?: Count;
}

/** The configuration of a relation query, or of a relation to many rows. */
export interface FindConfig<E extends Entries, Entry extends TableEntry> extends FirstConfig<
  E,
  Entry
> {
  /** How many rows at most. */
  readonly limit?: Count;
}

// ---- of defineRelations

type RelationsV2<E extends Entries, Entry extends TableEntry> = {
  readonly [R in keyof Entry["relations"]]?:
    | boolean
    | undefined
    | (Entry["relations"][R] extends { readonly relationType: "one" }
        ? FirstConfigV2<E, TargetOf<E, Entry["relations"][R]>>
        : FindConfigV2<E, TargetOf<E, Entry["relations"][R]>>);
};

type Direction = "asc" | "desc";
type Aggregated<Name extends string> = `${Direction}(${Name})`;

/** Directions by column; of related rows, those of their columns or of their number. */
type OrderObject<E extends Entries, Entry extends TableEntry, By extends string = Direction> = {
  readonly [K in keyof ColumnsOf<Entry>]?: By | undefined;
} & {
  readonly [R in keyof Entry["relations"]]?: Entry["relations"][R] extends {
    readonly relationType: "many";
  }
    ? Aggregated<"count"> | ManyOrder<E, TargetOf<E, Entry["relations"][R]>>
    : OrderObject<E, TargetOf<E, Entry["relations"][R]>, By>;
};

type ManyOrder<E extends Entries, Entry extends TableEntry> = OrderObject<
  E,
  Entry,
  Aggregated<"min" | "max" | "count" | "avg" | "first">
>;

/** As `FirstConfig` and `OneConfig`, for `defineRelations`. */
export interface FirstConfigV2<E extends Entries, Entry extends TableEntry> extends Level<
  Entry,
  RelationsV2<E, Entry>
> {
  /** Which rows. */
  readonly where?: RelationsFilter<E, Entry> | undefined;
  /** In which order. */
  readonly orderBy?:
    | OrderObject<E, Entry>
    | ((table: ColumnsOf<Entry>, operators: OrderByOperators) => Operand | readonly Operand[])
    | undefined;
  /** SQL beside the columns, by key. */
  readonly extras?:
    | Readonly<
        Record<
          string,
          SQLWrapper | ((table: ColumnsOf<Entry>, operators: SqlOperator) => SQLWrapper)
        >
      >
    | undefined;
  /** How many of the first rows are left out. */
  readonly offset?: Count;
}

/** As `FindConfig`, for `defineRelations`. */
export interface FindConfigV2<E extends Entries, Entry extends TableEntry> extends FirstConfigV2<
  E,
  Entry
> {
  /** How many rows at most. */
  readonly limit?: Count;
}
