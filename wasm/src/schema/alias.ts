import type { Column } from "./column.js";
import {
  AliasOf,
  ExtraConfigColumns,
  IsAlias,
  TableColumns,
  TableName,
  type ColumnMap,
  type Source,
  type TypesOf,
} from "./table.js";

/** The column as a column of another source, there under another key. */
export function columnIn<C extends Column>(column: C, source: object, key = column.key): C {
  const copy = Object.create(Object.getPrototypeOf(column) as object) as C;
  return Object.freeze(Object.assign(copy, column, { table: source, key }));
}

/** The columns of a table in a table type of another name. */
export type ColumnsIn<C extends ColumnMap, Name extends string> = {
  readonly [K in keyof C]: C[K] extends Column<infer T>
    ? Column<{ readonly [P in keyof T]: P extends "tableName" ? Name : T[P] }>
    : never;
};

/** A table or view under another name. */
export type AliasedTable<
  T extends Source,
  Name extends string,
  Columns extends ColumnMap = ColumnsIn<T["_"]["columns"], Name>,
> = Source<TypesOf<Name, Columns>> & Columns;

/** The table under another name, so that a query can use it more than once. */
export function aliasedTable<T extends Source, const Name extends string>(
  table: T,
  name: Name,
): AliasedTable<T, Name> {
  const copy = Object.create(Object.getPrototypeOf(table) as object) as Record<symbol, unknown>;
  const columns = Object.entries(table[TableColumns]).map(
    ([key, column]) => [key, columnIn(column, copy)] as const,
  );
  const map = Object.freeze(Object.fromEntries(columns));
  const names = { [TableName]: name, [IsAlias]: true, [AliasOf]: originalOf(table) };
  Object.assign(copy, table, map, names, { [TableColumns]: map, [ExtraConfigColumns]: map });
  return Object.freeze(copy) as unknown as AliasedTable<T, Name>;
}

/** The column as that of its table under another name. */
export function aliasedTableColumn<C extends Column>(column: C, name: string): C {
  return columnIn(column, aliasedTable(column.table, name));
}

/** The table that an alias stands for; other tables are their own. */
export function originalOf(table: Source): Source {
  return (table as { readonly [AliasOf]?: Source })[AliasOf] ?? table;
}
