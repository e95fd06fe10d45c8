// Types that Drizzle's users derive from tables, by Drizzle's names.
import type { Column, ColumnTypes } from "./column.js";
import type { ColumnMap, InsertModel, SelectModel, Table } from "./table.js";
import type { View } from "./view.js";

/** The value of a column; `raw` leaves out null. */
export type GetColumnData<C extends Column, Mode extends "query" | "raw" = "query"> =
  C extends Column<infer T extends ColumnTypes>
    ? Mode extends "raw"
      ? T["data"]
      : T["notNull"] extends true
        ? T["data"]
        : T["data"] | null
    : never;

/** A row of these columns, or what an insert of one takes. */
export type InferModelFromColumns<
  C extends ColumnMap,
  Mode extends "select" | "insert" = "select",
> = Mode extends "insert" ? InsertModel<C> : SelectModel<C>;

/** A row of a table, or what an insert of one takes. */
export type InferModel<
  T extends Table,
  Mode extends "select" | "insert" = "select",
> = InferModelFromColumns<T["_"]["columns"], Mode>;

/** A row of a view. */
export type InferSelectViewModel<V extends View> = V["$inferSelect"];

/** The values of an enum, or of a column that has one. */
export type InferEnum<T> =
  T extends Column<infer C extends ColumnTypes>
    ? Extract<C["data"], string>
    : T extends { readonly enumValues: readonly (infer Value)[] }
      ? Value
      : never;

/** A table with its columns as properties. */
export type TableWithColumns<T extends { readonly name: string; readonly columns: ColumnMap }> =
  Table<T> & T["columns"];

/** A view with its columns as properties. */
export type ViewWithSelection<
  Name extends string,
  _Existing extends boolean,
  Columns extends ColumnMap,
> = View<{ readonly name: Name; readonly columns: Columns }> & Columns;
