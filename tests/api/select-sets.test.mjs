// Set operators, orders and limits of the whole, grouping, distinct rows, dynamic queries.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asc, count, desc, eq, gt, lt, sql } from "virga";
import { except, intersect, union, unionAll } from "virga/sqlite-core";
import { blog, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;
const ids = (rows) => rows.map(({ id }) => id);
const sortedIds = (rows) => ids(rows).sort();

test("set operators as methods and as functions", async (t) => {
  const db = await seededBlog(t);
  const people = db.select({ id: authors.id }).from(authors);
  const writers = db.select({ id: posts.authorId }).from(posts);
  const sorted = async (query) => ids(await query).sort();
  assert.deepEqual(await sorted(people.union(writers)), [1, 2, 3]);
  assert.deepEqual(await sorted(people.unionAll(writers)), [1, 1, 1, 2, 3, 3]);
  assert.deepEqual(await sorted(people.intersect(writers)), [1, 3]);
  assert.deepEqual(await sorted(people.except(writers)), [2]);
  assert.deepEqual(await sorted(union(people, writers)), [1, 2, 3]);
  assert.deepEqual(await sorted(unionAll(people, writers, people)), [1, 1, 1, 1, 2, 2, 3, 3, 3]);
  assert.deepEqual(await sorted(intersect(people, writers)), [1, 3]);
  assert.deepEqual(await sorted(except(people, writers)), [2]);
  assert.deepEqual(await sorted(people.unionAll(writers).except(writers)), [2]);
  const nested = people.except(({ union: either }) => either(writers, people));
  assert.deepEqual(await sorted(nested), []);
});

test("order and limit after a set operator are those of the whole, before it of one side", async (t) => {
  const db = await seededBlog(t);
  const people = db.select({ id: authors.id }).from(authors);
  const written = db.select({ id: posts.id }).from(posts).where(gt(posts.id, 1));
  const whole = people.unionAll(written).orderBy(desc(authors.id)).limit(3).offset(1);
  assert.deepEqual(ids(await whole), [3, 2, 2]);
  const byField = people.unionAll(written).orderBy((fields) => asc(fields.id));
  assert.deepEqual(ids(await byField), [1, 2, 2, 3, 3]);
  const last = people.orderBy(desc(authors.id)).limit(1);
  assert.deepEqual(ids(await last.unionAll(written.orderBy(posts.id).limit(1))), [3, 2]);
  const shout = db.select({ id: authors.id, up: sql`upper(${authors.name})` }).from(authors);
  assert.deepEqual(await shout.limit(1).unionAll(shout.limit(1)), [
    { id: 1, up: "ADA" },
    { id: 1, up: "ADA" },
  ]);
});

test("a compound can be a subquery; its fields are the first select's", async (t) => {
  const db = await seededBlog(t);
  const names = db
    .select({ label: authors.name })
    .from(authors)
    .union(db.select({ label: posts.title }).from(posts))
    .as("names");
  const rows = await db.select().from(names).where(lt(names.label, "C")).orderBy(names.label);
  assert.deepEqual(rows, [{ label: "Ada" }, { label: "Bo" }]);
});

test("the selects of a set operator have the same fields in the same order", async (t) => {
  const db = await seededBlog(t);
  const left = db.select({ id: authors.id, name: authors.name }).from(authors);
  const message =
    "Set operator error (union / intersect / except): selected fields are not the same or are in a different order";
  const right = (fields) => () => left.union(db.select(fields).from(posts));
  assert.throws(right({ id: posts.id, title: posts.title }), { message });
  assert.throws(right({ name: posts.title, id: posts.id }), { message });
});

test("groups, their conditions and aliases", async (t) => {
  const db = await seededBlog(t);
  const grouped = db
    .select({ author: posts.authorId, n: count().as("n") })
    .from(posts)
    .groupBy(posts.authorId);
  assert.deepEqual(await grouped.having(gt(count(), 1)), [{ author: 1, n: 2 }]);
  assert.deepEqual(await grouped.having((fields) => lt(fields.n, 2)), [{ author: 3, n: 1 }]);
  assert.deepEqual(await grouped.orderBy((fields) => desc(fields.n)), [
    { author: 1, n: 2 },
    { author: 3, n: 1 },
  ]);
  const length = sql`length(${posts.title})`.as("length");
  const byLength = db.select({ length, n: count() }).from(posts).groupBy(length).orderBy(length);
  assert.deepEqual(await byLength, [
    { length: 4, n: 2 },
    { length: 6, n: 1 },
  ]);
  const callback = db
    .select({ length, first: sql`min(${posts.id})` })
    .from(posts)
    .where((fields) => gt(fields.length, 4))
    .groupBy((fields) => [fields.length]);
  assert.deepEqual(await callback, [{ length: 6, first: 1 }]);
});

test("distinct rows; orders by SQL; limits", async (t) => {
  const db = await seededBlog(t);
  const distinct = db.selectDistinct({ author: posts.authorId }).from(posts);
  assert.deepEqual(await distinct.orderBy(posts.authorId), [{ author: 1 }, { author: 3 }]);
  const all = db.select({ id: posts.id }).from(posts);
  assert.deepEqual(ids(await all.orderBy(sql`${posts.stars} desc`)), [1, 3, 2]);
  const nullsLast = all.orderBy(sql`nullif(${posts.stars}, 0) asc nulls last`);
  assert.deepEqual(ids(await nullsLast), [3, 1, 2]);
  assert.deepEqual(ids(await all.limit(0)), []);
  assert.deepEqual(sortedIds(await all.limit(-1)), [1, 2, 3]);
  assert.deepEqual(sortedIds(await all.limit(undefined).offset(undefined)), [1, 2, 3]);
  assert.deepEqual(ids(await all.orderBy(posts.id).offset(2)), [3]);
  assert.deepEqual(sortedIds(await all.where(undefined)), [1, 2, 3]);
  assert.match(all.limit(1).toSQL().sql, /limit \?/);
});

test("builders are immutable, so that parts can be used again", async (t) => {
  const db = await seededBlog(t);
  const base = db.select({ id: posts.id }).from(posts).$dynamic();
  const paged = (query, page) => query.orderBy(posts.id).limit(1).offset(page);
  assert.deepEqual(ids(await paged(base, 1)), [2]);
  assert.deepEqual(ids(await paged(base.where(eq(posts.authorId, 1)), 1)), [3]);
  assert.deepEqual(sortedIds(await base.$withCache()), [1, 2, 3]);
});
