import type { SQLWrapper } from "../ast/tree.js";
import type { Column } from "../schema/column.js";
import type { SQL } from "./expression.js";
import { sql } from "./sql.js";

/** Both texts after each other. */
export function concat(column: Column | SQLWrapper, value: string | SQLWrapper): SQL<string> {
  return sql<string>`${column} || ${value}`;
}

/** A part of a text; positions count from 1. */
export function substring(
  column: Column | SQLWrapper,
  { from = 1, for: length }: { from?: number | SQLWrapper; for?: number | SQLWrapper },
): SQL<string> {
  return length === undefined
    ? sql<string>`substr(${column}, ${from})`
    : sql<string>`substr(${column}, ${from}, ${length})`;
}

/** The number by which SQLite knows a row. */
export const rowId = (): SQL<number> => sql<number>`rowid`;
