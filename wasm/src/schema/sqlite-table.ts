import { SQLiteColumn } from "./column.js";
import type { TableExtra } from "./constraints.js";
import { blob, customType, integer, numeric, real, text } from "./sqlite-columns.js";
import { SQLiteTable, type BuiltColumns, type ColumnBuilders, type TableOf } from "./table.js";

const columnFunctions = { blob, customType, integer, numeric, real, text };

/** The column functions, as the callback form of `sqliteTable` is given them. */
export type SQLiteColumnFunctions = typeof columnFunctions;

type Extras<Name extends string, B extends ColumnBuilders> = (
  columns: BuiltColumns<B, Name>,
) => readonly TableExtra[] | Record<string, TableExtra>;

/** Declares a table: its name, its columns by key, and its indexes and constraints. */
export function sqliteTable<const Name extends string, B extends ColumnBuilders>(
  name: Name,
  columns: B | ((functions: SQLiteColumnFunctions) => B),
  extras?: Extras<Name, B>,
): TableOf<Name, B> {
  const builders = typeof columns === "function" ? columns(columnFunctions) : columns;
  return new SQLiteTable(name, SQLiteColumn, builders, extras) as unknown as TableOf<Name, B>;
}

/** Makes a `sqliteTable` that gives tables other names in SQL. */
export function sqliteTableCreator(rename: (name: string) => string) {
  return <const Name extends string, B extends ColumnBuilders>(
    name: Name,
    columns: B | ((functions: SQLiteColumnFunctions) => B),
    extras?: Extras<Name, B>,
  ): TableOf<Name, B> => sqliteTable(rename(name) as Name, columns, extras);
}
