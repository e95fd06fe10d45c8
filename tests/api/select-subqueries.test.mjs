// Subqueries in every place, common table expressions, counts, query builders.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  count,
  desc,
  eq,
  exists,
  getColumns,
  gt,
  inArray,
  max,
  notExists,
  notInArray,
  sql,
  sum,
} from "virga";
import { customType, integer, QueryBuilder, sqliteTable } from "virga/sqlite-core";
import { blog, databaseOf, seededBlog } from "./schemas.mjs";

const { authors, posts, tags } = blog;

const counted = (db) =>
  db
    .select({ authorId: posts.authorId, n: count().as("n"), stars: sum(posts.stars).as("total") })
    .from(posts)
    .groupBy(posts.authorId)
    .as("counted");

test("a subquery is selected from and joined like a table", async (t) => {
  const db = await seededBlog(t);
  const sub = counted(db);
  assert.deepEqual(await db.select().from(sub).orderBy(sub.authorId), [
    { authorId: 1, n: 2, stars: "8" },
    { authorId: 3, n: 1, stars: "0" },
  ]);
  const query = db.select().from(authors).leftJoin(sub, eq(sub.authorId, authors.id));
  assert.deepEqual(await query.where(gt(authors.id, 1)).orderBy(authors.id), [
    { authors: { id: 2, name: "Bo", mentorId: 1 }, counted: null },
    {
      authors: { id: 3, name: "Cy", mentorId: 1 },
      counted: { authorId: 3, n: 1, stars: "0" },
    },
  ]);
  const fields = db
    .select({ name: authors.name, n: sub.n, counted: sub })
    .from(authors)
    .innerJoin(sub, eq(sub.authorId, authors.id));
  assert.deepEqual(await fields.where(gt(sub.n, 1)), [
    { name: "Ada", n: 2, counted: { authorId: 1, n: 2, stars: "8" } },
  ]);
  assert.deepEqual(Object.keys(getColumns(sub)), ["authorId", "n", "stars"]);
});

test("a subquery of a join has an object for each source", async (t) => {
  const db = await seededBlog(t);
  const inside = db
    .select()
    .from(authors)
    .leftJoin(posts, eq(posts.authorId, authors.id))
    .as("inside");
  const rows = await db
    .select({ author: inside.authors.id, post: inside.posts.id, name: inside.authors.name })
    .from(inside)
    .where(eq(inside.posts.title, "Mist"));
  assert.deepEqual(rows, [{ author: 3, post: 2, name: "Cy" }]);
  const [all] = await db.select().from(inside).where(eq(inside.authors.id, 2));
  assert.deepEqual(all.authors, { id: 2, name: "Bo", mentorId: 1 });
  assert.deepEqual(all.posts, { id: null, authorId: null, title: null, stars: null });
});

test("a subquery is a value: in fields, conditions, lists and SQL", async (t) => {
  const db = await seededBlog(t);
  const own = eq(posts.authorId, authors.id);
  const latest = db
    .select({ title: max(posts.title) })
    .from(posts)
    .where(own);
  const rows = await db
    .select({
      id: authors.id,
      field: latest.as("latest"),
      inSql: sql`upper(${latest})`,
      count: db.$count(posts, own),
    })
    .from(authors)
    .orderBy(authors.id);
  assert.deepEqual(rows, [
    { id: 1, field: "Rain", inSql: "RAIN", count: 2 },
    { id: 2, field: null, inSql: null, count: 0 },
    { id: 3, field: "Mist", inSql: "MIST", count: 1 },
  ]);
  const idsOf = async (condition) =>
    (await db.select({ id: authors.id }).from(authors).where(condition)).map(({ id }) => id);
  const writers = db.select({ id: posts.authorId }).from(posts);
  assert.deepEqual(await idsOf(inArray(authors.id, writers)), [1, 3]);
  assert.deepEqual(await idsOf(notInArray(authors.id, writers)), [2]);
  assert.deepEqual(await idsOf(inArray(authors.id, sql`(select 2)`)), [2]);
  assert.deepEqual(await idsOf(exists(db.select().from(posts).where(own))), [1, 3]);
  assert.deepEqual(await idsOf(notExists(sql`(select 1 from ${posts} where ${own})`)), [2]);
  assert.deepEqual(await idsOf(gt(db.$count(posts, own), 1)), [1]);
  assert.deepEqual(await idsOf(eq(latest, "Mist")), [3]);
  const many = db.select({ id: authors.id, two: counted(db) }).from(authors);
  await assert.rejects(many, { message: /one field of its own; "counted" has 3/ });
});

test("fields of a subquery are decoded as in the subquery", async (t) => {
  const upper = customType({
    dataType: () => "text",
    toDriver: (value) => value.toLowerCase(),
    fromDriver: (value) => value.toUpperCase(),
  });
  const things = sqliteTable("things", {
    id: integer().primaryKey(),
    at: integer({ mode: "timestamp" }),
    word: upper(),
  });
  const db = await databaseOf(t, { things });
  const at = new Date(5000);
  await db.insert(things).values({ id: 1, at, word: "Rain" });
  const shout = sql`${things.word}`.mapWith((word) => `${word}!`);
  const sub = db
    .select({
      at: things.at,
      word: things.word,
      shout: shout.as("shout"),
      latest: max(things.at).as("latest"),
    })
    .from(things)
    .as("sub");
  const expected = { at, word: "RAIN", shout: "rain!", latest: at };
  assert.deepEqual(await db.select().from(sub).where(eq(sub.word, "RAIN")), [expected]);
  assert.deepEqual(await db.select({ nested: { word: sub.word, shout: sub.shout } }).from(sub), [
    { nested: { word: "RAIN", shout: "rain!" } },
  ]);
  const scalar = db.select({ word: things.word }).from(things).as("scalar");
  assert.deepEqual(await db.select({ scalar }).from(things), [{ scalar: "RAIN" }]);
});

test("a raw SQL field cannot be referred to without a name", async (t) => {
  const db = await seededBlog(t);
  const sub = db.select({ n: count() }).from(posts).as("sub");
  assert.throws(() => sub.n, {
    message:
      'You tried to reference "n" field from a subquery, which is a raw SQL field, but it doesn\'t ' +
      "have an alias declared. Please add an alias to the field using \".as('alias')\" method.",
  });
});

test("with: of a select, of a function, of SQL; several, and recursive", async (t) => {
  const db = await seededBlog(t);
  const upper = db
    .$with("upper")
    .as(db.select({ id: authors.id, name: sql`upper(${authors.name})`.as("shout") }).from(authors));
  const rows = await db.with(upper).select().from(upper).where(gt(upper.id, 1)).orderBy(upper.name);
  assert.deepEqual(rows, [
    { id: 2, name: "BO" },
    { id: 3, name: "CY" },
  ]);
  const writers = db
    .$with("writers")
    .as((qb) => qb.selectDistinct({ id: posts.authorId }).from(posts));
  const both = db
    .with(upper, writers)
    .select({ name: upper.name })
    .from(writers)
    .innerJoin(upper, eq(upper.id, writers.id))
    .orderBy(desc(upper.name));
  assert.deepEqual(await both, [{ name: "CY" }, { name: "ADA" }]);
  const numbers = db
    .$with("numbers", { n: sql`n`.mapWith(String).as("n"), starAt: posts.stars })
    .as(sql`select 1 as n, 5 as stars union all select n + 1, stars from numbers where n < 3`);
  assert.deepEqual(await db.with(numbers).select().from(numbers).where(eq(numbers.n, 2)), [
    { n: "2", starAt: 5 },
  ]);
  const inside = db.select({ n: numbers.n }).from(numbers);
  const used = await db
    .with(numbers)
    .select({ id: authors.id })
    .from(authors)
    .where(inArray(authors.id, inside));
  assert.deepEqual(used, [{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test("$count counts tables, selects and SQL, when awaited or at once", async (t) => {
  const db = await seededBlog(t);
  assert.equal(await db.$count(posts), 3);
  assert.equal(await db.$count(posts, gt(posts.stars, 1)), 2);
  assert.equal(await db.$count(db.select().from(authors).limit(2)), 2);
  assert.equal(await db.$count(counted(db)), 2);
  assert.equal(await db.$count(sql`${tags}`), 3);
  assert.equal(db.$count(tags).sync(), 3);
  assert.deepEqual(await Promise.all([db.$count(posts), db.$count(tags)]), [3, 3]);
});

test("a query builder makes parts of queries, which cannot run by themselves", async (t) => {
  const db = await seededBlog(t);
  const qb = new QueryBuilder();
  const sub = qb.select({ id: posts.authorId }).from(posts).as("sub");
  assert.deepEqual(await db.select().from(sub).orderBy(sub.id).limit(1), [{ id: 1 }]);
  const cte = qb.$with("cte").as(qb.select().from(authors));
  const whole = qb.with(cte).select({ id: cte.id }).from(cte);
  assert.deepEqual(await db.select().from(authors).where(inArray(authors.id, whole)).limit(1), [
    { id: 1, name: "Ada", mentorId: null },
  ]);
  const message =
    "Cannot execute a query on a query builder. Please use a database instance instead.";
  await assert.rejects(async () => qb.select().from(authors), { message });
  assert.throws(() => qb.select().from(authors).all(), { message });
  const sql = 'select "id", "full_name", "mentor_id" from "authors" limit ?1';
  const { sql: text, params } = qb.select().from(authors).limit(1).toSQL();
  assert.deepEqual({ text, params }, { text: sql, params: [1] });
});

test("a select says what it selects and reads", async (t) => {
  const db = await seededBlog(t);
  const query = db
    .select({ id: authors.id })
    .from(authors)
    .leftJoin(posts, sql`true`);
  assert.deepEqual(Object.keys(query.getSelectedFields()), ["id"]);
  assert.deepEqual(query.getUsedTables(), ["authors", "posts"]);
  const sub = counted(db);
  const over = db.select().from(sub).innerJoin(authors, eq(authors.id, sub.authorId));
  assert.deepEqual(over.getUsedTables(), ["posts", "authors"]);
});
