// The documents beside the page, in a real browser; and what the page's guide says, done in the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, it } from "node:test";
import { blocksOf } from "../docs/documents.mjs";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

it("the guide has the page's theme, a search, and a way back", { timeout: 180_000 }, async () => {
  const opened = await playground.open({ colorScheme: "light" });
  const { page, problems } = opened;
  await page.click("#theme");
  await page.click("text=Guide");
  await page.waitForURL(/docs\/index\.html$/);
  const scheme = () => page.evaluate(() => getComputedStyle(document.body).colorScheme);
  assert.equal(await scheme(), "dark");
  await page.keyboard.press("/");
  await page.keyboard.type("findMany");
  await page.waitForSelector("#tsd-search-results li a");
  await page.keyboard.press("Escape");
  await page.click("text=JavaScript and TypeScript");
  await page.waitForSelector("#install-and-open");
  await page.click("text=Playground");
  await opened.ended();
  assert.deepEqual(problems, []);
  await opened.close();
});

it("the samples of the page's guide run in the page", { timeout: 180_000 }, async () => {
  const guide = readFileSync(new URL("../../web/docs/guide.md", import.meta.url), "utf8");
  const samples = blocksOf(guide).filter(({ language }) => language === "ts");
  const texts = samples.map(({ text }) => text);
  const [schema, connection, query] = texts;
  assert.equal(texts.length, 3);
  const opened = await playground.open();
  // The connection may be left out.
  for (const upper of [`${schema}\n${connection}`, schema]) {
    await opened.write("schema", upper);
    await opened.write("query", query);
    await opened.run();
    assert.match(await opened.pane("result"), /2 rows[^]*"Bergen"[^]*31[^]*12[^]*"Arica"/);
  }
  assert.deepEqual(opened.problems, []);
  await opened.close();
});
