// Operators beyond comparisons, aggregates, functions of SQLite, JSON arrays.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  arrayContained,
  arrayContains,
  arrayOverlaps,
  avg,
  avgDistinct,
  count,
  countDistinct,
  desc,
  eq,
  getOperators,
  getOrderByOperators,
  inArray,
  l2Distance,
  max,
  min,
  notInArray,
  or,
  placeholder,
  sql,
  sum,
  sumDistinct,
} from "virga";
import * as pg from "virga/pg-core";
import {
  concat,
  customType,
  integer,
  rowId,
  sqliteTable,
  substring,
  text,
} from "virga/sqlite-core";
import { blog, databaseOf, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;

test("aggregates: counts are numbers, sums and means strings, extremes as their column", async (t) => {
  const upper = customType({
    dataType: () => "text",
    fromDriver: (stored) => stored.toUpperCase(),
  });
  const things = sqliteTable("things", {
    n: integer(),
    at: integer({ mode: "timestamp" }),
    word: upper(),
  });
  const db = await databaseOf(t, { things });
  const fields = {
    all: count(),
    some: count(things.n),
    different: countDistinct(things.n),
    sum: sum(things.n),
    sumDistinct: sumDistinct(things.n),
    avg: avg(things.n),
    avgDistinct: avgDistinct(things.n),
    max: max(things.at),
    min: min(things.n),
    word: max(things.word),
    text: max(sql`${things.n} * 2`),
  };
  const none = { sum: null, sumDistinct: null, avg: null, avgDistinct: null };
  const zero = { all: 0, some: 0, different: 0 };
  const noExtremes = { max: null, min: null, word: null, text: null };
  assert.deepEqual(await db.select(fields).from(things), [{ ...zero, ...none, ...noExtremes }]);
  await db
    .insert(things)
    .values([
      { n: 1, at: new Date(1000), word: "a" },
      { n: 1, at: new Date(2000) },
      { n: 4, word: "b" },
      {},
    ]);
  assert.deepEqual(await db.select(fields).from(things), [
    {
      all: 4,
      some: 3,
      different: 2,
      sum: "6",
      sumDistinct: "5",
      avg: "2",
      avgDistinct: "2.5",
      max: new Date(2000),
      min: 1,
      word: "B",
      text: "8",
    },
  ]);
});

test("a sum beyond 2^53 is exact", async (t) => {
  const big = sqliteTable("big", { n: integer() });
  const db = await databaseOf(t, { big });
  await db.insert(big).values([{ n: 9007199254740991 }, { n: 2 }]);
  assert.deepEqual(await db.select({ sum: sum(big.n) }).from(big), [{ sum: "9007199254740993" }]);
});

test("orders and groups by aggregates", async (t) => {
  const db = await seededBlog(t);
  const query = db
    .select({ id: posts.authorId })
    .from(posts)
    .groupBy(posts.authorId)
    .orderBy(desc(count()));
  assert.deepEqual(await query, [{ id: 1 }, { id: 3 }]);
});

test("arrays of JSON: contains, contained, overlaps", async (t) => {
  const things = sqliteTable("things", {
    id: integer().primaryKey(),
    tags: text({ mode: "json" }),
  });
  const lists = pg.pgTable("lists", { id: pg.integer().primaryKey(), tags: pg.jsonb() });
  const db = await databaseOf(t, { things, lists });
  const rows = [
    { id: 1, tags: ["a", "b"] },
    { id: 2, tags: ["b"] },
    { id: 3, tags: [] },
    { id: 4, tags: null },
  ];
  await db.insert(things).values(rows);
  await db.insert(lists).values(rows);
  for (const table of [things, lists]) {
    const ids = async (condition) =>
      (await db.select({ id: table.id }).from(table).where(condition)).map(({ id }) => id);
    assert.deepEqual(await ids(arrayContains(table.tags, ["a", "b"])), [1]);
    assert.deepEqual(await ids(arrayContains(table.tags, ["b"])), [1, 2]);
    assert.deepEqual(await ids(arrayContained(table.tags, ["b", "c"])), [2, 3]);
    assert.deepEqual(await ids(arrayOverlaps(table.tags, ["a", "c"])), [1]);
    assert.deepEqual(
      await ids(or(arrayOverlaps(table.tags, sql`'["a"]'`), eq(table.id, 4))),
      [1, 4],
    );
  }
  const given = db
    .select()
    .from(things)
    .where(arrayOverlaps(things.tags, placeholder("tags")));
  assert.deepEqual(given.prepare().all({ tags: ["a"] }), [rows[0]]);
  assert.deepEqual(given.prepare().all({ tags: ["c"] }), []);
  for (const operator of [arrayContains, arrayContained, arrayOverlaps]) {
    assert.throws(() => operator(things.tags, []), {
      message: `${operator.name} requires at least one value`,
    });
  }
});

test("concat, substring, rowId", async (t) => {
  const db = await seededBlog(t);
  const [row] = await db
    .select({
      concat: concat(authors.name, "!"),
      from: substring(authors.name, { from: 2 }),
      part: substring(authors.name, { from: 1, for: 2 }),
      rowId: rowId(),
    })
    .from(authors)
    .where(eq(authors.id, 1));
  assert.deepEqual(row, { concat: "Ada!", from: "da", part: "Ad", rowId: 1 });
});

test("lists: values, none at all, SQL among them", async (t) => {
  const db = await seededBlog(t);
  const ids = async (condition) =>
    (await db.select({ id: authors.id }).from(authors).where(condition)).map(({ id }) => id);
  assert.deepEqual(await ids(inArray(authors.id, [])), []);
  assert.deepEqual(await ids(notInArray(authors.id, [])), [1, 2, 3]);
  assert.deepEqual(await ids(inArray(authors.id, [1, sql`1 + 1`])), [1, 2]);
  assert.deepEqual(await ids(inArray(sql`${authors.id} % 2`, [0])), [2]);
});

test("the operators come as objects", () => {
  assert.equal(getOperators().eq, eq);
  assert.equal(getOperators().sql, sql);
  assert.deepEqual(Object.keys(getOrderByOperators()), ["asc", "desc", "sql"]);
});

test("distances of vectors are said to be missing", () => {
  assert.throws(() => l2Distance(posts.id, [1, 2]), { message: /^l2Distance\(\).*SQLite/ });
});
