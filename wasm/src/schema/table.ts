import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { Column, type ColumnTypes } from "./column.js";
import type { ColumnBuilder, DataOf } from "./column-builder.js";
import type { TableExtra } from "./constraints.js";

const symbol = <T extends symbol>(name: string): T => Symbol.for(`drizzle:${name}`) as T;

export const TableName: unique symbol = symbol("Name");
export const TableOriginalName: unique symbol = symbol("OriginalName");
export const TableBaseName: unique symbol = symbol("BaseName");
export const TableSchema: unique symbol = symbol("Schema");
export const TableColumns: unique symbol = symbol("Columns");
export const ExtraConfigColumns: unique symbol = symbol("ExtraConfigColumns");
export const ExtraConfigBuilder: unique symbol = symbol("ExtraConfigBuilder");
export const IsAlias: unique symbol = symbol("IsAlias");
export const IsDrizzleTable: unique symbol = symbol("IsDrizzleTable");

/** What the type system knows of a table. */
export interface TableTypes {
  readonly name: string;
  readonly columns: ColumnMap;
}

export type ColumnMap = Readonly<Record<string, Column>>;
export type ColumnBuilders = Readonly<Record<string, ColumnBuilder>>;

/** Shows a type as one plain object. */
export type Simplify<T> = { [K in keyof T]: T[K] } & {};

/** The value of a column in a row. */
export type ColumnValue<C> = C extends { readonly _: infer T extends ColumnTypes }
  ? T["notNull"] extends true
    ? T["data"]
    : T["data"] | null
  : never;

type OnInsert<C extends Column> = C["_"]["generated"] extends true
  ? "never"
  : C["_"]["notNull"] extends true
    ? C["_"]["hasDefault"] extends true
      ? "optional"
      : "required"
    : "optional";

/** A row of these columns. */
export type SelectModel<C extends ColumnMap> = Simplify<{
  -readonly [K in keyof C]: ColumnValue<C[K]>;
}>;

/** What an insert takes: columns that may be null or have a default are optional. */
export type InsertModel<C extends ColumnMap> = Simplify<
  {
    -readonly [K in keyof C as OnInsert<C[K]> extends "required" ? K : never]: ColumnValue<C[K]>;
  } & {
    -readonly [K in keyof C as OnInsert<C[K]> extends "optional" ? K : never]?:
      ColumnValue<C[K]> | undefined;
  }
>;

/** A table. Its columns are properties of it; everything else stands under symbols. */
export class Table<T extends TableTypes = TableTypes> {
  static readonly [entityKind]: string = "Table";

  declare readonly _: T;
  declare readonly $inferSelect: SelectModel<T["columns"]>;
  declare readonly $inferInsert: InsertModel<T["columns"]>;

  readonly [TableName]: string;
  readonly [TableOriginalName]: string;
  readonly [TableBaseName]: string;
  readonly [TableSchema]: string | undefined = undefined;
  readonly [TableColumns]: ColumnMap;
  readonly [ExtraConfigColumns]: ColumnMap;
  readonly [ExtraConfigBuilder]: ExtrasBuilder | undefined;
  readonly [IsAlias]: boolean = false;
  readonly [IsDrizzleTable]: boolean = true;

  constructor(name: string, column: ColumnClass, builders: ColumnBuilders, extras?: ExtrasBuilder) {
    this[TableName] = name;
    this[TableOriginalName] = name;
    this[TableBaseName] = name;
    const entries = Object.entries(builders).map(
      ([key, builder]) => [key, new column(this, name, key, builder.config)] as const,
    );
    this[TableColumns] = Object.freeze(Object.fromEntries(entries));
    this[ExtraConfigColumns] = this[TableColumns];
    this[ExtraConfigBuilder] = extras;
    Object.assign(this, this[TableColumns]);
    Object.freeze(this);
  }
}

type ColumnClass = typeof Column;

/** The third argument of a table: gives its indexes and constraints. */
export type ExtrasBuilder = (columns: never) => readonly TableExtra[] | Record<string, TableExtra>;

export class SQLiteTable<T extends TableTypes = TableTypes> extends Table<T> {
  static override readonly [entityKind]: string = "SQLiteTable";
}

export class PgTable<T extends TableTypes = TableTypes> extends Table<T> {
  static override readonly [entityKind]: string = "PgTable";
}

type IsTrue<Builder, Flag extends string> = Builder extends { readonly _: Record<Flag, true> }
  ? true
  : false;

/** The column that a builder becomes. */
export type BuiltColumn<B, TableName extends string> = Column<{
  readonly tableName: TableName;
  readonly data: DataOf<B>;
  readonly notNull: IsTrue<B, "notNull">;
  readonly hasDefault: IsTrue<B, "hasDefault">;
  readonly generated: IsTrue<B, "generated">;
}>;

export type BuiltColumns<B extends ColumnBuilders, TableName extends string> = {
  readonly [K in keyof B]: BuiltColumn<B[K], TableName>;
};

/** A table with its columns as properties. */
export type TableOf<
  Name extends string,
  B extends ColumnBuilders,
  Columns extends ColumnMap = BuiltColumns<B, Name>,
> = Table<{ readonly name: Name; readonly columns: Columns }> & Columns;

export type InferSelectModel<T extends Table> = T["$inferSelect"];
export type InferInsertModel<T extends Table> = T["$inferInsert"];

/** The name of a table in SQL. */
export function getTableName(table: Table): string {
  return table[TableName];
}

/** The columns of a table by key. */
export function getTableColumns<T extends Table>(table: T): T["_"]["columns"] {
  return table[TableColumns];
}

export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && IsDrizzleTable in value;
}

/**
 * The column that a declaration was given. A misspelt name, `users.idd`, gives undefined, which is
 * refused here, before it becomes a mistake somewhere else.
 * @param place what was declared, for the message
 * @param table the table whose columns are the candidates, where it is known
 */
export function present(column: Column | undefined, place: string, table?: Table): Column {
  if (column !== undefined) return column;
  const keys = table && Object.keys(table[TableColumns]).map((key) => `"${key}"`);
  throw new VirgaError({
    code: "unknown_column",
    message:
      `${place}: the column is undefined` +
      (keys ? `; table "${table[TableName]}" has ${keys.join(", ")}.` : "."),
  });
}
