import type { AliasedSQL, SQL } from "../../expr/expression.js";
import type { Column } from "../../schema/column.js";
import type { ColumnValue, SelectModel, Simplify } from "../../schema/table.js";
import type { ColumnsOf, TableEntry, TargetOf } from "./entries.js";

type Picked<Choice, K> = K extends keyof Choice ? Choice[K] : undefined;

/** Any `true` makes the choice a list of what is wanted; else it lists what is not, if anything. */
type Chosen<C, Choice> = true extends Choice[keyof Choice]
  ? { -readonly [K in keyof C as Picked<Choice, K> extends true ? K : never]: ColumnValue<C[K]> }
  : false extends Choice[keyof Choice]
    ? { -readonly [K in keyof C as Picked<Choice, K> extends false ? never : K]: ColumnValue<C[K]> }
    : {};

type Columns<Entry extends TableEntry, Config> = Config extends { readonly columns: infer Choice }
  ? Chosen<ColumnsOf<Entry>, Choice>
  : SelectModel<ColumnsOf<Entry>>;

type Loaded<E, Relations, With> = {
  -readonly [
    R in keyof With as R extends keyof Relations
      ? With[R] extends false | undefined
        ? never
        : R
      : never
  ]: R extends keyof Relations
    ? Related<Relations[R], FindRow<E, TargetOf<E, Relations[R]>, With[R]>, With[R]>
    : never;
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

type WithOf<E, Entry extends TableEntry, Config> = Config extends { readonly with: infer With }
  ? Loaded<E, Entry["relations"], With>
  : unknown;

/** A row of a relation query. */
export type FindRow<E, Entry extends TableEntry, Config> =
  Extract<keyof Config, "columns" | "extras" | "with"> extends never
    ? SelectModel<ColumnsOf<Entry>>
    : Simplify<Columns<Entry, Config> & ExtrasOf<Config> & WithOf<E, Entry, Config>>;
