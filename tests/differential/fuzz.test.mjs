// A fixed part of the random cases; fuzz.mjs runs others, for longer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz.mjs";
import { missing } from "./known-differences.mjs";

const seed = 20260101;
const cases = 5000;

test(`${cases} random cases from seed ${seed}`, { todo: missing.fuzz }, async (t) => {
  const { refused, report } = await fuzz({ seed, cases });
  t.diagnostic(`${refused} refused by Drizzle itself`);
  assert.equal(report, undefined);
  assert.ok(refused < cases / 50, "the generator writes queries that Drizzle takes");
});
