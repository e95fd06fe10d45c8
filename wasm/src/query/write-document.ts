import type { AssignmentDocument, Expr } from "../ast/query-document.js";
import { VirgaError } from "../base/error.js";
import type { Column } from "../schema/column.js";
import { TableColumns, type Table } from "../schema/table.js";
import { listMember, quoted, type Text } from "./document.js";
import { cteText } from "./lower-select.js";
import type { Fields, Lowering } from "./lower.js";
import type { WithSubquery } from "./subquery.js";

/** Values by column key. */
export type Values = Readonly<Record<string, unknown>>;

/** The member of a write's document that stands before it. */
export function withMember(lowering: Lowering, ctes: readonly WithSubquery[]): string {
  return listMember(
    "with",
    ctes.map((cte) => cteText(lowering, cte)),
  );
}

/** The member of a write's document that says which rows it gives back. */
export function returningMember(lowering: Lowering, returning: Fields | true | undefined): string {
  if (returning === undefined) return "";
  if (returning === true) return ',"returning":true';
  return `,"returning":[${lowering.fields(returning).join(",")}]`;
}

/** What an update sets: what is given, and for the columns that have one, what `$onUpdateFn` makes. */
export function assignments(
  lowering: Lowering,
  table: Table,
  values: Values,
): readonly Text<AssignmentDocument>[] {
  const columns = table[TableColumns];
  const set: Text<AssignmentDocument>[] = [];
  const assign = (key: string, value: Text<Expr>): void => {
    set.push(`{"column":${quoted(key)},"value":${value}}` as Text<AssignmentDocument>);
  };
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) assign(key, lowering.value(value, columns[key]));
  }
  if (set.length === 0) {
    throw new VirgaError({ code: "invalid_query", message: "No values to set" });
  }
  for (const { key, onUpdateFn } of updatedColumns(table)) {
    if (values[key] === undefined) assign(key, lowering.made(onUpdateFn!, columns[key]!));
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
