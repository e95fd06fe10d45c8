// Inserts, updates, deletes and selects.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as virga from "virga";
import { and, asc, desc, drizzle, eq, open, pushSchema, sql } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";
import { blog, databaseOf, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;

let clock = 0;
const notes = sqliteTable("notes", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  body: text("body"),
  kind: text("kind").notNull().default("plain"),
  serial: integer("serial").$defaultFn(() => ++clock),
  touched: integer("touched").$onUpdateFn(() => ++clock),
  size: integer("size").generatedAlwaysAs(sql`length(body)`, { mode: "stored" }),
});

test("rows with different keys: what one lacks takes its default", async (t) => {
  const db = await databaseOf(t, { notes });
  clock = 0;
  const rows = await db
    .insert(notes)
    .values([{ body: "abc" }, { kind: "list" }, { serial: 40, body: sql`upper(${"x"})` }])
    .returning();
  assert.deepEqual(rows, [
    { id: 1, body: "abc", kind: "plain", serial: 1, touched: 2, size: 3 },
    { id: 2, body: null, kind: "list", serial: 3, touched: 4, size: null },
    { id: 3, body: "X", kind: "plain", serial: 40, touched: 5, size: 1 },
  ]);
});

test("rows without any value", async (t) => {
  const bare = sqliteTable("bare", { id: integer("id").primaryKey(), name: text("name") });
  const db = await databaseOf(t, { bare });
  await db.insert(bare).values({});
  await db.insert(bare).values([{}, {}]);
  assert.deepEqual(db.select({ id: bare.id }).from(bare).values(), [[1], [2], [3]]);
});

test("a write gives counts, or the rows of returning", async (t) => {
  const db = await seededBlog(t);
  const counts = await db.insert(authors).values([{ name: "Di" }, { name: "Ed" }]);
  assert.deepEqual(counts, { changes: 2, lastInsertRowid: 5 });
  const upper = sql`upper(${authors.name})`.as("upper");
  const rows = await db
    .update(authors)
    .set({ name: sql`${authors.name} || '!'` })
    .where(eq(authors.id, 4))
    .returning({ id: authors.id, upper });
  assert.deepEqual(rows, [{ id: 4, upper: "DI!" }]);
  const gone = db.delete(authors).where(eq(authors.id, 5)).returning({ name: authors.name });
  assert.deepEqual(gone.get(), { name: "Ed" });
  assert.equal(db.delete(authors).where(eq(authors.id, 4)).run().changes, 1);
  assert.throws(
    () => db.delete(authors).where(eq(authors.id, 4)).all(),
    /cannot be used without \.returning\(\)/,
  );
});

test("an update calls $onUpdateFn for keys that are absent", async (t) => {
  const db = await databaseOf(t, { notes });
  await db.insert(notes).values({ body: "a" });
  clock = 100;
  const update = () => db.update(notes).set({ body: "b", kind: undefined });
  assert.deepEqual(update().returning({ touched: notes.touched, kind: notes.kind }).all(), [
    { touched: 101, kind: "plain" },
  ]);
});

test("select: fields, conditions, orders, limits, distinct", async (t) => {
  const db = await seededBlog(t);
  const titles = db.select({ title: posts.title }).from(posts);
  assert.deepEqual(await titles.orderBy(desc(posts.title)).limit(2), [
    { title: "Rain" },
    { title: "Mist" },
  ]);
  assert.deepEqual(titles.orderBy(asc(posts.id)).limit(1).offset(1).values(), [["Mist"]]);
  const count = db.select({ n: sql`count(*)`.mapWith(Number), top: sql`max(${posts.stars})` });
  assert.deepEqual(count.from(posts).get(), { n: 3, top: 5 });
  assert.deepEqual(
    db.selectDistinct({ author: posts.authorId }).from(posts).orderBy(posts.authorId).all(),
    [{ author: 1 }, { author: 3 }],
  );
  assert.equal(db.select().from(posts).where(eq(posts.id, 77)).get(), undefined);
});

test("every operator", async (t) => {
  const db = await seededBlog(t);
  const { id, title } = posts;
  const ids = (name, ...args) =>
    db
      .select({ id })
      .from(posts)
      .where(virga[name](...args))
      .orderBy(id)
      .values()
      .flat();
  const cases = [
    ["eq", [id, 2], [2]],
    ["ne", [id, 2], [1, 3]],
    ["gt", [id, 2], [3]],
    ["gte", [id, 2], [2, 3]],
    ["lt", [id, 2], [1]],
    ["lte", [id, 2], [1, 2]],
    ["inArray", [id, [1, 3]], [1, 3]],
    ["inArray", [id, []], []],
    ["notInArray", [id, [1, 3]], [2]],
    ["notInArray", [id, []], [1, 2, 3]],
    ["isNull", [title], []],
    ["isNotNull", [title], [1, 2, 3]],
    ["between", [id, 2, 3], [2, 3]],
    ["notBetween", [id, 2, 3], [1]],
    ["like", [title, "%i%"], [2, 3]],
    ["notLike", [title, "%i%"], [1]],
    ["ilike", [title, "RAIN"], [3]],
    ["notIlike", [title, "RAIN"], [1, 2]],
    ["and", [eq(posts.authorId, 1), undefined, eq(id, 3)], [3]],
    ["or", [eq(id, 1), undefined, eq(id, 2)], [1, 2]],
    ["not", [eq(id, 1)], [2, 3]],
  ];
  for (const [name, args, expected] of cases) assert.deepEqual(ids(name, ...args), expected, name);
  assert.equal(and(undefined), undefined);
});

test("sql templates: tables, columns, lists, values, raw pieces", async (t) => {
  const db = await seededBlog(t);
  const where = sql`${posts.id} in ${[1, 3]} and ${sql.identifier("title")} <> ${"Rain"}`;
  assert.deepEqual(db.select({ id: posts.id }).from(posts).where(where).all(), [{ id: 1 }]);
  const fields = {
    posts: sql`(select count(*) from ${posts})`,
    joined: sql.join([sql.raw("1"), sql`${2}`], sql` + `),
  };
  assert.deepEqual(db.select(fields).from(authors).limit(1).get(), { posts: 3, joined: 3 });
});

test("tables that are not in the schema join the catalog when they are used", async (t) => {
  const client = await open();
  t.after(() => client.close());
  client.exec("create table notes (id integer primary key, body text, kind text, serial integer)");
  const known = drizzle(client, { schema: blog });
  await pushSchema(known);
  const plain = sqliteTable("notes", { id: integer("id").primaryKey(), body: text("body") });
  await known.insert(plain).values({ body: "x" });
  assert.deepEqual(await known.select().from(plain), [{ id: 1, body: "x" }]);
  assert.deepEqual(await known.query.authors.findMany(), []);
});

test("builders are immutable and can be used again", async (t) => {
  const db = await seededBlog(t);
  const all = db.select().from(posts).orderBy(asc(posts.id));
  const one = all.where(eq(posts.id, 1)).limit(1);
  assert.equal((await all).length, 3);
  assert.equal((await one).length, 1);
  assert.equal((await all).length, 3);
  const removal = db.delete(posts).where(eq(posts.id, 99));
  removal.returning();
  assert.equal((await removal).changes, 0);
  for (const shared of [db, posts, posts.id]) assert.ok(Object.isFrozen(shared));
});

test("export gives the bytes of an SQLite file; exec runs several statements", async (t) => {
  const db = await seededBlog(t);
  db.$client.exec("create table extra (a); insert into extra values (1)");
  const bytes = db.$client.export();
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 15)), "SQLite format 3");
});
