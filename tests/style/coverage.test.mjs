// tests/api/COVERAGE.md names a test for each row of the API.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { missing } from "../differential/known-differences.mjs";
import { coverageRows, isMissing, uncovered } from "./coverage.mjs";

const table = new URL("../api/COVERAGE.md", import.meta.url);
const rows = coverageRows(readFileSync(table, "utf8"));

function read(path) {
  const url = new URL(path, table);
  return existsSync(url) ? readFileSync(url, "utf8") : undefined;
}

test("every row of the API has a test that exists", (t) => {
  assert.ok(rows.length > 100, "the table was read");
  t.diagnostic(`not there: ${rows.filter(isMissing).length} of ${rows.length} rows`);
  const failing = Object.keys(missing).map((name) => name.split(" / ")[1]);
  assert.equal(uncovered(rows, read, failing).join("\n"), "");
});

test("a row without a test, a wrong file and a wrong name are found", () => {
  const text = "| item | test |\n| --- | --- |\n| a | |\n| b | [x](no.mjs) |\n| c | [x](f.mjs) |\n";
  const found = uncovered(
    coverageRows(`${text}| d | [y](f.mjs) |\n| e | not there: later |\n`),
    (path) => (path === "f.mjs" ? "y" : undefined),
  );
  assert.deepEqual(found, [
    "line 3: no test for a",
    "line 4: no.mjs does not exist",
    'line 5: "x" is not in f.mjs',
  ]);
});
