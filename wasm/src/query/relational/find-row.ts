import type { AliasedSQL, SQL } from "../../expr/expression.js";
import type { Column } from "../../schema/column.js";
import type { ColumnValue, Simplify } from "../../schema/table.js";
import type { Entries, RowOf, TableEntry, TargetOf } from "./entries.js";

type KeysOf<Choice, Wanted> = {
  [K in keyof Choice]: Choice[K] extends Wanted ? K : never;
}[keyof Choice];

/** Any `true` makes the choice a list of what is wanted; else it lists what is not, if anything. */
type Chosen<Row, Choice> = true extends Choice[keyof Choice]
  ? { [K in keyof Row & KeysOf<Choice, true>]: Row[K] }
  : false extends Choice[keyof Choice]
    ? { [K in Exclude<keyof Row, KeysOf<Choice, false>>]: Row[K] }
    : {};

type Columns<Entry extends TableEntry, Config> = Config extends { readonly columns: infer Choice }
  ? Chosen<RowOf<Entry>, Choice>
  : RowOf<Entry>;

type Loaded<E extends Entries, Relations, With> = {
  [R in keyof Relations & Exclude<keyof With, KeysOf<With, false | undefined>>]: Related<
    Relations[R],
    FindRow<E, TargetOf<E, Relations[R]>, With[R & keyof With]>,
    With[R & keyof With]
  >;
};

/** The rows of a relation: a list, or one that is null where it may be missing. */
type Related<R, Row, Config> = R extends
  { readonly $kind: "many" } | { readonly relationType: "many" }
  ? Row[]
  : R extends { readonly $nullable: false }
    ? Row
    : R extends { readonly optional: false }
      ? Config extends { readonly where: object }
        ? Row | null
        : Row
      : Row | null;

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

type WithOf<E extends Entries, Entry extends TableEntry, Config> = Config extends {
  readonly with: infer With;
}
  ? Loaded<E, Entry["relations"], With>
  : unknown;

/** A row of a relation query. */
export type FindRow<E extends Entries, Entry extends TableEntry, Config> = [
  keyof Config & ("columns" | "extras" | "with"),
] extends [never]
  ? RowOf<Entry>
  : Simplify<Columns<Entry, Config> & ExtrasOf<Config> & WithOf<E, Entry, Config>>;
