// What the types cost the checker: counts of instantiations, which are the same on every machine.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";
import { sides, writeProgram } from "./program.mjs";

// For 100 tables with 20 columns: the measured count and 5 %. COST.md tells how to look into it.
const budgets = { "virga relations": 340_000, "virga defineRelations": 257_000 };

const build = fileURLToPath(new URL("../../../build/", import.meta.url));
mkdirSync(build, { recursive: true });
const folder = mkdtempSync(join(build, "types-cost-"));
after(() => rmSync(folder, { recursive: true }));

/** The cost of a side's program, which has no errors. */
async function cost(side, tables, compiler) {
  const program = join(folder, side, `${tables}`);
  writeProgram(program, side, tables);
  const { errors, instantiations } = await measure(program, compiler);
  assert.deepEqual(errors, []);
  return instantiations;
}

for (const [side, budget] of Object.entries(budgets)) {
  test(`${side}: 100 tables`, async () => {
    const own = await cost(side, 100, 7);
    const theirs = await cost(sides[side].peer, 100, 7);
    assert.ok(own <= budget, `${own} instantiations, the budget is ${budget}`);
    assert.ok(own <= theirs / 2, `${own} instantiations, half of drizzle-orm's are ${theirs / 2}`);
  });

  // TS2589, "excessively deep", would be an error.
  for (const compiler of [6, 7])
    test(`${side}: 8 levels in a circle of tables, TypeScript ${compiler}`, () =>
      cost(side, 10, compiler));
}
