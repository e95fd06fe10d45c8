import type { CteDocument, ReturningDocument, UpdateDocument } from "../ast/query-document.js";
import { VirgaError } from "../base/error.js";
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
): { with?: readonly CteDocument[] } {
  return ctes.length === 0 ? {} : { with: ctes.map((cte) => cteDocument(lowering, cte)) };
}

/** The part of a write's document that says which rows it gives back. */
export function returningDocument(
  lowering: Lowering,
  returning: Fields | true | undefined,
): { returning?: ReturningDocument } {
  if (returning === undefined) return {};
  return { returning: returning === true ? true : lowering.fields(returning) };
}

/** What an update sets: what is given, and for the columns that have one, what `$onUpdateFn` makes. */
export function assignments(
  lowering: Lowering,
  table: Table,
  values: Values,
): UpdateDocument["set"] {
  const columns = table[TableColumns];
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    throw new VirgaError({ code: "invalid_query", message: "No values to set" });
  }
  const made = Object.values(columns).flatMap((column) =>
    column.onUpdateFn && values[column.key] === undefined
      ? [{ column: column.key, value: lowering.made(column.onUpdateFn, column) }]
      : [],
  );
  return [
    ...given.map(([key, value]) => ({ column: key, value: lowering.value(value, columns[key]) })),
    ...made,
  ];
}
