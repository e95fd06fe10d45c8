// The page is for everyone: axe-core finds nothing in any pane or dialog, in light, dark and high contrast, on a
// desktop and at 360 px, where nothing sticks out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startPlayground } from "./playground.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

/** What axe-core finds in what is shown: rule, and the elements it is about. */
async function violations(page, view) {
  await page.evaluate(axe);
  const run = () =>
    page.evaluate(async () => {
      // A frame in which nothing is shown holds no content to look at.
      const { violations: list } = await axe.run({ exclude: ["iframe"] });
      return list.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120))}`);
    });
  // It fails when an element that it looks at goes meanwhile, as marks of the editor may.
  const found = await run().catch(run);
  return found.map((each) => `${view}: ${each}`);
}

async function look(options) {
  const opened = await playground.open(options);
  const { page } = opened;
  const found = [];
  const panes = await page.$$eval("#tabs [role=tab]", (tabs) => tabs.map(({ id }) => id));
  assert.ok(panes.length > 5);
  await page.click("#tab-data");
  await page.getByRole("button", { name: "Take that of the last run" }).click();
  await page.waitForSelector(".grid");
  await page.click("#tab-lab");
  await page.getByRole("button", { name: "Look at the changes" }).click();
  await page.waitForSelector("text=Nothing differs");
  for (const id of panes) {
    await page.click(`#${id}`);
    if (id === "tab-trace") await page.waitForSelector(".stage");
    found.push(...(await violations(page, id)));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= options.viewport.width, `${id} is ${width} px wide`);
  }
  for (const button of ["#lessons", "#shelf", "#share"]) {
    await page.click(button);
    await page.waitForSelector("dialog[open]");
    found.push(...(await violations(page, button)));
    await page.keyboard.press("Escape");
  }
  await opened.write("query", failing);
  await opened.run();
  await page.click("#tab-result");
  found.push(...(await violations(page, "an error")));
  await page.click("#tab-transactions");
  for (const sql of ["update", "delete"]) {
    await page.click(`.step:has-text("${sql}")`);
    found.push(...(await violations(page, `the step of ${sql}`)));
  }
  assert.deepEqual(found, []);
  await opened.close();
}

const failing = `import { db } from './db';
import { sql } from 'drizzle-orm';
await db.transaction(async (tx) => {
  tx.run(sql\`create table t (a)\`);
  tx.run(sql\`insert into t values (1), (2)\`);
  tx.run(sql\`update t set a = 3 where a = 1\`);
  tx.run(sql\`delete from t where a = 2\`);
  tx.rollback();
});`;
const desktop = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };
const settings = [
  ["light", { viewport: desktop, colorScheme: "light" }],
  ["dark", { viewport: desktop, colorScheme: "dark" }],
  ["high contrast", { viewport: desktop, contrast: "more" }],
  ["forced colours", { viewport: desktop, forcedColors: "active" }],
  ["a phone", { viewport: phone, colorScheme: "dark", reducedMotion: "reduce" }],
];
for (const [name, options] of settings)
  test(`axe-core finds nothing: ${name}`, { timeout: 240_000 }, () => look(options));

test("the keyboard alone opens, writes, runs and reads", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      return element.id || element.getAttribute("aria-label") || element.className;
    });
  const tabTo = async (wanted) => {
    for (let left = 60; left > 0; left -= 1) {
      if (wanted.test(await focused())) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`Tab does not lead to ${wanted}, but to ${await focused()}`);
  };
  await tabTo(/^file-query/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await tabTo(/^query\.ts$|cm-content/);
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("[{ nimbus: 1 }, { nimbus: 2 }]");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => /nimbus/.test(document.querySelector("#pane-result").innerText));
  await tabTo(/^tab-result/);
  await page.keyboard.press("End");
  assert.equal(await focused(), "tab-lab");
  await page.keyboard.press("Home");
  await tabTo(/^pane-result$/);
  await opened.close();
});
