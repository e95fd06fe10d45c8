import type { Column } from "../schema/column.js";
import type { Many, One, Relation, RelationMap, Relations } from "../schema/relations.js";
import type { ColumnMap, ColumnValue, SelectModel, Simplify, Table } from "../schema/table.js";
import type { OrderByOperators, Operators } from "../expr/helpers.js";
import type { AliasedSQL, SQL } from "../expr/expression.js";
import type { SQLWrapper } from "../ast/tree.js";

/** A table as relation queries know it. */
export interface TableEntry {
  readonly name: string;
  readonly columns: ColumnMap;
  readonly relations: RelationMap;
}

/** The tables of a schema by key, each with its relations. */
export type Entries = Readonly<Record<string, TableEntry>>;

type RelationsOf<Schema, Name extends string> = {
  [K in keyof Schema]: Schema[K] extends Relations<infer Of, infer Config>
    ? Of extends Name
      ? Config
      : never
    : never;
}[keyof Schema];

type OrNone<T> = [T] extends [never] ? {} : T;

/** The tables and relations among the exports of a schema module. */
export type EntriesOf<Schema> = {
  readonly [K in keyof Schema as Schema[K] extends Table ? K : never]: Schema[K] extends Table<
    infer T
  >
    ? {
        readonly name: T["name"];
        readonly columns: T["columns"];
        readonly relations: OrNone<RelationsOf<Schema, T["name"]>>;
      }
    : never;
};

/** The entry that a relation leads to; a table outside of the schema has no relations. */
type TargetOf<E, R> =
  R extends Relation<infer Target>
    ? OrTable<EntryNamed<E, Target["_"]["name"]>, Target>
    : TableEntry;

type EntryNamed<E, Name extends string> = {
  [K in keyof E]: E[K] extends TableEntry & { readonly name: Name } ? E[K] : never;
}[keyof E];

type OrTable<Entry extends TableEntry, Target extends Table> = [Entry] extends [never]
  ? { readonly name: string; readonly columns: Target["_"]["columns"]; readonly relations: {} }
  : Entry;

type Condition<C> =
  SQLWrapper | undefined | ((columns: C, operators: Operators) => SQLWrapper | undefined);

type Order = Column | SQLWrapper;
type OrderBy<C> =
  | Order
  | readonly Order[]
  | ((columns: C, operators: OrderByOperators) => Order | readonly Order[]);

/** The configuration of a relation query, at every level. */
export interface FindConfig<E, Entry extends TableEntry> {
  /** Columns to include (`true`), or, when none is, to leave out (`false`). */
  readonly columns?: { readonly [K in keyof Entry["columns"]]?: boolean | undefined } | undefined;
  /** Relations to load, each with a configuration of its own. */
  readonly with?:
    | {
        readonly [R in keyof Entry["relations"]]?:
          boolean | undefined | FindConfig<E, TargetOf<E, Entry["relations"][R]>>;
      }
    | undefined;
  readonly where?: Condition<Entry["columns"]>;
  readonly orderBy?: OrderBy<Entry["columns"]> | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/**
 * Turns members of `Config` that do not exist into `never`: a type parameter is not checked for
 * excess members as a literal is.
 */
export type Exact<Config, E, Entry extends TableEntry> = {
  readonly [K in keyof Config]: K extends "columns"
    ? { readonly [C in keyof Config[K]]: C extends keyof Entry["columns"] ? unknown : never }
    : K extends "with"
      ? {
          readonly [R in keyof Config[K]]: R extends keyof Entry["relations"]
            ? Config[K][R] extends object
              ? Exact<Config[K][R], E, TargetOf<E, Entry["relations"][R]>>
              : unknown
            : never;
        }
      : K extends keyof FindConfig<E, Entry>
        ? unknown
        : never;
};

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
    ? Related<Entry["relations"][R], FindRow<E, TargetOf<E, Entry["relations"][R]>, With[R]>>
    : never;
};

type Related<R, Row> = R extends Many
  ? Row[]
  : R extends One<infer _Target, infer Nullable>
    ? Nullable extends true
      ? Row | null
      : Row
    : never;

type WithOf<E, Entry extends TableEntry, Config> = Config extends { readonly with: infer With }
  ? Loaded<E, Entry, With>
  : unknown;

/** A row of a relation query. */
export type FindRow<E, Entry extends TableEntry, Config> = Simplify<
  Columns<Entry, Config> & WithOf<E, Entry, Config>
>;

/** What can be stored in a table's columns: values, or SQL that gives them. */
export type OrSQL<Model> = Simplify<{ [K in keyof Model]: Model[K] | SQL | AliasedSQL }>;
