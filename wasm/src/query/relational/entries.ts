import type { Relation, RelationMap, Relations } from "../../schema/relations.js";
import type { ColumnMap, Table } from "../../schema/table.js";
import type { RelationMapV2, TableRelations } from "./relation.js";

/** A table as relation queries know it. */
export interface TableEntry {
  readonly name: string;
  readonly columns: ColumnMap;
  readonly relations: RelationMap | RelationMapV2;
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
        /** The name in SQL. */
        readonly name: T["name"];
        /** The columns by key. */
        readonly columns: T["columns"];
        /** The relations by name. */
        readonly relations: OrNone<RelationsOf<Schema, T["name"]>>;
      }
    : never;
};

/** The tables and views of `defineRelations`. */
export type EntriesOfRelations<R> = {
  readonly [K in keyof R]: R[K] extends TableRelations<infer S, infer Name, infer Own>
    ? {
        readonly name: Name;
        readonly columns: S["_"]["columns"];
        readonly relations: Own;
      }
    : never;
};

/** The entry that a relation leads to; a table outside of the schema has no relations. */
export type TargetOf<E, R> =
  R extends Relation<infer Target>
    ? OrTable<EntryNamed<E, Target["_"]["name"]>, Target>
    : R extends { readonly targetTableName: infer Key extends keyof E }
      ? E[Key] extends TableEntry
        ? E[Key]
        : TableEntry
      : TableEntry;

type EntryNamed<E, Name extends string> = {
  [K in keyof E]: E[K] extends TableEntry & { readonly name: Name } ? E[K] : never;
}[keyof E];

type OrTable<Entry extends TableEntry, Target extends Table> = [Entry] extends [never]
  ? { readonly name: string; readonly columns: Target["_"]["columns"]; readonly relations: {} }
  : Entry;
