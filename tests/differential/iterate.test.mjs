// iterate() gives the rows that awaiting the query gives, for every topic and for random queries.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cases } from "./compare.mjs";
import { fuzz } from "./fuzz.mjs";
import { print, runCase } from "./run.mjs";
import { pairs } from "./sides.mjs";

const iterates = (query) => typeof query?.iterate === "function";

/** The rows of a query, of which one for the first row has at most one; counts have none. */
const awaited = async (query) => {
  const result = await query;
  const counts = Object.hasOwn(Object(result), "lastInsertRowid");
  return iterates(query) && !counts ? [result ?? []].flat() : result;
};

async function iterated(query) {
  if (!iterates(query)) return query;
  const rows = [...query.iterate()];
  iterated.queries += 1;
  return rows;
}
iterated.queries = 0;

const sides = Object.fromEntries(
  Object.entries(pairs).map(([line, { ours }]) => [
    line,
    { peer: { ...ours, result: awaited }, ours: { ...ours, result: iterated } },
  ]),
);

const outcome = (given, side) => runCase(side, given.schema, given.run, given);
const shown = ({ result, contents, error }) => print({ result, contents, error });

test("the cases of the topics", async () => {
  iterated.queries = 0;
  for (const given of cases) {
    const { peer, ours } = sides[given.lines[0]];
    const expected = await outcome(given, peer);
    if (!Array.isArray(expected.result)) continue;
    assert.equal(shown(await outcome(given, ours)), shown(expected), given.name);
  }
  assert.ok(iterated.queries > 200, `${iterated.queries} queries were iterated over`);
});

test("random queries", async () => {
  iterated.queries = 0;
  const { report } = await fuzz({ seed: 20260202, cases: 400, sides });
  assert.equal(report, undefined);
  assert.ok(iterated.queries > 200, `${iterated.queries} queries were iterated over`);
});
