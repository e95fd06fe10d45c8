// A fixed part of the random cases; fuzz.mjs runs others, for longer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz.mjs";
import { candidate, latest, openPeer } from "./sides.mjs";

const seed = 20260101;
const cases = 4000;

test(`${cases} random cases from seed ${seed}`, async (t) => {
  const { refused, report } = await fuzz({ seed, cases });
  t.diagnostic(`${refused} refused by Drizzle itself`);
  assert.equal(report, undefined);
  assert.ok(refused < cases / 50, "the generator writes queries that Drizzle takes");
});

/** Drizzle, with a database that loses the last row it is given. */
function forgetful(side) {
  const open = () => {
    const client = openPeer();
    const exec = client.exec.bind(client);
    client.exec = (sql) => exec(sql.replace(/insert [^;]*;\s*$/, ""));
    return client;
  };
  return { ...side, open };
}

test("a difference is found, and made small", async () => {
  const sides = Object.fromEntries(
    [latest, candidate].map((side) => [side.line, { peer: side, ours: forgetful(side) }]),
  );
  const { report } = await fuzz({ seed: 1, cases: 200, sides });
  assert.match(report, /^seed \d+\n/);
  assert.equal(report.match(/create table/g).length, 1);
  assert.equal(report.match(/insert into/g).length, 1);
});
