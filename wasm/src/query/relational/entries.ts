import type { AnyTable } from "../../schema/table.js";

// These types are evaluated for each table of a schema, of which there may be hundreds. So they
// compare no table with `Table`, which would look at its columns one by one, and take no `keyof` of
// a whole schema.

/** A table as the types of relation queries know it. */
export interface TableEntry {
  // An `AnySource`. As any it is not compared, which would evaluate what is known of each table.
  readonly table: any;
  /** Its key in the schema. */
  readonly name: string;
  /** Its relations by name: `Relation` or `RelationV2`. */
  readonly relations: object;
}

/** The tables of a schema by key, each with its relations: also what `defineRelations` gives. */
export type Entries = Readonly<Record<string, TableEntry>>;

/** A row of a table. */
export type RowOf<Entry extends TableEntry> = Entry["table"]["$inferSelect"];

/** The columns of a table by key. */
export type ColumnsOf<Entry extends TableEntry> = Entry["table"]["_"]["columns"];

/** The relations among the members of a schema, by the names of their tables in SQL. */
type RelationsByName<Schema> = {
  readonly [
    K in keyof Schema as Schema[K] extends { readonly $name: infer Name extends string }
      ? Name
      : never
  ]: Schema[K] extends { readonly config: infer Config } ? Config : never;
};

type RelationsNamed<Map, Name extends string> = Map extends {
  readonly [K in Name]: infer Relations extends object;
}
  ? Relations
  : {};

type EntriesWith<Schema, Relations> = {
  readonly [K in keyof Schema as Schema[K] extends AnyTable ? K : never]: Schema[K] extends AnyTable
    ? {
        readonly table: Schema[K];
        /** Its key in the schema. */
        readonly name: K & string;
        /** Its relations by name. */
        readonly relations: RelationsNamed<Relations, Schema[K]["_"]["name"]>;
      }
    : never;
};

/** The tables and relations among the exports of a schema module. */
export type EntriesOf<Schema> = EntriesWith<Schema, RelationsByName<Schema>>;

/** The entries by the names of their tables in SQL. */
type ByName<E extends Entries> = {
  readonly [K in keyof E as E[K] extends TableEntry ? E[K]["table"]["_"]["name"] : never]: E[K];
};

/** A table outside of the schema. */
interface Stranger<T extends AnyTable> extends TableEntry {
  readonly table: T;
  readonly name: T["_"]["name"];
  readonly relations: {};
}

/** The entry of a table, by its name in SQL. */
type EntryOf<Named, T extends AnyTable> = Named extends {
  readonly [K in T["_"]["name"]]: infer Entry extends TableEntry;
}
  ? Entry
  : Stranger<T>;

/** The entry that a relation leads to. */
export type TargetOf<E extends Entries, R> = R extends {
  readonly targetTableName: infer Key extends string;
}
  ? E[Key]
  : R extends { readonly target: infer T extends AnyTable }
    ? EntryOf<ByName<E>, T>
    : never;
