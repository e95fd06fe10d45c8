import type { Expr, InsertDocument } from "../ast/query-document.js";
import type { SelectTree, Tree } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import { candidatesHint } from "../base/nearest.js";
import type { Column } from "../schema/column.js";
import { TableColumns, type Table } from "../schema/table.js";
import { selectDocument } from "./lower-select.js";
import type { Lowering } from "./lower.js";
import { selectedFields } from "./select-tree.js";
import type { Values } from "./write-document.js";

/** What an insert takes its rows from. */
export type InsertSource =
  { readonly rows: readonly Values[] } | { readonly select: SelectTree } | { readonly sql: Tree };

type Rows = Pick<InsertDocument, "columns"> &
  (
    | { readonly rows: readonly (readonly Expr[])[] }
    | { readonly select: ReturnType<typeof selectDocument> }
    | { readonly sql: ReturnType<Lowering["chunks"]> }
  );

/**
 * The rows of an insert, and the columns that they have values for.
 * @param only the keys of the columns that the statement may name; undefined for all
 */
export function insertedRows(
  lowering: Lowering,
  table: Table,
  source: InsertSource,
  only: readonly string[] | undefined,
): Rows {
  if ("rows" in source) return givenRows(lowering, table, source.rows, only);
  if ("sql" in source) {
    return { columns: only ?? writable(table), sql: lowering.chunks(source.sql) };
  }
  return {
    columns: selectedColumns(table, source.select),
    select: selectDocument(lowering, source.select),
  };
}

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
  rows: readonly Values[],
  only: readonly string[] | undefined,
): Rows {
  const known = table[TableColumns];
  const given = new Set<string>();
  for (const row of rows) {
    for (const key of Object.keys(row)) if (row[key] !== undefined) given.add(key);
  }
  const listed = Object.values(known).filter(
    (column) => given.has(column.key) || column.default !== undefined || makes(column),
  );
  const unknown = [...given].filter((key) => !(only?.includes(key) ?? key in known));
  if (only && unknown[0] !== undefined) throw notListed(unknown[0], only);
  const columns = only ? [...only] : [...listed.map((column) => column.key), ...unknown];
  if (columns.length === 0 && rows.length > 1) columns.push(writable(table)[0]!);
  const cells = (row: Values): Expr[] => columns.map((key) => cell(lowering, known[key], row[key]));
  return { columns, rows: rows.map(cells) };
}

function notListed(key: string, only: readonly string[]): VirgaError {
  return new VirgaError({
    code: "invalid_query",
    message: `A row has a value for "${key}", which is not among the columns of this insert.`,
    path: "insert.values",
    hint: candidatesHint(key, only),
  });
}

const makes = (column: Column): boolean => (column.defaultFn ?? column.onUpdateFn) !== undefined;

/** The keys of the columns that an insert can fill. */
function writable(table: Table): string[] {
  const columns = Object.values(table[TableColumns]).filter((column) => !column.generated);
  return columns.map(({ key }) => key);
}

/** A given value, else the column's default, else what its functions make. */
function cell(lowering: Lowering, column: Column | undefined, given: unknown): Expr {
  if (given !== undefined) return lowering.value(given, column);
  if (!column || column.default !== undefined) return { default: true };
  const make = column.defaultFn ?? column.onUpdateFn;
  return make ? lowering.made(make, column) : { default: true };
}
