// Upserts, inserts from selects, updates from other sources, order and limit of writes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asc, eq, gt, placeholder, sql } from "virga";
import { integer, sqliteTable, text, uniqueIndex } from "virga/sqlite-core";
import { blog, databaseOf, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;
let clock = 0;
const items = sqliteTable(
  "items",
  {
    id: integer("id").primaryKey(),
    sku: text("sku").notNull().unique(),
    label: text("label"),
    live: integer("live", { mode: "boolean" }).notNull().default(true),
    touched: integer("touched").$onUpdateFn(() => ++clock),
  },
  (table) => [uniqueIndex("live_label").on(table.label).where(eq(table.live, true))],
);
const itemsOf = (db) => db.select().from(items).orderBy(items.id).values();

async function stocked(t) {
  const db = await databaseOf(t, { items });
  clock = 0;
  await db.insert(items).values([
    { id: 1, sku: "a", label: "A" },
    { id: 2, sku: "b", label: "B" },
  ]);
  return db;
}

test("onConflictDoNothing passes over rows that collide", async (t) => {
  const db = await stocked(t);
  const rows = [{ id: 1, sku: "x" }, { sku: "a" }, { sku: "c", label: "A" }, { sku: "d" }];
  const added = await db
    .insert(items)
    .values(rows)
    .onConflictDoNothing()
    .returning({ sku: items.sku });
  assert.deepEqual(added, [{ sku: "d" }]);
  const bySku = db.insert(items).values({ id: 1, sku: "new" });
  assert.throws(() => bySku.onConflictDoNothing({ target: items.sku }).run(), {
    code: "constraint_primary_key",
  });
  const partial = { target: items.label, where: eq(items.live, true) };
  const counts = db.insert(items).values({ sku: "e", label: "A" }).onConflictDoNothing(partial);
  assert.equal(counts.run().changes, 0);
});

test("onConflictDoUpdate sets values, SQL and what $onUpdateFn makes", async (t) => {
  const db = await stocked(t);
  const row = await db
    .insert(items)
    .values({ sku: "a", label: "new" })
    .onConflictDoUpdate({
      target: items.sku,
      set: { label: sql`excluded.label || ${items.label}`, live: false },
    })
    .returning();
  assert.deepEqual(row, [{ id: 1, sku: "a", label: "newA", live: false, touched: 4 }]);
});

test("targetWhere and setWhere; where is setWhere; both are refused", async (t) => {
  const db = await stocked(t);
  const again = db.insert(items).values({ sku: "c", label: "A" });
  const target = { target: items.label, targetWhere: eq(items.live, true), set: { sku: "z" } };
  assert.equal(again.onConflictDoUpdate({ ...target, setWhere: gt(items.id, 1) }).run().changes, 0);
  assert.equal(again.onConflictDoUpdate(target).run().changes, 1);
  const byWhere = db
    .insert(items)
    .values({ sku: "b" })
    .onConflictDoUpdate({ target: [items.sku], set: { label: "w" }, where: eq(items.id, 99) });
  assert.equal(byWhere.run().changes, 0);
  const both = { target: items.sku, set: { label: "w" }, where: sql`1`, setWhere: sql`1` };
  assert.throws(() => again.onConflictDoUpdate(both), /cannot use both "where" and "targetWhere"/);
});

test("several conflicts are tried in order", async (t) => {
  const db = await stocked(t);
  const query = db
    .insert(items)
    .values([
      { id: 1, sku: "new" },
      { id: 7, sku: "b" },
    ])
    .onConflictDoUpdate({ target: items.id, set: { label: "by id" } })
    .onConflictDoUpdate({ target: items.sku, set: { label: "by sku" } });
  await query;
  assert.deepEqual(
    itemsOf(db).map(([, , label]) => label),
    ["by id", "by sku"],
  );
});

test("names in conflicts are checked", async (t) => {
  const db = await stocked(t);
  const query = db.insert(items).values({ sku: "a" });
  const unknown = query.onConflictDoUpdate({ target: items.sku, set: { lable: "x" } });
  assert.throws(() => unknown.run(), { code: "unknown_column", hint: /"label"/ });
  const empty = query.onConflictDoUpdate({ target: items.sku, set: { label: undefined } });
  assert.throws(() => empty.run(), { message: "No values to set" });
});

test("an insert takes the rows of a select by the keys of its fields", async (t) => {
  const db = await seededBlog(t);
  const copy = sqliteTable("copy", {
    id: integer("id").primaryKey(),
    label: text("label").default("none"),
    size: integer("size"),
  });
  await db.$client.exec("create table copy (id integer primary key, label text, size integer)");
  const labels = { size: sql`length(${authors.name})`.as("size"), label: authors.name };
  const first = await db
    .insert(copy)
    .select(db.select(labels).from(authors).where(eq(authors.id, 1)))
    .returning();
  assert.equal(first[0].size, first[0].label.length);
  await db.insert(copy).select((qb) =>
    qb
      .select({ id: sql`9`.as("id") })
      .from(authors)
      .limit(1),
  );
  await db.insert(copy).select(sql`select 20, ${"raw"}, ${authors.id} from ${authors} limit 1`);
  const rows = db.select().from(copy).where(gt(copy.id, 1)).values();
  assert.deepEqual(rows.slice(-2), [
    [9, null, null],
    [20, "raw", 1],
  ]);
  const wrong = db.insert(copy).select(db.select({ labl: authors.name }).from(authors));
  assert.throws(() => wrong.run(), {
    message: /^Insert select error: selected fields are not the same/,
    hint: /"label"/,
  });
});

test("an insert that names its columns", async (t) => {
  const db = await stocked(t);
  const some = db.insert(items, "sku", "label");
  await some.values([{ sku: "c" }, { sku: "d", label: "D" }]);
  await some.select(sql`select 'e', ${"E"}`);
  assert.deepEqual(itemsOf(db).slice(2), [
    [3, "c", null, 1, null],
    [4, "d", "D", 1, null],
    [5, "e", "E", 1, null],
  ]);
  assert.throws(() => some.values({ sku: "f", live: false }).run(), /not among the columns/);
});

test("subqueries before writes", async (t) => {
  const db = await seededBlog(t);
  const first = db.$with("first").as(db.select({ id: authors.id }).from(authors).limit(1));
  const one = sql`(select ${first.id} from ${first})`;
  await db.with(first).update(authors).set({ name: "first" }).where(eq(authors.id, one));
  assert.equal(db.select().from(authors).where(eq(authors.name, "first")).all().length, 1);
  const added = db
    .with(first)
    .insert(authors)
    .values({ id: sql`${one} + 100`, name: "later" });
  assert.deepEqual(added.returning({ id: authors.id }).get(), { id: 101 });
  const gone = db
    .with(first)
    .delete(authors)
    .where(eq(authors.id, sql`${one} + 100`));
  assert.equal(gone.run().changes, 1);
});

test("an update from another source, joined with a third", async (t) => {
  const db = await seededBlog(t);
  const stars = db
    .select({ authorId: posts.authorId, most: sql`max(${posts.stars})`.as("most") })
    .from(posts)
    .groupBy(posts.authorId)
    .as("stars");
  const named = await db
    .update(authors)
    .set({ name: sql`${authors.name} || ${stars.most}` })
    .from(stars)
    .where(eq(stars.authorId, authors.id))
    .returning({ id: authors.id, name: authors.name });
  assert.ok(named.length > 0 && named.every(({ name }) => /\d$/.test(name)));
  const joined = db
    .update(authors)
    .set({ name: posts.title })
    .from(stars)
    .innerJoin(posts, (_table, from) => eq(posts.authorId, from.authorId))
    .where(eq(authors.id, stars.authorId));
  assert.ok(joined.run().changes > 0);
});

test("order and limit say which rows a write is about", async (t) => {
  const db = await stocked(t);
  const update = db
    .update(items)
    .set({ label: "last" })
    .orderBy((columns) => sql`${columns.id} desc`)
    .limit(placeholder("n"))
    .returning({ id: items.id });
  assert.deepEqual(update.all({ n: 1 }), [{ id: 2 }]);
  assert.deepEqual(
    db.delete(items).orderBy(asc(items.id)).limit(1).returning({ id: items.id }).all(),
    [{ id: 1 }],
  );
  assert.equal(db.delete(items).limit(-1).run().changes, 1);
});

test("returned fields may be objects and SQL", async (t) => {
  const db = await stocked(t);
  const fields = { key: { id: items.id, sku: items.sku }, loud: sql`upper(${items.sku})` };
  const rows = await db.update(items).set({ label: null }).where(eq(items.id, 1)).returning(fields);
  assert.deepEqual(rows, [{ key: { id: 1, sku: "a" }, loud: "A" }]);
  const other = db.delete(items).returning({ name: authors.name });
  assert.throws(() => other.all(), /"authors" is not part of the query! Did you forget to join it/);
});

test("$dynamic builders are immutable like all others", async (t) => {
  const db = await stocked(t);
  const all = db.delete(items).$dynamic();
  const some = all.where(eq(items.id, 1));
  assert.equal(some.returning().all().length, 1);
  assert.equal(all.returning().all().length, 1);
});
