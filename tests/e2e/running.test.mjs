// What runs: everything, the statements that are selected, that at the cursor, or what stands there while one types.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

const schema = `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { id: integer().primaryKey(), name: text() });
`;
const query = `import { db } from "./db";
import { users } from "./db/schema";

await db.insert(users).values({ name: "Ada" }).returning();

// The second one.
const two = await add(
  "Grace",
);

await db.select({ name: users.name }).from(users);
await db.delete(users);
throw new Error("never reached");
function add(name: string) {
  return db.insert(users).values({ name }).returning();
}
`;

async function written() {
  const opened = await playground.open();
  await opened.write("schema", schema);
  await opened.write("query", query);
  return opened;
}

/** Puts the cursor at the begin of a line of the file that is shown. */
async function toLine(page, line) {
  await page.click("#editor .cm-content");
  await page.keyboard.press("Control+Home");
  for (let at = 1; at < line; at += 1) await page.keyboard.press("ArrowDown");
}

async function runBy(opened, keys) {
  const { page } = opened;
  await page.evaluate(() => (document.body.dataset.state = ""));
  await page.keyboard.press(keys);
  await opened.ended();
  return [await opened.status(), (await opened.pane("result")).replaceAll(/\s+/g, " ")];
}

test("the statement at the cursor, after those above it and without those below", async () => {
  const opened = await written();
  const { page } = opened;
  await toLine(page, 11);
  let [status, result] = await runBy(opened, "Control+Shift+Enter");
  assert.match(status, /^Done in .* · 3 queries · query\.ts, line 11$/);
  assert.match(result, /0\{ name: "Ada" \} 1\{ name: "Grace" \}/);
  assert.doesNotMatch(result, /id: 1/);

  await toLine(page, 8);
  [status, result] = await runBy(opened, "Control+Shift+Enter");
  assert.match(status, /^Done in .* · 2 queries · query\.ts, line 8$/);
  assert.match(result, /id: 2, name: "Grace"/, "a declaration shows its value");

  await toLine(page, 6);
  [status, result] = await runBy(opened, "Control+Shift+Enter");
  assert.match(status, /· 1 query ·/, "between statements it is the one above");
  assert.match(result, /id: 1, name: "Ada"/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("the statements that are selected; everything without a selection", async () => {
  const opened = await written();
  const { page } = opened;
  await toLine(page, 4);
  for (let lines = 0; lines < 8; lines += 1) await page.keyboard.press("Shift+ArrowDown");
  let [status, result] = await runBy(opened, "Control+Enter");
  assert.match(status, /^Done in .* · 4 queries · query\.ts, lines 4 to 12$/);
  assert.match(result, /id: 1, name: "Ada" .*0\{ name: "Ada" \}/);
  assert.match(result, /2 rows changed/);

  await toLine(page, 4);
  [status, result] = await runBy(opened, "Control+Enter");
  assert.match(status, /^Failed after .* · 4 queries$/);
  assert.match(result, /never reached/);

  await opened.show("schema");
  await toLine(page, 1);
  [status] = await runBy(opened, "Control+Shift+Enter");
  assert.match(status, /^Failed after .* · 4 queries$/, "other files run with everything");
  await opened.close();
});

test("a program can run while it is typed; what does not compile yet does not", async () => {
  const opened = await playground.open();
  const { page } = opened;
  await opened.write("schema", schema);
  await opened.write("query", "1 + 1;");
  await page.click("#live");
  await page.waitForFunction(() => /\b2\b/.test(document.querySelector("#pane-result").innerText));
  await page.click("#editor .cm-content");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" 40 + 2");
  await page.waitForFunction(() => /\b42\b/.test(document.querySelector("#pane-result").innerText));
  await page.keyboard.type(" + ");
  await page.waitForSelector("#editor .cm-lintRange-error");
  assert.match(await page.innerText("#pane-result"), /\b42\b/);
  await page.click("#live");
  await page.keyboard.press("Control+End");
  await opened.close();
});
