import { sql, type SQL } from "virga";
import { shownCell } from "./cell-text.js";
import type { Bar, Cell, ColumnInfo, ColumnSummary } from "./protocol.js";

const bins = 20;
const mostValues = 6;

/** Runs a query of one row. */
type One = (query: SQL) => Readonly<Record<string, Cell>>;
type All = (query: SQL) => readonly Readonly<Record<string, Cell>>[];

/**
 * What the values of a column are like: numbers in bins of equal width, other values by how often they occur.
 *
 * @param from the rows: `from "table"`, with a filter or without
 */
export function summarize({ name }: ColumnInfo, from: SQL, all: All): ColumnSummary {
  const one: One = (query) => all(query)[0] ?? {};
  const column = sql.identifier(name);
  const facts =
    one(sql`select count(*) as n, count(${column}) as present, count(distinct ${column}) as different,
    min(${column}) as least, max(${column}) as most,
    sum(typeof(${column}) in ('integer', 'real')) as numbers ${from}`);
  const number = (key: string): number => Number(facts[key] ?? 0);
  const present = number("present");
  const common = {
    name,
    nulls: number("n") - present,
    different: number("different"),
    least: shown(facts["least"] ?? null),
    most: shown(facts["most"] ?? null),
  };
  if (present === 0 || common.different === 1)
    return { ...common, kind: "values", bars: [], others: 0 };
  const counted = sql`count(*) as n ${from}`;
  if (number("numbers") === present && common.different > mostValues) {
    const range = [Number(facts["least"]), Number(facts["most"])] as const;
    const rows =
      all(sql`select min(cast((${column} - ${range[0]}) * ${bins} / (${range[1]} - ${range[0]} + 0.0) as integer),
      ${bins - 1}) as v, ${counted} group by 1`);
    return { ...common, kind: "range", bars: binsOf(rows, range), others: 0 };
  }
  // Where hardly a value occurs twice, none says anything about the others.
  if (common.different > present / 2 && common.different > mostValues)
    return { ...common, kind: "values", bars: [], others: 0 };
  const rows = all(
    sql`select ${column} as v, ${counted} group by 1 order by 2 desc, 1 limit ${mostValues + 1}`,
  );
  const bars = rows
    .filter(({ v }) => v !== null)
    .slice(0, mostValues)
    .map(({ v = null, n }): Bar => ({ label: shown(v), count: Number(n) }));
  const others = present - bars.reduce((sum, bar) => sum + bar.count, 0);
  return { ...common, kind: "values", bars, others };
}

/** All bins of a range, those without rows included. */
function binsOf(
  rows: readonly Readonly<Record<string, Cell>>[],
  [least, most]: readonly [number, number],
): Bar[] {
  const width = (most - least) / bins;
  const edge = (at: number): string => String(Number((least + at * width).toPrecision(6)));
  return Array.from({ length: bins }, (_, bin) => ({
    label: `${edge(bin)} to ${edge(bin + 1)}`,
    count: Number(rows.find(({ v }) => v === bin)?.["n"] ?? 0),
  }));
}

function shown(value: Cell): string {
  const { text } = shownCell(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
