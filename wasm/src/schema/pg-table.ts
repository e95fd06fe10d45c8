import { casings, type Casing } from "./casing.js";
import type { TableExtra } from "./constraints.js";
import * as pgColumns from "./pg-columns.js";
import { pgCustomType } from "./custom-type.js";
import { PgColumn, type IndexOps } from "./pg-column.js";
import { PgTable, type BuiltColumns, type ColumnBuilders, type TableOf } from "./table.js";

export const pgColumnFunctions = { ...pgColumns, customType: pgCustomType };

/** The column functions, as the callback form of `pgTable` is given them. */
export type PgColumnFunctions = typeof pgColumnFunctions;

/** A table of Postgres. Row level security has no meaning in SQLite and changes nothing. */
export type PgTableOf<Name extends string, B extends ColumnBuilders> = TableOf<Name, B> & {
  enableRLS(): TableOf<Name, B>;
};

type IndexableColumns<B extends ColumnBuilders, Name extends string> = {
  readonly [K in keyof B]: BuiltColumns<B, Name>[K] & IndexOps;
};

/** Declares a table with Postgres columns; it is stored in SQLite like any other. */
export type PgTableFn = <const Name extends string, B extends ColumnBuilders>(
  name: Name,
  columns: B | ((functions: PgColumnFunctions) => B),
  extras?: (
    columns: IndexableColumns<B, Name>,
  ) => readonly TableExtra[] | Record<string, TableExtra>,
) => PgTableOf<Name, B>;

/** How the tables of a `pgTable` are named: by a function, in a schema, with a casing. */
export interface PgTables {
  readonly rename?: (name: string) => string;
  readonly schema?: string;
  readonly casing?: Casing;
}

export function pgTables({ rename = (name) => name, schema, casing }: PgTables): PgTableFn {
  return (name, columns, extras) => {
    const builders = typeof columns === "function" ? columns(pgColumnFunctions) : columns;
    const options = { extras, baseName: name, schema, casing };
    // The columns are properties by their keys, which a class cannot say.
    return new PgTable(rename(name), PgColumn, builders, options) as never;
  };
}

/** Declares a table with Postgres columns; it is stored in SQLite like any other. */
export const pgTable = pgTables({});

/** Makes a `pgTable` that gives tables other names in SQL. */
export const pgTableCreator = (rename: (name: string) => string): PgTableFn => pgTables({ rename });

/** `pgTable` for columns whose names in SQL are their keys in snake_case. */
export const snakeCasePgTable = pgTables({ casing: casings.snake_case });

/** `pgTable` for columns whose names in SQL are their keys in camelCase. */
export const camelCasePgTable = pgTables({ casing: casings.camelCase });
