// Each case of topics/ on Drizzle and on ours: equal rows, or both fail.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, compare, comparedLines, isNamed, outcomeOf, printed } from "./compare.mjs";
import { better, lineDifferences, missing } from "./known-differences.mjs";
import { pairs } from "./sides.mjs";

const byName = new Map(cases.map((given) => [given.name, given]));

for (const given of cases)
  for (const line of comparedLines(given)) {
    const options = { todo: missing[given.name] };
    test(`${line}: ${given.name}`, options, () => compare(given, line));
  }

test("names of cases are unique", () => assert.equal(byName.size, cases.length));

test("the lines of Drizzle differ where the table says so", async () => {
  for (const entry of lineDifferences) {
    const named = cases.filter(({ name }) => isNamed(entry, name));
    assert.ok(named.length > 0, `no case ${entry.name}`);
    for (const given of named) {
      const prints = [];
      for (const line of given.lines)
        prints.push(printed(given, await outcomeOf(given, pairs[line].peer)));
      assert.notEqual(prints[0], prints[1], given.name);
    }
  }
});

test("every known difference names a case", () => {
  for (const name of Object.keys(missing)) assert.ok(byName.has(name), name);
  for (const entry of better)
    assert.ok(
      cases.some(({ name }) => isNamed(entry, name)),
      `${entry.name}`,
    );
});
