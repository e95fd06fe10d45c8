// What the tests of the lint's rules share: the parts of schemas, and how a rule is tried.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { documentsOf, fixed, loadModules } from "./schema-modules.mjs";

let page;
before(async () => {
  page = await loadModules();
});

export const imports = `import { relations, defineRelations } from "drizzle-orm";
import { foreignKey, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";`;
export const users = `export const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
});`;
export const posts = (
  author = `.references(() => users.id)`,
) => `export const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").notNull()${author},
  title: text(),
});`;
export const author = `export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
}));`;
export const many = `export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));`;
export const lines = (...parts) => parts.join("\n\n");
export const all = "import { db } from './db';\nimport { users, posts } from './db/schema';\n";

/** A rule on a program: what it finds, and that its fix leaves nothing to find. */
export function finds(
  name,
  { rule, at, says, schema, query, severity = "warning", fix = true, more = [] },
) {
  it(name, async () => {
    const documents = [...more, ...documentsOf(schema, query)];
    const { advice, files } = await page.look(documents);
    const found = advice.filter((each) => each.rule === rule);
    assert.equal(found.length, 1, JSON.stringify(advice, null, 1));
    const [one] = found;
    assert.equal(one.severity, severity);
    const text = files.find(({ path }) => path === one.path).text;
    assert.equal(text.slice(one.from, one.to), at);
    assert.match(one.message, says);
    assert.equal(one.fix !== undefined, Boolean(fix));
    if (!fix) return;
    const mended = fixed(documents, one.fix);
    if (typeof fix !== "boolean") assert.match(mended.map((each) => each.text).join("\n"), fix);
    const after = await page.look(mended);
    assert.deepEqual(
      after.advice.filter((each) => each.rule === rule),
      [],
    );
  });
}

/** A program that is as it should be. */
export function clean(name, schema, query, more = []) {
  it(name, async () => {
    const { advice } = await page.look([...more, ...documentsOf(schema, query)]);
    assert.deepEqual(advice, []);
  });
}
