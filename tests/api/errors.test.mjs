// What goes wrong says which rule was broken, where, and what is near.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DrizzleError, drizzle, eq, observe, open, relations, VirgaError } from "virga";
import { drizzle as betterSqlite3 } from "virga/better-sqlite3";
import { integer, sqliteTable, text } from "virga/sqlite-core";
import { blog, databaseOf, seededBlog, tutorial } from "./schemas.mjs";

const { authors, posts } = blog;
const { users } = tutorial;

/** The error that a query or function ends with. */
async function errorOf(work) {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("a unique constraint is named, with SQLite's code", async (t) => {
  const db = await databaseOf(t, tutorial);
  const ada = { name: "Ada", email: "ada@example.com" };
  await db.insert(users).values(ada);
  const error = await errorOf(db.insert(users).values(ada));
  assert.ok(error instanceof VirgaError && error instanceof DrizzleError);
  assert.equal(error.code, "constraint_unique");
  assert.equal(error.sqliteCode, 2067);
  assert.equal(error.constraint, "users_email_unique");
  assert.match(error.message, /email/);
  assert.match(error.sql, /^insert into "users"/);
  assert.equal((await db.select().from(users)).length, 1);
});

test("check, not null and foreign key constraints have codes of their own", async (t) => {
  const db = await seededBlog(t);
  const post = { authorId: 1, title: "x" };
  const insert = (change) => errorOf(db.insert(posts).values({ ...post, ...change }));
  const check = await insert({ stars: -1 });
  assert.deepEqual([check.code, check.constraint], ["constraint_check", "stars_positive"]);
  assert.equal((await insert({ title: null })).code, "constraint_not_null");
  const foreign = await insert({ authorId: 77 });
  assert.equal(foreign.code, "constraint_foreign_key");
  assert.equal(foreign.constraint, "posts_author_id_authors_id_fk");
});

test("a failed row of several leaves the table as it was", async (t) => {
  const db = await seededBlog(t);
  const rows = [
    { id: 10, name: "new" },
    { id: 1, name: "taken" },
  ];
  assert.equal((await errorOf(db.insert(authors).values(rows))).code, "constraint_primary_key");
  assert.equal((await db.select().from(authors)).length, 3);
});

const unknown = [
  [
    "with",
    (db) => db.query.authors.findMany({ with: { post: true } }),
    "unknown_relation",
    "posts",
  ],
  [
    "nested with",
    (db) => db.query.authors.findMany({ with: { posts: { with: { tag: true } } } }),
    "unknown_relation",
    "tags",
  ],
  [
    "columns",
    (db) => db.query.posts.findMany({ columns: { titel: true } }),
    "unknown_column",
    "title",
  ],
  [
    "left out",
    (db) => db.query.posts.findMany({ columns: { star: false } }),
    "unknown_column",
    "stars",
  ],
  ["values", (db) => db.insert(posts).values({ titel: "x" }), "unknown_column", "title"],
  ["set", (db) => db.update(posts).set({ titel: "x" }), "unknown_column", "title"],
  ["options", (db) => db.query.posts.findMany({ wher: eq(posts.id, 1) }), "invalid_query", "where"],
];
for (const [place, query, code, nearest] of unknown) {
  test(`an unknown name in ${place} comes with the nearest one`, async (t) => {
    const error = await errorOf(query(await seededBlog(t)));
    assert.equal(error.code, code);
    assert.ok(error.hint.startsWith(`Nearest: "${nearest}".`), error.hint);
    assert.notEqual(error.path, undefined);
  });
}

test("update and delete refuse an undefined condition unless every row is meant", async (t) => {
  const db = await seededBlog(t);
  for (const write of [db.delete(blog.tags), db.update(posts).set({ stars: 1 })]) {
    const error = await errorOf(write.where(undefined));
    assert.equal(error.code, "invalid_query");
    assert.match(error.hint, /allRows/);
    assert.equal((await write.where(undefined).allRows()).changes, 3);
  }
});

test("writes without rows or values are refused", async (t) => {
  const db = await seededBlog(t);
  assert.throws(() => db.insert(posts).values([]), /at least one value/);
  assert.match(
    (await errorOf(db.update(posts).set({ title: undefined }))).message,
    /No values to set/,
  );
});

test("a column of another table is refused", async (t) => {
  const db = await seededBlog(t);
  const error = await errorOf(db.select().from(posts).where(eq(authors.id, 1)));
  assert.ok(error instanceof VirgaError);
});

test("schemas that contradict themselves", async (t) => {
  const client = await open();
  t.after(() => client.close());
  const serial = sqliteTable("a", { id: integer("id").primaryKey(), name: text("id") });
  const first = await errorOf(drizzle(client, { schema: { serial } }).select().from(serial));
  assert.equal(first.code, "invalid_schema");
  const lonely = sqliteTable("b", { id: integer("id").primaryKey() });
  const lonelyRelations = relations(lonely, ({ many }) => ({ posts: many(posts) }));
  const db = drizzle(client, { schema: { lonely, posts, authors, lonelyRelations } });
  const second = await errorOf(db.query.lonely.findMany({ with: { posts: true } }));
  assert.match(second.message, /not enough information to infer relation/);
});

test("SQL that SQLite refuses", async (t) => {
  const client = await open();
  const error = await errorOf(() => client.exec("selec 1"));
  assert.equal(error.code, "sqlite");
  assert.match(error.message, /syntax error/);
  client.close();
  client.close();
  assert.equal((await errorOf(() => client.exec("select 1"))).code, "closed");
  assert.equal((await errorOf(() => client.export())).code, "closed");
  t.diagnostic(error.message);
});

test("observe tells of every query, also of those that fail", async (t) => {
  const db = await seededBlog(t);
  const seen = [];
  const stop = observe((event) => seen.push(event));
  await db.query.authors.findMany({ where: eq(authors.id, 1), with: { posts: true } });
  await errorOf(db.insert(authors).values({ id: 1, name: "taken" }));
  await db.update(authors).set({ name: "x" });
  stop();
  await db.select().from(authors);
  assert.equal(seen.length, 3);
  const [find, failed, update] = seen;
  assert.equal(find.sql.length, 2);
  assert.deepEqual([find.params, find.rows, find.error], [[1], 1, undefined]);
  assert.ok(find.milliseconds >= 0);
  assert.match(find.explain().bound, /authors/);
  assert.equal(failed.error.code, "constraint_primary_key");
  assert.deepEqual(
    update.explain().statements.map(({ runs }) => runs),
    [undefined],
  );
  assert.equal(update.rows, 3);
});

test("drizzle-orm/better-sqlite3 opens by location", async (t) => {
  await open().then((client) => client.close());
  const db = betterSqlite3(":memory:", { schema: blog });
  t.after(() => db.$client.close());
  db.$client.exec(
    "create table authors (id integer primary key, full_name text, mentor_id integer)",
  );
  assert.deepEqual(db.query.authors.findMany().sync(), []);
});

test("a misspelt column in a declaration is said where it was declared", async (t) => {
  const client = await open();
  t.after(() => client.close());
  const parents = sqliteTable("parents", { id: integer().primaryKey() });
  const children = sqliteTable("children", {
    parentId: integer("parent_id").references(() => parents.idd),
  });
  const foreign = await errorOf(() => drizzle(client, { schema: { parents, children } }));
  assert.equal(foreign.code, "unknown_column");
  assert.match(foreign.message, /"children\.parent_id", references\(\)/);
  const parentRelations = relations(parents, ({ one }) => ({
    self: one(parents, { fields: [parents.idd], references: [parents.id] }),
  }));
  const relation = await errorOf(() => drizzle(client, { schema: { parents, parentRelations } }));
  assert.equal(relation.code, "unknown_column");
  assert.match(relation.message, /"parents\.self", fields: .* table "parents" has "id"/);
});
