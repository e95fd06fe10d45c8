import type { QueryReport, RowChange, Shown, Step } from "../protocol.js";

/** What a step did to a row; nothing when it left it as it was. */
export type Fate = "inserted" | "updated" | "deleted" | undefined;

/** A row that some step of the transaction changes, as it is after one of them. */
export interface SteppedRow {
  readonly fate: Fate;
  /** As it was before the step, where it was there. */
  readonly before: readonly Shown[] | undefined;
  /** As it is after the step, where it is there. */
  readonly after: readonly Shown[] | undefined;
}

/** A table that some step of the transaction changes, as it is after one of them. */
export interface SteppedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly SteppedRow[];
  /** How many rows there are before and after the step, where the step changed that. */
  readonly counts: readonly [before: number, after: number] | undefined;
  /** Changed rows that are not shown. */
  readonly more: number;
  readonly compared: boolean;
}

/** The tables of a transaction at one of its steps, rows that it has not come to included. */
export function tablesAt(steps: readonly Step[], at: number): SteppedTable[] {
  const step = steps[at];
  const own = steps.filter(({ transaction }) => transaction === step?.transaction);
  const now = step ? own.indexOf(step) : -1;
  const names = new Set(own.flatMap(({ tables }) => tables.map(({ table }) => table)));
  return [...names].map((name) => {
    const changes = own.map(({ tables }) => tables.find(({ table }) => table === name));
    const change = changes[now];
    const all = changes.flatMap((each) => each?.rows.map(({ key }) => key) ?? []);
    const keys = [...new Set(all)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    const histories = keys.map((key) =>
      changes.map((each) => each?.rows.find((row) => row.key === key)),
    );
    return {
      name,
      columns: changes.find((each) => each)?.columns ?? [],
      rows: histories.map((history) => rowAt(history, now)),
      counts: change && [change.before, change.after],
      more: change?.more ?? 0,
      compared: changes.every((each) => each?.compared !== false),
    };
  });
}

/** @param history what each step did to the row */
function rowAt(history: readonly (RowChange | undefined)[], now: number): SteppedRow {
  const change = history[now];
  if (change) return { fate: fateOf(change), before: change.before, after: change.after };
  const earlier = history.slice(0, now).findLast((each) => each);
  const later = history.slice(now + 1).find((each) => each);
  const rests = earlier ? earlier.after : later?.before;
  return { fate: undefined, before: rests, after: rests };
}

function fateOf({ before, after }: RowChange): Fate {
  if (!before) return "inserted";
  return after ? "updated" : "deleted";
}

/** What a step did, in figures: `+2 −1`. */
export function tally({ tables }: Step): string {
  const all = tables.flatMap(({ rows }) => rows.map(fateOf));
  const figure = (sign: string, fate: Fate): string => {
    const rows = all.filter((each) => each === fate).length;
    return rows > 0 ? `${sign}${rows}` : "";
  };
  const figures = [figure("+", "inserted"), figure("~", "updated"), figure("−", "deleted")];
  return figures.filter((each) => each !== "").join(" ");
}

/** What a step is, in a line. */
export function titleOf({ kind, query }: Step, queries: readonly QueryReport[]): string {
  if (kind !== "statement") return kind;
  return queries[query ?? -1]?.sql.join("; ") || "a statement that was not understood";
}
