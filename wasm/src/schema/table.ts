import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import type { Casing } from "./casing.js";
import { columnClass, type Column, type ColumnClass, type ValueTypes } from "./column.js";
import type { AnyBuilder, DataOf, OnInsertOf, ValueOf } from "./column-builder.js";
import type { TableExtra } from "./constraints.js";
import type { DataTypeOf, ElementColumn, EnumOf, KindOf, MarkOf } from "./column-kinds.js";
import {
  ExtraConfigBuilder,
  ExtraConfigColumns,
  IsAlias,
  IsDrizzleTable,
  TableBaseName,
  TableColumns,
  TableName,
  TableOriginalName,
  TableSchema,
} from "./symbols.js";

export * from "./symbols.js";

/** What the type system knows of a table or view. */
export interface TableTypes {
  readonly name: string;
  readonly columns: ColumnMap;
  // `Models` of the columns. As any it is not compared, which would evaluate the rows of each table.
  readonly models: any;
}

// Columns of any types: comparing a table with this does not compare what is known of each column.
export type ColumnMap = Readonly<Record<string, Column<any>>>;
export type ColumnBuilders = Readonly<Record<string, AnyBuilder>>;

/**
 * Any table or view. Types that are evaluated for every table of a schema ask for this: whether a
 * table is a `Source` takes a look at each of its columns.
 */
export interface AnySource {
  readonly _: { readonly name: string; readonly columns: object };
  readonly [TableName]: string;
}

/** Any table; see `AnySource`. */
export interface AnyTable extends AnySource {
  readonly [IsDrizzleTable]: boolean;
}

/** Shows a type as one plain object. */
export type Simplify<T> = { [K in keyof T]: T[K] } & {};

/** A value of these types in a row. */
export type ValueOfTypes<T extends ValueTypes> = T["notNull"] extends true
  ? T["data"]
  : T["data"] | null;

/** The value of a column in a row. */
export type ColumnValue<C> = C extends Column<infer T extends ValueTypes> ? ValueOfTypes<T> : never;

type OnInsert<C extends Column> = C["_"]["generated"] extends true
  ? "never"
  : C["_"]["notNull"] extends true
    ? C["_"]["hasDefault"] extends true
      ? "optional"
      : "required"
    : "optional";

/** A row of these columns. */
export type SelectModel<C extends ColumnMap> = { -readonly [K in keyof C]: ColumnValue<C[K]> } & {};

/** What an insert takes: columns that may be null or have a default are optional. */
export type InsertModel<C extends ColumnMap> = Simplify<
  {
    -readonly [K in keyof C as OnInsert<C[K]> extends "required" ? K : never]: ColumnValue<C[K]>;
  } & {
    -readonly [K in keyof C as OnInsert<C[K]> extends "optional" ? K : never]?:
      ColumnValue<C[K]> | undefined;
  }
>;

/** What goes in and comes out of a table with these columns. */
export interface Models<C extends ColumnMap> {
  readonly select: SelectModel<C>;
  readonly insert: InsertModel<C>;
}

/** As `Models`, of the builders of the columns: their types are nearer at hand. */
interface BuiltModels<B extends ColumnBuilders> {
  readonly select: { -readonly [K in keyof B]: ValueOf<B[K]> } & {};
  readonly insert: Simplify<
    {
      -readonly [K in keyof B as OnInsertOf<B[K]> extends "required" ? K : never]: ValueOf<B[K]>;
    } & {
      -readonly [K in keyof B as OnInsertOf<B[K]> extends "optional" ? K : never]?:
        ValueOf<B[K]> | undefined;
    }
  >;
}

/** What the type system knows of a table or view with this name and these columns. */
export interface TypesOf<Name extends string, C extends ColumnMap, M = Models<C>> {
  readonly name: Name;
  readonly columns: C;
  readonly models: M;
}

/**
 * What rows are read from: a table or a view. Its columns are properties of it; everything else
 * stands under symbols.
 */
export abstract class Source<out T extends TableTypes = TableTypes> {
  declare readonly _: T;
  /** The type of a row; for `typeof`, there is no value. */
  declare readonly $inferSelect: T["models"]["select"];

  readonly [TableName]: string;
  readonly [TableOriginalName]: string;
  readonly [TableSchema]: string | undefined;
  readonly [TableColumns]: ColumnMap;
  readonly [IsAlias]: boolean = false;

  protected constructor(name: string, schema: string | undefined, columns: MakeColumns) {
    this[TableName] = name;
    this[TableOriginalName] = name;
    this[TableSchema] = schema;
    this[TableColumns] = Object.freeze(columns(this));
    Object.assign(this, this[TableColumns]);
  }
}

type MakeColumns = (source: Source) => ColumnMap;

/** How a table is declared, beside its name and columns. */
export interface TableOptions {
  readonly extras?: ExtrasBuilder | undefined;
  /** The name before `sqliteTableCreator` changed it. */
  readonly baseName?: string | undefined;
  readonly schema?: string | undefined;
  /** Makes the names of columns that have none of their own from their keys. */
  readonly casing?: Casing | undefined;
}

/** A table. */
export class Table<out T extends TableTypes = TableTypes> extends Source<T> {
  static readonly [entityKind]: string = "Table";

  /** The type of what an insert takes; for `typeof`, there is no value. */
  declare readonly $inferInsert: T["models"]["insert"];

  readonly [TableBaseName]: string;
  readonly [ExtraConfigColumns]: ColumnMap;
  readonly [ExtraConfigBuilder]: ExtrasBuilder | undefined;
  readonly [IsDrizzleTable]: boolean = true;

  constructor(
    name: string,
    column: ColumnClass,
    builders: ColumnBuilders,
    { extras, baseName = name, schema, casing }: TableOptions = {},
  ) {
    super(name, schema, (table) => buildColumns(table, column, builders, casing));
    this[TableBaseName] = baseName;
    this[ExtraConfigColumns] = this[TableColumns];
    this[ExtraConfigBuilder] = extras;
    Object.freeze(this);
  }
}

/** The columns that builders declare for a table or view. */
export function buildColumns(
  source: Source,
  column: ColumnClass,
  builders: ColumnBuilders,
  casing: Casing | undefined,
): ColumnMap {
  const entries = Object.entries(builders).map(([key, { config }]) => {
    const type = columnClass(column, config.kind.columnType);
    const named = casing && config.name === "" ? { ...config, name: casing(key) } : config;
    return [key, new type(source, key, named)] as const;
  });
  return Object.fromEntries(entries);
}

/** The third argument of a table: gives its indexes and constraints. */
export type ExtrasBuilder = (columns: never) => readonly TableExtra[] | Record<string, TableExtra>;

/** A table made by `sqliteTable`. */
export class SQLiteTable<out T extends TableTypes = TableTypes> extends Table<T> {
  static override readonly [entityKind]: string = "SQLiteTable";
}

/** A table made by `pgTable`. */
export class PgTable<out T extends TableTypes = TableTypes> extends Table<T> {
  static override readonly [entityKind]: string = "PgTable";

  /** Row level security has no meaning in SQLite: this changes nothing. */
  enableRLS(): this {
    return this;
  }
}

/** The column that a builder becomes. */
export type BuiltColumn<B extends AnyBuilder, TableName extends string, Key = string> = Column<{
  readonly tableName: TableName;
  readonly data: DataOf<B>;
  readonly notNull: B["_"]["notNull"];
  readonly hasDefault: B["_"]["hasDefault"];
  readonly generated: B["_"]["generated"] extends true ? true : undefined;
  readonly unique: B["_"]["unique"];
  readonly references: B extends { readonly _: { readonly references: infer Name extends string } }
    ? Name
    : never;
  readonly columnName: B extends { readonly _: { readonly columnName: infer Name extends string } }
    ? Name
    : Key & string;
  readonly identity: MarkOf<B, "identity">;
  readonly columnType: KindOf<B>;
  readonly dataType: DataTypeOf<KindOf<B>, DataOf<B>>;
  readonly enumValues: EnumOf<B["_"]["data"]>;
  readonly baseColumn: DataTypeOf<KindOf<B>, DataOf<B>> extends "array"
    ? ElementColumn<DataOf<B>>
    : never;
}>;

export type BuiltColumns<B extends ColumnBuilders, TableName extends string> = {
  readonly [K in keyof B]: BuiltColumn<B[K], TableName, K>;
};

/** A table with its columns as properties. */
export type TableOf<
  Name extends string,
  B extends ColumnBuilders,
  Columns extends ColumnMap = BuiltColumns<B, Name>,
> = Table<TypesOf<Name, Columns, BuiltModels<B>>> & Columns;

/** The name of a table in SQL. */
export function getTableName(table: Source): string {
  return table[TableName];
}

/** The name in SQLite, which has no schemas: that of the schema stands before the table's. */
export function sqlName(source: Source): string {
  const schema = source[TableSchema];
  return schema === undefined ? source[TableName] : `${schema}.${source[TableName]}`;
}

/** The name of a table with that of its schema, which tells it from all others. */
export function getTableUniqueName(table: Source): string {
  return `${table[TableSchema] ?? "public"}.${table[TableName]}`;
}

/** The columns of a table or view by key. */
export function getTableColumns<T extends Source>(source: T): T["_"]["columns"] {
  return source[TableColumns];
}

/** Whether a value is a table. */
export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && IsDrizzleTable in value;
}

/** Whether rows can be read from `value`: it is a table or a view. */
export function isSource(value: unknown): value is Source {
  return typeof value === "object" && value !== null && TableColumns in value;
}

/**
 * The column that a declaration was given. A misspelt name, `users.idd`, gives undefined, which is
 * refused here, before it becomes a mistake somewhere else.
 * @param place what was declared, for the message
 * @param table the table whose columns are the candidates, where it is known
 */
export function present(column: Column | undefined, place: string, table?: Source): Column {
  if (column !== undefined) return column;
  const keys = table && Object.keys(table[TableColumns]).map((key) => `"${key}"`);
  throw new VirgaError({
    code: "unknown_column",
    message:
      `${place}: the column is undefined` +
      (keys ? `; table "${table[TableName]}" has ${keys.join(", ")}.` : "."),
  });
}
