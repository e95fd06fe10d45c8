// What a page downloads may not grow unnoticed: budget.json holds the most bytes, the measured
// sizes and 3 % more. `node tests/bench/budget.test.mjs --update` lowers it to the sizes of now.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { appSizes } from "./bundle.mjs";

const file = new URL("budget.json", import.meta.url);
const budget = JSON.parse(readFileSync(file, "utf8"));
const { wasm, script } = await appSizes("virga");
const sizes = {
  "virga.wasm": wasm.raw,
  "virga.wasm, brotli": wasm.brotli,
  "the smallest application's JavaScript": script.raw,
  "the smallest application's JavaScript, brotli": script.brotli,
};

if (process.argv.includes("--update")) {
  const changed = Object.entries(sizes).map(([name, bytes]) => [name, Math.ceil(bytes * 1.03)]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(changed), null, 2)}\n`);
} else {
  for (const [name, bytes] of Object.entries(sizes)) {
    test(`${name} within its budget`, () => {
      assert.ok(bytes <= budget[name], `${name} has ${bytes} bytes, the budget is ${budget[name]}`);
    });
  }
}
