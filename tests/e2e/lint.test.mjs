// The schema's lint in the editor: marks, explanations and fixes; lint-rules.test.mjs has all rules.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPlayground } from "./playground.mjs";

let playground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground.close());

const schema = (author, extra = "") => `import { relations } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { id: integer().primaryKey(), name: text() });
export const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").notNull()${author},
});
export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
}));
${extra}`;
const reference = ".references(() => users.id)";
const query = `import { db } from './db';
import { users, posts } from './db/schema';
await db.insert(users).values({ id: 1, name: "Ada" });
await db.insert(posts).values({ id: 1, authorId: 1 });
`;

/** The text that advice marks in the file that is shown. */
const advised = (page) =>
  page.$$eval("#editor .cm-advised", (marks) => marks.map((mark) => mark.textContent));

const waitForAdvice = (page, expected) =>
  page.waitForFunction(
    (list) =>
      list ===
      [...document.querySelectorAll("#editor .cm-advised")].map((each) => each.textContent).join(),
    expected,
  );

/** What is said of what is marked, to those who point at it. */
const explain = (opened) => opened.pointed("#editor .cm-advised", ".cm-tooltip-lint");

/** Presses the fix of what is marked, as pointers do. */
async function fix(opened, label) {
  assert.match(await explain(opened), new RegExp(label));
  await opened.page.click(`.cm-diagnosticAction:has-text("${label}")`);
}

test("a fix is made, undone, and made again by keys", async () => {
  const opened = await playground.open();
  const { page } = opened;
  await opened.write("query", query);
  await opened.write("schema", schema(""));
  await waitForAdvice(page, "authorId");
  assert.match(await explain(opened), /no foreign key, but the relation/);
  await fix(opened, "Add .references");
  await waitForAdvice(page, "");
  const text = () => page.innerText("#editor .cm-content");
  assert.match(await text(), /notNull\(\)\.references\(\(\) => users\.id\),/);
  await page.keyboard.press("Control+z");
  await waitForAdvice(page, "authorId");
  assert.doesNotMatch(await text(), /references\(\(\)/);

  await page.focus("#editor .cm-content");
  await page.keyboard.press("Control+Shift+M");
  await page.waitForSelector(".cm-panel-lint");
  assert.match(await page.innerText(".cm-panel-lint"), /no foreign key/);
  await page.keyboard.press("a");
  await waitForAdvice(page, "");
  await opened.run();
  assert.match(await opened.status(), /^Done/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("an explanation stays while the program is looked at again", async () => {
  const opened = await playground.open();
  const { page } = opened;
  await opened.write("query", query);
  await opened.write("schema", schema(""));
  await waitForAdvice(page, "authorId");
  await explain(opened);
  const card = await page.$(".cm-tooltip-lint");
  await page.keyboard.press("Control+Enter");
  await opened.ended();
  assert.match(await opened.status(), /^Done/);
  assert.ok(await card.isVisible());
  await opened.close();
});

test("fixes of other files, and of several at once", async () => {
  const opened = await playground.open();
  const { page } = opened;
  const many =
    "export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));";
  const connection = `
// db/index.ts
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import * as schema from "./schema";
const pool = new Pool();
export const db = drizzle(pool);`;
  await opened.write("schema", `// db/schema.ts\n${schema(reference, many)}${connection}`);
  await opened.write("query", `${query}await db.query.users.findMany({ with: { posts: true } });`);
  await opened.show("schema");
  await waitForAdvice(page, "drizzle");
  await opened.run();
  assert.match(await opened.status(), /^Failed/);
  await opened.show("schema");
  await waitForAdvice(page, "drizzle");
  await fix(opened, "Pass schema");
  await waitForAdvice(page, "");
  await opened.run();
  assert.match(await opened.status(), /^Done/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("a parent that is deleted before its child", async () => {
  const opened = await playground.open();
  const { page } = opened;
  await opened.write("schema", schema(reference));
  await opened.write("query", `${query}await db.delete(users);\nawait db.delete(posts);`);
  await waitForAdvice(page, "db.delete(users)");
  await opened.run();
  assert.match(await opened.status(), /^Failed/);
  await opened.show("query");
  await fix(opened, "Swap the deletes");
  await waitForAdvice(page, "");
  await opened.run();
  assert.match(await opened.status(), /^Done/);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("marks stand beside errors, move with the text, and go with what does not compile", async () => {
  const opened = await playground.open();
  const { page } = opened;
  await opened.write("query", query);
  await opened.write("schema", schema(""));
  await waitForAdvice(page, "authorId");
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText("// a line above\n");
  assert.deepEqual(await advised(page), ["authorId"]);
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("const open = (");
  await waitForAdvice(page, "");
  assert.equal((await opened.marked("schema")).length, 1);
  assert.deepEqual(opened.problems, []);
  await opened.close();
});

test("lessons that are not there yet are advised", async () => {
  const opened = await playground.open();
  for (const id of ["tables-and-keys", "the-relation"]) {
    await opened.lesson(id);
    await opened.show("schema");
    await waitForAdvice(opened.page, "userId");
  }
  await opened.close();
});
