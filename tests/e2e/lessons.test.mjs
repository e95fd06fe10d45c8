// The lessons: each ends as it is meant to, and shows what it says is to be looked at, where it says so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

/** By lesson: how it ends, its pane, and what is in it. */
const expected = {
  "one-to-one": ["Done", "result", /account\s+id\s*1\s+userId\s*1\s+provider\s*"google"/],
  "tables-and-keys": ["Done", "schema", /users[^]*accounts/],
  "the-relation": ["Done", "result", /user\{ id: 1, name: "Alice"/],
  "foreign-keys": ["Done", "transactions", /delete from "users"[^]*~1 −2/],
  "one-or-many": ["Done", "result", /constraint_unique[^]*posts\s*2 rows/],
  "update-and-delete": ["Done", "result", /Alice Liddell[^]*Deleted user[^]*refers to the row/],
  "filters-and-counts": ["Done", "result", /account: null[^]*\n1\n[^]*Bob/],
  "type-safety": ["Done", "result", /account\s*null/],
  "all-or-nothing": ["Done", "transactions", /rollback/i],
  "one-to-many": ["Done", "result", /comments\s*2 rows[^]*Page 12/],
  "many-to-many": ["Done", "result", /members\s*2 rows/],
  "self-relation": ["Done", "result", /reports\s*1 row[^]*Pia[^]*depth: 2/],
  "filter-by-relations": ["Done", "sql", /exists \(/],
  "joins-and-groups": ["Done", "result", /town: "Arica", reading: null/],
  upserts: ["Done", "result", /seen: 2[^]*"dark"[^]*"light"[^]*0 rows/],
  values: ["Done", "result", /9007199254740993n[^]*drops\s*"blob"/],
  transactions: ["Done", "transactions", /rollback to/i],
  errors: ["Failed", "result", /Nearest: "readings"/],
  indexes: ["Done", "trace", /SCAN readings[^]*Try this index/],
  migrations: ["Done", "data", /Take that of the last run/],
};

test(
  "each ends as it should, and shows what is to be looked at",
  { timeout: 240_000 },
  async () => {
    const opened = await playground.open();
    const { page } = opened;
    await page.click("#lessons");
    const ids = await page.$$eval("[data-lesson]", (all) => all.map((each) => each.dataset.lesson));
    assert.deepEqual(ids, Object.keys(expected));
    await page.keyboard.press("Escape");
    for (const [id, [end, pane, shown]] of Object.entries(expected)) {
      await opened.lesson(id);
      assert.equal((await opened.status()).split(" ")[0], end, id);
      assert.equal(await page.getAttribute(`#tab-${pane}`, "aria-selected"), "true", id);
      if (pane === "trace") await page.waitForSelector(".advice");
      assert.match(await opened.pane(pane), shown, id);
    }
    await opened.close();
  },
);

test("one after the other; the line says what to look at, and can be closed", async () => {
  const opened = await playground.open();
  const { page } = opened;
  assert.match(await page.innerText("#lesson"), /^1\. One user, one account\./);
  await page.evaluate(() => (document.body.dataset.state = ""));
  await page.click("#lesson >> text=Next lesson");
  await opened.ended();
  assert.match(await page.innerText("#lesson"), /^2\. Tables and keys\. The diagram has no line/);
  assert.equal(await page.getAttribute("#tab-schema", "aria-selected"), "true");
  assert.match(await page.innerText("#shelf"), /^Tables and keys/);
  assert.equal(await page.locator("svg.diagram .box").count(), 2);
  assert.equal(await page.locator("svg.diagram .link").count(), 0);

  await page.click("#lessons");
  assert.equal(await page.innerText("[aria-current=true] b"), "Tables and keys");
  await page.keyboard.press("Escape");
  await page.click("#lesson [aria-label='Close this line']");
  assert.ok(await page.isHidden("#lesson"));
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("an address leads to a lesson, once", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const own = page.url();
  await page.goto(`${own}?lesson=upserts`);
  await opened.ended();
  assert.match(await page.innerText("#lesson"), /Insert, or update/);
  assert.equal(page.url(), own);
  await opened.write("query", "1 + 1;");
  await opened.run();
  await page.waitForFunction(() =>
    /^Insert, or update$/.test(document.querySelector("#shelf").innerText),
  );
  await page.reload();
  await opened.ended();
  assert.match(await page.innerText("#editor"), /1 \+ 1/);

  await page.goto(`${own}?lesson=nothing`);
  await opened.ended();
  assert.match(await page.innerText("#lesson"), /^1\./);
  await opened.close();
});

test("the gallery opens at the lesson that is open, with the way out in sight", async () => {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ]) {
    const opened = await playground.open({ viewport });
    const { page } = opened;
    await opened.lesson("migrations");
    await page.click("#lessons");
    const inSight = (selector) =>
      page.$eval(`dialog[open] ${selector}`, (each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return each.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
    assert.ok(await inSight("[aria-current=true]"));
    assert.ok(await inSight("[aria-label=Close]"));
    await opened.close();
  }
});

test("a schema that changes: data is taken, a column renamed, and its rows are kept", async () => {
  const opened = await playground.open();
  const { page } = opened;
  await opened.lesson("migrations");
  await page.getByRole("button", { name: "Take that of the last run" }).click();
  await page.waitForSelector(".grid");
  await opened.write(
    "schema",
    `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
export const people = sqliteTable('people', {
  id: integer('id').primaryKey(),
  fullName: text('full_name').notNull(),
  email: text('email').notNull().unique(),
  born: integer('born'),
});`,
  );
  await page.click("#tab-lab");
  await page.getByRole("button", { name: "Look at the changes" }).click();
  await page.waitForSelector("#pane-lab select, #pane-lab input");
  assert.match(await page.innerText("#pane-lab"), /people/);
  await opened.close();
});
