import type {
  AssignmentDocument,
  CteDocument,
  ReturningDocument,
  UpdateDocument,
} from "../ast/query-document.js";
import { VirgaError } from "../base/error.js";
import type { Column } from "../schema/column.js";
import { TableColumns, type Table } from "../schema/table.js";
import { cteDocument } from "./lower-select.js";
import type { Fields, Lowering } from "./lower.js";
import type { WithSubquery } from "./subquery.js";

/** Values by column key. */
export type Values = Readonly<Record<string, unknown>>;

/** The part of a write's document that stands before it. */
export function withDocument(
  lowering: Lowering,
  ctes: readonly WithSubquery[],
): readonly CteDocument[] | undefined {
  return ctes.length === 0 ? undefined : ctes.map((cte) => cteDocument(lowering, cte));
}

/** The part of a write's document that says which rows it gives back. */
export function returningDocument(
  lowering: Lowering,
  returning: Fields | true | undefined,
): ReturningDocument | undefined {
  return returning === undefined || returning === true ? returning : lowering.fields(returning);
}

/** What an update sets: what is given, and for the columns that have one, what `$onUpdateFn` makes. */
export function assignments(
  lowering: Lowering,
  table: Table,
  values: Values,
): UpdateDocument["set"] {
  const columns = table[TableColumns];
  const set: AssignmentDocument[] = [];
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) set.push({ column: key, value: lowering.value(value, columns[key]) });
  }
  if (set.length === 0) {
    throw new VirgaError({ code: "invalid_query", message: "No values to set" });
  }
  for (const { key, onUpdateFn } of updatedColumns(table)) {
    if (values[key] === undefined) {
      set.push({ column: key, value: lowering.made(onUpdateFn!, columns[key]!) });
    }
  }
  return set;
}

const updated = new WeakMap<Table, readonly Column[]>();

/** The columns of a table whose values functions make when a row is updated. */
function updatedColumns(table: Table): readonly Column[] {
  const known = updated.get(table);
  if (known) return known;
  const columns = Object.values(table[TableColumns]).filter(({ onUpdateFn }) => onUpdateFn);
  updated.set(table, columns);
  return columns;
}
