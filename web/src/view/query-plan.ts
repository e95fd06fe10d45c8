import { h } from "./dom.js";

/** What a line of a query plan means, and whether there is something to think about. */
export interface PlanWords {
  readonly words: string;
  /** `scan`: all rows are read, or an index is made each time; `sort`: rows are gathered before the first comes. */
  readonly mark?: "scan" | "sort";
}

type Rule = readonly [RegExp, (match: RegExpExecArray) => PlanWords];

const plain = (words: string): PlanWords => ({ words });

/** The lines of EXPLAIN QUERY PLAN: https://sqlite.org/eqp.html and explainQueryPlan of SQLite's where code. */
const rules: readonly Rule[] = [
  [/^SCAN CONSTANT ROW$/, () => plain("One row without a table")],
  [
    /^SCAN (.+?) VIRTUAL TABLE INDEX/,
    ([, table]) => plain(`Asks the virtual table ${table} for its rows`),
  ],
  [
    /^SCAN (.+?) USING (COVERING )?INDEX (\S+)/,
    ([, table, covering, index]) => ({
      words: covering
        ? `Reads all of the index ${index}, which has every column that is needed of ${table}`
        : `Reads all rows of ${table} in the order of the index ${index}`,
      mark: "scan",
    }),
  ],
  [
    /^SCAN (.+?)( LEFT-JOIN)?$/,
    ([, table]) => ({ words: `Reads all rows of ${table}`, mark: "scan" }),
  ],
  [
    /^SEARCH (.+?) USING AUTOMATIC (?:PARTIAL )?(?:COVERING )?INDEX \((.+)\)/,
    ([, table, columns = ""]) => ({
      words: `Makes an index of ${table} for this one query, and finds rows in it ${by(columns)}`,
      mark: "scan",
    }),
  ],
  [
    /^SEARCH (.+?) USING INTEGER PRIMARY KEY \((.+)\)/,
    ([, table, columns = ""]) =>
      plain(
        columns === "rowid=?"
          ? `Finds the row of ${table} by its primary key`
          : `Finds rows of ${table} by their primary key, ${conditions(columns)}`,
      ),
  ],
  [
    /^SEARCH (.+?) USING (COVERING )?INDEX (\S+) \((.+)\)/,
    ([, table, covering, index, columns = ""]) =>
      plain(
        `Finds rows of ${table} ${by(columns)}, in the index ${index}${covering ? ", which has every column that is needed" : ""}`,
      ),
  ],
  [
    /^SEARCH (.+?) USING PRIMARY KEY \((.+)\)/,
    ([, table, columns = ""]) =>
      plain(`Finds rows of ${table} by their primary key, ${conditions(columns)}`),
  ],
  [/^SEARCH (.+)$/, ([, table]) => plain(`Finds the least or the greatest of ${table}`)],
  [
    /^USE TEMP B-TREE FOR (.+)$/,
    ([, what = ""]) => ({
      words: `Sorts for ${what.toLowerCase()}: no index has that order`,
      mark: "sort",
    }),
  ],
  [
    /^CO-ROUTINE (.+)$/,
    ([, name]) => plain(`Rows of ${name}, one at a time when they are asked for:`),
  ],
  [/^MATERIALIZE (.+)$/, ([, name]) => plain(`Rows of ${name}, gathered before they are used:`)],
  [/^RECURSIVE STEP$/, () => plain("For each row found so far, again:")],
  [/^SETUP$/, () => plain("At first:")],
  [/^COMPOUND QUERY$/, () => plain("Several queries as one:")],
  [/^LEFT-MOST SUBQUERY$/, () => plain("The first of them:")],
  [
    /^(UNION ALL|UNION|INTERSECT|EXCEPT)(?: USING TEMP B-TREE)?$/,
    ([, set = ""]) => plain(`${set.toLowerCase()}:`),
  ],
  [/^MERGE \((.+)\)$/, ([, set = ""]) => plain(`Both sides in order, by ${set.toLowerCase()}:`)],
  [/^(LEFT|RIGHT)$/, ([, side = ""]) => plain(`The ${side.toLowerCase()} side:`)],
  [/^MULTI-INDEX OR$/, () => plain("A search for each side of OR:")],
  [/^INDEX (\d+)$/, ([, number]) => plain(`Search ${number}:`)],
  [/^CORRELATED (SCALAR|LIST) SUBQUERY/, () => plain("Once for each row around it:")],
  [/^(?:SCALAR|LIST) SUBQUERY/, () => plain("Once, its answer is kept:")],
  [/^REUSE (?:LIST|SCALAR) SUBQUERY/, () => plain("The same answer again")],
  [
    /^BLOOM FILTER ON (\S+) \((.+)\)/,
    ([, table, columns = ""]) =>
      plain(`A quick test ${by(columns)} passes over most rows without a match in ${table}`),
  ],
  [
    /^RIGHT-JOIN (.+)$/,
    ([, table]) => plain(`Then the rows of ${table} that nothing was joined to:`),
  ],
];

/** What a line of a query plan means; the line itself where it is one that nobody knew. */
export function planWords(line: string): PlanWords {
  for (const [pattern, say] of rules) {
    const match = pattern.exec(line);
    if (match) return say(match);
  }
  return { words: line };
}

/** `a=? AND b>?` as words. */
function conditions(columns: string): string {
  return columns
    .split(" AND ")
    .map((each) =>
      each.replace(
        /^(.+?)(=|<|>|<=|>=)\?$/,
        (_, name: string, sign: string) => `${name} ${sign} …`,
      ),
    )
    .join(" and ");
}

const by = (columns: string): string => `by ${conditions(columns).replaceAll(" = …", "")}`;

/** SQLite's EXPLAIN QUERY PLAN, whose lines are indented by depth, as a tree in words. */
export function planTree(lines: readonly string[]): HTMLElement {
  const root = h("ul", { class: "query-plan", "aria-label": "Query plan" });
  const open: { readonly depth: number; readonly list: HTMLElement }[] = [
    { depth: -1, list: root },
  ];
  for (const line of lines) {
    const depth = line.length - line.trimStart().length;
    while (open.length > 1 && (open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const nested = h("ul");
    const text = line.trim();
    const { words, mark } = planWords(text);
    const item = h("li", {}, h("span", { class: mark ?? "seek" }, words));
    if (words !== text) item.append(" ", h("code", {}, text));
    item.append(nested);
    open.at(-1)?.list.append(item);
    open.push({ depth, list: nested });
  }
  for (const empty of root.querySelectorAll("ul:empty")) empty.remove();
  return root;
}
