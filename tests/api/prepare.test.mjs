// Prepared queries: lowered and compiled once, with placeholders wherever a value can stand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { and, asc, eq, gt, inArray, notInArray, observe, sql } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";
import { blog, databaseOf, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;
const { placeholder } = sql;

test("a select: all, get, values, run, iterate, execute and sync", async (t) => {
  const db = await seededBlog(t);
  const query = db
    .select({ id: authors.id })
    .from(authors)
    .where(gt(authors.id, placeholder("after")))
    .orderBy(asc(authors.id))
    .prepare("named");
  assert.deepEqual(query.all({ after: 1 }), [{ id: 2 }, { id: 3 }]);
  assert.deepEqual(query.get({ after: 2 }), { id: 3 });
  assert.equal(query.get({ after: 99 }), undefined);
  assert.deepEqual(query.values({ after: 0 }), [[1], [2], [3]]);
  assert.equal(query.run({ after: 0 }).changes, 0);
  assert.deepEqual([...query.iterate({ after: 1 })], [{ id: 2 }, { id: 3 }]);
  assert.deepEqual(await query.execute({ after: 2 }), [{ id: 3 }]);
  assert.deepEqual(query.sync({ after: 2 }), [{ id: 3 }]);
  const { sql: text, params } = query.getQuery();
  assert.match(text, /where "authors"."id" > \?1/);
  assert.deepEqual(params, [placeholder("after")]);
});

test("the builder itself takes the values too", async (t) => {
  const db = await seededBlog(t);
  const query = db
    .select({ id: authors.id })
    .from(authors)
    .where(eq(authors.id, placeholder("id")));
  assert.deepEqual(query.all({ id: 2 }), [{ id: 2 }]);
  assert.deepEqual(await query.execute({ id: 3 }), [{ id: 3 }]);
  assert.deepEqual([...query.iterate({ id: 1 })], [{ id: 1 }]);
});

test("limit, offset, templates, relation queries and counts", async (t) => {
  const db = await seededBlog(t);
  const page = db
    .select({ n: sql`${authors.id} * ${placeholder("by")}` })
    .from(authors)
    .orderBy(authors.id)
    .limit(placeholder("limit"))
    .offset(placeholder("offset"))
    .prepare();
  assert.deepEqual(page.values({ by: 10, limit: 1, offset: 1 }), [[20]]);
  const find = db.query.authors
    .findMany({ where: eq(authors.id, placeholder("id")), columns: { id: true } })
    .prepare();
  assert.deepEqual(find.all({ id: 2 }), [{ id: 2 }]);
  assert.deepEqual(await find.execute({ id: 3 }), [{ id: 3 }]);
  const first = db.query.authors.findFirst({ columns: { id: true } }).prepare();
  assert.deepEqual([first.get(), first.sync()], [{ id: 1 }, { id: 1 }]);
  const count = db.$count(posts, gt(posts.id, placeholder("after"))).prepare();
  assert.equal(count.sync({ after: 1 }), db.$count(posts).sync() - 1);
  assert.equal(await count.execute({ after: 10000 }), 0);
});

test("inArray takes a list whose length is known only when it runs", async (t) => {
  const db = await seededBlog(t);
  const ids = (condition) => db.select({ id: authors.id }).from(authors).where(condition).prepare();
  const one = ids(inArray(authors.id, placeholder("ids")));
  assert.deepEqual(one.values({ ids: [1, 3] }), [[1], [3]]);
  assert.deepEqual(one.values({ ids: [2] }), [[2]]);
  assert.deepEqual(one.values({ ids: [] }), []);
  const other = ids(
    and(notInArray(authors.id, placeholder("ids")), gt(authors.id, placeholder("after"))),
  );
  assert.deepEqual(other.values({ ids: [2], after: 1 }), [[3]]);
  assert.throws(() => one.values({}), { message: 'No value for placeholder "ids" was provided' });
});

test("in conditions, values are encoded by the column, or stand as it stores them", async (t) => {
  const days = sqliteTable("days", {
    id: integer("id").primaryKey(),
    at: integer("at", { mode: "timestamp" }),
    tags: text("tags", { mode: "json" }),
  });
  const db = await databaseOf(t, { days });
  const insert = db.insert(days).values({ at: placeholder("at"), tags: placeholder("tags") });
  insert.run({ at: new Date(5000), tags: ["a"] });
  insert.run({ at: new Date(5000), tags: '["a"]' });
  const found = (column, value) =>
    db
      .select({ id: days.id })
      .from(days)
      .where(eq(column, placeholder("value")))
      .values({ value })
      .flat();
  assert.deepEqual(found(days.at, new Date(5000)), [1, 2]);
  assert.deepEqual(found(days.at, 5), [1, 2]);
  assert.deepEqual(found(days.tags, ["a"]), [1]);
  assert.deepEqual(found(days.tags, '["a"]'), [1]);
});

test("writes: values, set, where and conflicts", async (t) => {
  const db = await databaseOf(t, blog);
  const insert = db
    .insert(authors)
    .values({ id: placeholder("id"), name: placeholder("name") })
    .returning()
    .prepare();
  assert.deepEqual(insert.get({ id: 1, name: "A" }), { id: 1, name: "A", mentorId: null });
  assert.deepEqual(insert.all({ id: 2, name: "B" }), [{ id: 2, name: "B", mentorId: null }]);
  const update = db
    .update(authors)
    .set({ name: placeholder("name") })
    .where(eq(authors.id, placeholder("id")))
    .prepare();
  assert.equal(update.run({ name: "C", id: 2 }).changes, 1);
  const remove = db
    .delete(authors)
    .where(eq(authors.id, placeholder("id")))
    .prepare();
  assert.equal((await remove.execute({ id: 1 })).changes, 1);
  assert.deepEqual(db.select().from(authors).values(), [[2, "C", null]]);
});

test("functions make their defaults for every run", async (t) => {
  let made = 0;
  const things = sqliteTable("things", {
    id: integer("id").primaryKey(),
    serial: integer("serial").$defaultFn(() => ++made),
    label: text("label"),
  });
  const db = await databaseOf(t, { things });
  const insert = db
    .insert(things)
    .values({ label: placeholder("label") })
    .returning({ serial: things.serial })
    .prepare();
  assert.deepEqual(insert.get({ label: "a" }), { serial: 1 });
  assert.deepEqual(insert.get({ label: "b" }), { serial: 2 });
});

test("in a transaction, a prepared query is one of tx", async (t) => {
  const db = await databaseOf(t, blog);
  await db.transaction(async (tx) => {
    const insert = tx
      .insert(authors)
      .values({ name: placeholder("name") })
      .prepare();
    await insert.execute({ name: "A" });
    insert.run({ name: "B" });
  });
  assert.equal(db.$count(authors).sync(), 2);
});

test("a value that is missing is named, and the query is not reported as run", async (t) => {
  const db = await seededBlog(t);
  const query = db
    .select()
    .from(authors)
    .where(eq(authors.id, placeholder("id")))
    .prepare();
  const missing = {
    code: "missing_parameter",
    message: 'No value for placeholder "id" was provided',
  };
  assert.throws(() => query.all(), missing);
  await assert.rejects(query.execute({ other: 1 }), missing);
  const events = [];
  t.after(observe((event) => events.push(event)));
  query.all({ id: 2 });
  assert.deepEqual(
    events.map(({ params }) => params),
    [[2]],
  );
});
