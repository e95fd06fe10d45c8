import type { Row } from "../../frame/rows.js";

/** A relation that only rows have for which a condition holds: a hidden field of theirs says so. */
export interface Prune {
  /** The relations that lead to those rows, from the root of the result. */
  readonly path: readonly string[];
  readonly relation: string;
  readonly kind: "one" | "many";
}

/** The name of the hidden field. */
export const hiddenField = (relation: string): string => `${relation}?`;

/** Empties the relations of rows whose hidden field does not hold, and takes these fields away. */
export function prune(rows: readonly Row[], prunes: readonly Prune[]): void {
  for (const { path, relation, kind } of prunes) {
    const hidden = hiddenField(relation);
    for (const row of rowsAt(rows, path)) {
      if (row[hidden] !== 1) row[relation] = kind === "one" ? null : [];
      delete row[hidden];
    }
  }
}

/** The rows that relations lead to. */
function rowsAt(rows: readonly Row[], path: readonly string[]): readonly Row[] {
  return path.reduce<readonly Row[]>(
    (level, relation) => level.flatMap((row) => (row[relation] ?? []) as Row | readonly Row[]),
    rows,
  );
}
