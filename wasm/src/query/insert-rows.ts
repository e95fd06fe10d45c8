import type { SelectTree, Tree } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import { candidatesHint } from "../base/nearest.js";
import type { Column } from "../schema/column.js";
import { TableColumns, type Table } from "../schema/table.js";
import { quoted } from "./document.js";
import { selectText } from "./lower-select.js";
import type { Lowering, RowRange } from "./lower.js";
import { selectedFields } from "./select-tree.js";
import type { Values } from "./write-document.js";

/** What an insert takes its rows from. */
export type InsertSource =
  { readonly rows: readonly Values[] } | { readonly select: SelectTree } | { readonly sql: Tree };

/**
 * The members of an insert's document that hold its rows, and the columns that they have values for.
 * @param only the keys of the columns that the statement may name; undefined for all
 */
export function insertedRows(
  lowering: Lowering,
  table: Table,
  source: InsertSource,
  only: readonly string[] | undefined,
): string {
  if ("rows" in source) return givenRows(lowering, table, source.rows, only);
  if ("sql" in source)
    return (
      columnsMember(only ?? writable(table)) + `,"sql":[${lowering.chunks(source.sql).join(",")}]`
    );
  const columns = columnsMember(selectedColumns(table, source.select));
  return columns + `,"select":${selectText(lowering, source.select)}`;
}

const columnsMember = (keys: readonly string[]): string =>
  `,"columns":[${keys.map(quoted).join(",")}]`;

/** The columns of a select, by their keys. */
function selectedColumns(table: Table, select: SelectTree): readonly string[] {
  const known = table[TableColumns];
  const keys = Object.keys(selectedFields(select));
  const unknown = keys.find((key) => !Object.hasOwn(known, key));
  if (unknown === undefined) return keys;
  throw new VirgaError({
    code: "invalid_query",
    message:
      "Insert select error: selected fields are not the same or are in a different order " +
      `compared to the table definition: there is no column "${unknown}"`,
    path: "insert.select",
    hint: candidatesHint(unknown, Object.keys(known)),
  });
}

function givenRows(
  lowering: Lowering,
  table: Table,
  all: readonly Values[],
  only: readonly string[] | undefined,
): string {
  const known = table[TableColumns];
  const { part } = lowering;
  const rows = part ? all.slice(part.start, part.end) : all;
  const columns = columnsOfRows(table, rows, only);
  if (!part && rows.length * columns.length > variableLimit) {
    lowering.parts = partsOf(rows.length, Math.ceil(partVariables / columns.length));
    return "";
  }
  const cells = (row: Values): string =>
    `[${columns.map((key) => cell(lowering, known[key], row[key])).join(",")}]`;
  return `${columnsMember(columns)},"rows":[${rows.map(cells).join(",")}]`;
}

/** How many parameters a statement of SQLite can have. */
const variableLimit = 32_766;

/** About so many are in a part of an insert that has more: fewer cost more calls, more longer statements. */
const partVariables = 2_000;

/** Parts of as many rows, so that all but the last are the same statement. */
function partsOf(rows: number, size: number): readonly RowRange[] {
  return Array.from({ length: Math.ceil(rows / size) }, (_, index) => ({
    start: index * size,
    end: (index + 1) * size,
  }));
}

/** The keys of the columns that some of the rows have a value for, those of the table first. */
function columnsOfRows(
  table: Table,
  rows: readonly Values[],
  only: readonly string[] | undefined,
): readonly string[] {
  const known = table[TableColumns];
  const given = new Set<string>();
  for (const row of rows) {
    for (const key of Object.keys(row)) if (row[key] !== undefined) given.add(key);
  }
  const columns = only ? [...only] : [];
  if (!only) {
    for (const key of Object.keys(known))
      if (given.delete(key) || fills(known[key]!)) columns.push(key);
    columns.push(...given);
  } else for (const key of given) if (!only.includes(key)) throw notListed(key, only);
  if (columns.length === 0 && rows.length > 1) columns.push(writable(table)[0]!);
  return columns;
}

function notListed(key: string, only: readonly string[]): VirgaError {
  return new VirgaError({
    code: "invalid_query",
    message: `A row has a value for "${key}", which is not among the columns of this insert.`,
    path: "insert.values",
    hint: candidatesHint(key, only),
  });
}

/** Whether a column has a value in rows that have none for it. */
const fills = (column: Column): boolean =>
  column.default !== undefined || (column.defaultFn ?? column.onUpdateFn) !== undefined;

/** The keys of the columns that an insert can fill. */
function writable(table: Table): string[] {
  const columns = Object.values(table[TableColumns]).filter((column) => !column.generated);
  return columns.map(({ key }) => key);
}

const byDefault = '{"default":true}';

/** A given value, else the column's default, else what its functions make. */
function cell(lowering: Lowering, column: Column | undefined, given: unknown): string {
  if (given !== undefined) return lowering.value(given, column);
  if (!column || column.default !== undefined) return byDefault;
  const make = column.defaultFn ?? column.onUpdateFn;
  return make ? lowering.made(make, column) : byDefault;
}
