import type { AliasedSQL, SQL } from "../../expr/expression.js";
import type { Column } from "../../schema/column.js";
import type { Many, One } from "../../schema/relations.js";
import type { ColumnMap, ColumnValue, SelectModel, Simplify } from "../../schema/table.js";
import type { TableEntry, TargetOf } from "./entries.js";
import type { ManyV2, OneV2 } from "./relation.js";

type IncludedKeys<Choice> = {
  [K in keyof Choice]: Choice[K] extends true ? K : never;
}[keyof Choice];
type ExcludedKeys<Choice> = {
  [K in keyof Choice]: Choice[K] extends false ? K : never;
}[keyof Choice];

/** Any `true` makes the choice a list of what is wanted; else it lists what is not, if anything. */
type Chosen<C extends ColumnMap, Choice> = [IncludedKeys<Choice>] extends [never]
  ? [ExcludedKeys<Choice>] extends [never]
    ? {}
    : { -readonly [K in keyof C as K extends ExcludedKeys<Choice> ? never : K]: ColumnValue<C[K]> }
  : { -readonly [K in keyof C as K extends IncludedKeys<Choice> ? K : never]: ColumnValue<C[K]> };

type Columns<Entry extends TableEntry, Config> = Config extends { readonly columns: infer Choice }
  ? Chosen<Entry["columns"], Choice>
  : SelectModel<Entry["columns"]>;

type Loaded<E, Entry extends TableEntry, With> = {
  -readonly [
    R in keyof With as R extends keyof Entry["relations"]
      ? With[R] extends false | undefined
        ? never
        : R
      : never
  ]: R extends keyof Entry["relations"]
    ? Related<
        Entry["relations"][R],
        FindRow<E, TargetOf<E, Entry["relations"][R]>, With[R]>,
        With[R]
      >
    : never;
};

type Related<R, Row, Config> = R extends Many | ManyV2
  ? Row[]
  : R extends One<infer _Target, infer Nullable>
    ? OrNull<Row, Nullable>
    : R extends OneV2<infer _Key, infer Optional>
      ? OrNull<Row, Config extends { readonly where: object } ? true : Optional>
      : never;

type OrNull<Row, Nullable> = Nullable extends false ? Row : Row | null;

/** The values of extra fields: of SQL, or of functions that give SQL. */
type ExtraValues<Extras> = Extras extends (...given: never[]) => infer Made
  ? ExtraValues<Made>
  : { -readonly [K in keyof Extras]: ExtraValue<Extras[K]> };
type ExtraValue<X> = X extends (...given: never[]) => infer Made
  ? ExtraValue<Made>
  : X extends SQL<infer T> | AliasedSQL<infer T>
    ? T
    : X extends Column
      ? ColumnValue<X>
      : unknown;

type ExtrasOf<Config> = Config extends { readonly extras: infer Extras extends object }
  ? ExtraValues<Extras>
  : unknown;

type WithOf<E, Entry extends TableEntry, Config> = Config extends { readonly with: infer With }
  ? Loaded<E, Entry, With>
  : unknown;

/** A row of a relation query. */
export type FindRow<E, Entry extends TableEntry, Config> = Simplify<
  Columns<Entry, Config> & ExtrasOf<Config> & WithOf<E, Entry, Config>
>;
