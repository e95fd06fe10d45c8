// What the checker pays for Virga's types and for drizzle-orm's, on the same programs:
//   node tests/types/cost/cost.mjs [--tables 10,100,300] [--rounds 5] [--json]
//     [--sides "virga relations,drizzle relations"]
// COST.md tells what is measured. Needs build/npm.
import { mkdtempSync, rmSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compilers, measure } from "./measure.mjs";
import { sides, writeProgram } from "./program.mjs";

const { values: options } = parseArgs({
  options: {
    tables: { type: "string", default: "10,100,300" },
    rounds: { type: "string", default: "5" },
    sides: { type: "string", default: Object.keys(sides).join() },
    json: { type: "boolean", default: false },
  },
});

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The costs of sides with so many tables: counts once, times as medians of rounds. */
async function costs(folder, names, tables, rounds) {
  const cells = names.flatMap((side) =>
    Object.keys(compilers).map((compiler) => ({ tables, side, compiler, times: [] })),
  );
  for (const side of names) writeProgram(join(folder, side, `${tables}`), side, tables);
  for (let round = 0; round < rounds; round++) {
    for (const cell of cells) {
      const cost = await measure(join(folder, cell.side, `${tables}`), cell.compiler);
      if (cost.errors.length > 0) throw new Error(`${cell.side}:\n${cost.errors.join("\n")}`);
      cell.times.push(cost.check);
      Object.assign(cell, cost, { check: middle(cell.times) });
    }
  }
  return cells.map(({ times: _times, errors: _errors, ...cell }) => cell);
}

/** Rows of a table in Markdown; `ratio` is to the peer of the side. */
function table(cells) {
  const lines = cells.map((cell) => {
    const { peer } = sides[cell.side];
    const other = cells.find(
      ({ tables, side, compiler }) =>
        tables === cell.tables && side === peer && compiler === cell.compiler,
    );
    const ratio = (key) => (other ? ` (${(cell[key] / other[key]).toFixed(2)})` : "");
    return [
      cell.tables,
      cell.side,
      cell.compiler,
      `${cell.instantiations.toLocaleString("en")}${ratio("instantiations")}`,
      cell.types.toLocaleString("en"),
      `${cell.check.toFixed(2)}${ratio("check")}`,
      Math.round(cell.memory),
    ];
  });
  const head = [
    "tables",
    "side",
    "TypeScript",
    "instantiations",
    "types",
    "check, s",
    "memory, MB",
  ];
  const rule = ["--:", "---", "--:", "--:", "--:", "--:", "--:"];
  return [head, rule, ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

const names = options.sides.split(",");
for (const name of names) {
  if (!(name in sides))
    throw new Error(`There is no side "${name}"; sides are ${Object.keys(sides).join(", ")}.`);
}
const build = fileURLToPath(new URL("../../../build/", import.meta.url));
mkdirSync(build, { recursive: true });
const folder = mkdtempSync(join(build, "types-cost-"));
try {
  const cells = [];
  for (const tables of options.tables.split(",").map(Number))
    cells.push(...(await costs(folder, names, tables, Number(options.rounds))));
  console.log(options.json ? JSON.stringify(cells, undefined, 2) : table(cells));
} finally {
  rmSync(folder, { recursive: true });
}
