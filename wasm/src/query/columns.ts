import { isSource, TableColumns, type Source } from "../schema/table.js";
import type { SelectionOf } from "./select-types.js";
import type { Subquery } from "./subquery.js";

/** The columns of a table or view, or the fields of a subquery, by key. */
export function getColumns<T extends Source | Subquery>(source: T): SelectionOf<T> {
  const columns = isSource(source) ? source[TableColumns] : source._.selectedFields;
  return columns as SelectionOf<T>;
}
