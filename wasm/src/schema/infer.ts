// Types that Drizzle's users derive from tables, by Drizzle's names.
import type { Column, ColumnTypes } from "./column.js";
import type { ColumnMap, InsertModel, SelectModel, Table, TypesOf } from "./table.js";
import type { View, ViewOf } from "./view.js";

/** The value of a column; `raw` leaves out null. */
export type GetColumnData<C extends Column, Mode extends "query" | "raw" = "query"> =
  C extends Column<infer T extends ColumnTypes>
    ? Mode extends "raw"
      ? T["data"]
      : T["notNull"] extends true
        ? T["data"]
        : T["data"] | null
    : never;

/** Whether the members of a row have the names of SQL instead of the keys. */
interface ModelConfig {
  readonly dbColumnNames: boolean;
}
type ByKey = { readonly dbColumnNames: false };

type ColumnName<C, Key> =
  C extends Column<infer T extends ColumnTypes>
    ? T["columnName"] extends string
      ? T["columnName"]
      : Key
    : Key;
type ByName<C extends ColumnMap> = {
  readonly [K in keyof C as ColumnName<C[K], K> & string]: C[K];
};
type Members<C extends ColumnMap, Config> = Config extends { readonly dbColumnNames: true }
  ? ByName<C>
  : C;

/** A row of these columns, or what an insert of one takes. */
export type InferModelFromColumns<
  C extends ColumnMap,
  Mode extends "select" | "insert" = "select",
  Config extends ModelConfig = ByKey,
> = Mode extends "insert" ? InsertModel<Members<C, Config>> : SelectModel<Members<C, Config>>;

/** A row of a table. */
export type InferSelectModel<
  T extends Table,
  Config extends ModelConfig = ByKey,
> = InferModelFromColumns<T["_"]["columns"], "select", Config>;

/** What an insert of a row takes. */
export type InferInsertModel<
  T extends Table,
  Config extends ModelConfig = ByKey,
> = InferModelFromColumns<T["_"]["columns"], "insert", Config>;

/** A row of a table, or what an insert of one takes. */
export type InferModel<
  T extends Table,
  Mode extends "select" | "insert" = "select",
  Config extends ModelConfig = ByKey,
> = InferModelFromColumns<T["_"]["columns"], Mode, Config>;

/** A row of a view. */
export type InferSelectViewModel<V extends View> = SelectModel<V["_"]["columns"]>;

/** The values of an enum, or of a column that has one. */
export type InferEnum<T> =
  T extends Column<infer C extends ColumnTypes>
    ? Extract<C["data"], string>
    : T extends { readonly enumValues: readonly (infer Value)[] }
      ? Value
      : never;

/** A table with its columns as properties. */
export type TableWithColumns<T extends { readonly name: string; readonly columns: ColumnMap }> =
  Table<TypesOf<T["name"], T["columns"]>> & T["columns"];

/** A view with its columns as properties. */
export type ViewWithSelection<
  Name extends string,
  _Existing extends boolean,
  Columns extends ColumnMap,
> = ViewOf<Name, Columns>;
