import { casings, type Casing } from "./casing.js";
import { SQLiteColumn } from "./column.js";
import type { TableExtra } from "./constraints.js";
import { customType } from "./custom-type.js";
import { blob, integer, numeric, real, text } from "./sqlite-columns.js";
import { SQLiteTable, type BuiltColumns, type ColumnBuilders, type TableOf } from "./table.js";

export const sqliteColumnFunctions = {
  blob,
  customType,
  int: integer,
  integer,
  numeric,
  real,
  text,
};

/** The column functions, as the callback form of `sqliteTable` is given them. */
export type SQLiteColumnFunctions = typeof sqliteColumnFunctions;

type Extras<Name extends string, B extends ColumnBuilders> = (
  columns: BuiltColumns<B, Name>,
) => readonly TableExtra[] | Record<string, TableExtra>;

/** Declares a table: its name, its columns by key, and its indexes and constraints. */
export type SQLiteTableFn = <const Name extends string, B extends ColumnBuilders>(
  name: Name,
  columns: B | ((functions: SQLiteColumnFunctions) => B),
  extras?: Extras<Name, B>,
) => TableOf<Name, B>;

function tables(rename: (name: string) => string, casing?: Casing): SQLiteTableFn {
  return (name, columns, extras) => {
    const builders = typeof columns === "function" ? columns(sqliteColumnFunctions) : columns;
    const options = { extras, baseName: name, casing };
    // The columns are properties by their keys, which a class cannot say.
    return new SQLiteTable(rename(name), SQLiteColumn, builders, options) as never;
  };
}

/** Declares a table: its name, its columns by key, and its indexes and constraints. */
export const sqliteTable = tables((name) => name);

/** Makes a `sqliteTable` that gives tables other names in SQL. */
export const sqliteTableCreator = (rename: (name: string) => string): SQLiteTableFn =>
  tables(rename);

/** `sqliteTable` for columns whose names in SQL are their keys in snake_case. */
export const snakeCaseTable = tables((name) => name, casings.snake_case);

/** `sqliteTable` for columns whose names in SQL are their keys in camelCase. */
export const camelCaseTable = tables((name) => name, casings.camelCase);
