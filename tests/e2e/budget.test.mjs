// What the first result costs: the bytes that come over the network before it, and the time until it is there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";
import { startPlayground } from "./playground.mjs";

/** Measured, and 3 % more: raise them only for something that is worth it. */
const mostBytes = 990_000;
/** A limit for slow machines under load; the figure itself is printed. */
const mostMilliseconds = 5_000;

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

const compressed = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;

test("bytes before the first result", async (t) => {
  const opened = await playground.open();
  const names = await opened.page.evaluate(() => {
    const end = performance.getEntriesByName("first result")[0].startTime;
    return performance
      .getEntriesByType("resource")
      .filter(({ startTime }) => startTime < end)
      .map(({ name }) => name)
      .filter((name) => name.startsWith(location.origin));
  });
  const sizes = [];
  for (const name of new Set([...names, opened.page.url()])) {
    const response = await opened.page.request.get(name);
    sizes.push([name.split("/").at(-1) || "index.html", compressed(await response.body())]);
  }
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  t.diagnostic(`${total} bytes as brotli: ${sizes.map((each) => each.join(" ")).join(", ")}`);
  assert.ok(sizes.some(([name]) => name.endsWith(".wasm")));
  assert.ok(total <= mostBytes, `${total} bytes, more than ${mostBytes}`);
  await opened.close();
});

test("time to the first result", async (t) => {
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const opened = await playground.open();
    times.push(
      await opened.page.evaluate(() => performance.getEntriesByName("first result")[0].startTime),
    );
    await opened.close();
  }
  times.sort((a, b) => a - b);
  t.diagnostic(`${times.map(Math.round).join(", ")} ms after the navigation`);
  assert.ok(times[1] <= mostMilliseconds, `${times[1]} ms`);
});
