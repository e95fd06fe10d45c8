import { PgColumn } from "./column.js";
import type { TableExtra } from "./constraints.js";
import * as pgColumns from "./pg-columns.js";
import { customType } from "./sqlite-columns.js";
import { PgTable, type BuiltColumns, type ColumnBuilders, type TableOf } from "./table.js";

const columnFunctions = { ...pgColumns, customType };

/** The column functions, as the callback form of `pgTable` is given them. */
export type PgColumnFunctions = typeof columnFunctions;

/** Declares a table with Postgres columns; it is stored in SQLite like any other. */
export function pgTable<const Name extends string, B extends ColumnBuilders>(
  name: Name,
  columns: B | ((functions: PgColumnFunctions) => B),
  extras?: (columns: BuiltColumns<B, Name>) => readonly TableExtra[] | Record<string, TableExtra>,
): TableOf<Name, B> {
  const builders = typeof columns === "function" ? columns(columnFunctions) : columns;
  return new PgTable(name, PgColumn, builders, extras) as unknown as TableOf<Name, B>;
}
