// Inserts of more rows than one statement has parameters for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drizzle, sql } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";
import { databaseOf } from "./schemas.mjs";

let made = 0;
const items = sqliteTable("items", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  size: integer("size").$defaultFn(() => ++made),
});

const count = 40_000;
const rowsFrom = (start, more = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({
    id: start + index,
    name: `item ${start + index}`,
    ...more(index),
  }));

test("all rows are inserted, and returned in their order", async (t) => {
  const db = await databaseOf(t, { items });
  made = 0;
  const rows = await db.insert(items).values(rowsFrom(1)).returning();
  assert.deepEqual(
    rows,
    rowsFrom(1, (index) => ({ size: index + 1 })),
  );
  assert.deepEqual(db.select().from(items).all(), rows);
});

test("the counts are those of all parts, which are two statements", async (t) => {
  const db = await databaseOf(t, { items });
  const before = db.$client.counters();
  const counts = db.insert(items).values(rowsFrom(1)).run();
  assert.deepEqual(counts, { changes: count, lastInsertRowid: count });
  assert.equal(db.$client.counters().prepared - before.prepared, 2);
});

test("prepared, functions make defaults each time", async (t) => {
  const db = await databaseOf(t, { items });
  const named = sql.placeholder("name");
  const rows = rowsFrom(1, () => ({ id: undefined, name: named }));
  const insert = db.insert(items).values(rows).prepare();
  made = 0;
  insert.run({ name: "a" });
  insert.run({ name: "b" });
  const [found] = db.values(sql`select count(*), count(distinct size), max(name) from items`);
  assert.deepEqual(found, [2 * count, 2 * count, "b"]);
});

test("one row that fails undoes all, and leaves the transaction around it as it was", async (t) => {
  const db = await databaseOf(t, { items });
  const rows = rowsFrom(1, (index) => (index === count - 1 ? { id: 7 } : {}));
  assert.throws(() => db.insert(items).values(rows).run(), /UNIQUE/);
  assert.equal(db.$count(items).sync(), 0);
  db.transaction((tx) => {
    tx.insert(items).values({ id: 7, name: "seven" }).run();
    assert.throws(() => tx.insert(items).values(rows.slice(7)).run(), /UNIQUE/);
  });
  assert.equal(db.$count(items).sync(), 1);
});

test("what happens with rows that collide holds for each part", async (t) => {
  const db = await databaseOf(t, { items });
  await db.insert(items).values(rowsFrom(1));
  const shifted = rowsFrom(count / 2);
  const ignored = await db.insert(items).values(shifted).onConflictDoNothing();
  assert.equal(ignored.changes, count / 2 - 1);
  const name = sql`excluded.name || '!'`;
  const upsert = db.insert(items).values(shifted);
  const rows = await upsert
    .onConflictDoUpdate({ target: items.id, set: { name } })
    .returning({ id: items.id, name: items.name });
  assert.deepEqual(
    rows,
    shifted.map(({ id, name: old }) => ({ id, name: `${old}!` })),
  );
});

test("toSQL shows the statements and all parameters; the logger hears of each", async (t) => {
  const heard = [];
  const db = await databaseOf(t, { items });
  const logged = drizzle(db.$client, { logger: { logQuery: (query) => heard.push(query) } });
  const insert = logged.insert(items).values(rowsFrom(1));
  const { statements, params } = insert.toSQL();
  assert.equal(params.length, 3 * count);
  assert.equal(new Set(statements).size, 2);
  insert.run();
  assert.deepEqual(heard, [...statements]);
});
