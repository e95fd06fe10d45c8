// iterate(): rows read part by part, as they were when the first one was asked for.
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  asc,
  desc,
  drizzle,
  gt,
  load,
  observe,
  openSync,
  placeholder,
  relations,
  sql,
} from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";

await load();

const boxes = sqliteTable("boxes", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  packed: integer("packed", { mode: "timestamp_ms" }),
});
const things = sqliteTable("things", {
  id: integer("id").primaryKey(),
  boxId: integer("box_id"),
  label: text("label").notNull(),
});
const schema = {
  boxes,
  things,
  ofBoxes: relations(boxes, ({ many }) => ({ things: many(things) })),
  ofThings: relations(things, ({ one }) => ({
    box: one(boxes, { fields: [things.boxId], references: [boxes.id] }),
  })),
};

const count = 1000;
const seed = `
create table boxes (id integer primary key, name text not null, packed integer);
create table things (id integer primary key, box_id integer, label text not null);
with recursive n(i) as (select 1 union all select i + 1 from n limit ${count})
insert into boxes select i, 'box ' || i || ' ü', case when i % 3 then i * 1000 end from n;
with recursive n(i) as (select 1 union all select i + 1 from n limit ${3 * count})
insert into things select i, nullif(i * 7919 % ${count + 50}, 0), 'thing ' || i from n;`;

function database(t, extra = "") {
  const client = openSync();
  t.after(() => client.close());
  client.exec(seed + extra);
  return { client, db: drizzle(client, { schema }) };
}

const queries = (db) => ({
  select: db.select().from(boxes).orderBy(desc(boxes.id)),
  "nested fields": db
    .select({ box: boxes, thing: { label: things.label } })
    .from(things)
    .leftJoin(boxes, sql`${boxes.id} = ${things.boxId}`),
  many: db.query.boxes.findMany({ with: { things: true }, orderBy: asc(boxes.name) }),
  one: db.query.things.findMany({ with: { box: { with: { things: true } } } }),
  "with a filter": db.query.boxes.findMany({
    where: gt(boxes.id, 100),
    with: { things: { where: gt(things.id, 50), limit: 2, orderBy: desc(things.id) } },
  }),
  first: db.query.boxes.findFirst({ with: { things: true } }),
});

for (const index of ["", "create index things_box on things (box_id);"])
  test(`the rows are those of the query, ${index || "without an index"}`, async (t) => {
    const { client, db } = database(t, index);
    for (const [name, query] of Object.entries(queries(db))) {
      const rows = [await query].flat();
      assert.ok(rows.length > 0, name);
      assert.deepEqual([...query.iterate()], rows, name);
      const prepared = query.prepare();
      assert.deepEqual([...prepared.iterate()], rows, name);
      const awaited = [];
      for await (const row of prepared.iterate()) awaited.push(row);
      assert.deepEqual(awaited, rows, name);
    }
    const statement = client.prepare("select * from things where id > ?");
    assert.deepEqual([...statement.iterate(9)], statement.all(9));
  });

test("values of placeholders", (t) => {
  const { db } = database(t);
  const after = db
    .select()
    .from(boxes)
    .where(gt(boxes.id, placeholder("id")))
    .prepare();
  assert.equal([...after.iterate({ id: 100 })].length, count - 100);
  assert.deepEqual([...after.iterate({ id: count })], []);
  assert.throws(() => after.iterate({}).next(), { code: "missing_parameter" });
});

test("two at once, and other queries between their rows", (t) => {
  const { db } = database(t);
  const query = db.select({ id: boxes.id }).from(boxes).prepare();
  const [a, b] = [query.iterate(), query.iterate()];
  for (let id = 1; id <= count; id += 1) {
    assert.deepEqual([a.next().value, b.next().value], [{ id }, { id }]);
    if (id % 100 === 0) assert.equal(query.all().length, count);
  }
  assert.deepEqual(a.next(), { done: true, value: undefined });
});

test("leaving early frees the statement", (t) => {
  const { client, db } = database(t);
  const query = db.select().from(boxes).prepare();
  for (const row of query.iterate()) if (row.id === 3) break;
  const iterator = query.iterate();
  assert.equal(iterator.next().value.id, 1);
  assert.deepEqual(iterator.return(), { done: true, value: undefined });
  assert.deepEqual([...iterator], []);
  const before = client.counters();
  query.all();
  assert.equal(client.counters().prepared, before.prepared);
  assert.equal(client.counters().reused, before.reused + 1);
});

test("what nobody can ask for more rows is freed", async (t) => {
  const { client, db } = database(t);
  const query = db.select().from(boxes).prepare();
  (() => query.iterate().next())();
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const free = () => {
    const { prepared } = client.counters();
    query.all();
    return client.counters().prepared === prepared;
  };
  let freed = false;
  for (let turn = 0; turn < 100 && !freed; turn += 1) {
    collect();
    await setImmediate();
    freed = free();
  }
  assert.ok(freed);
});

test("changes in between are not seen", (t) => {
  for (const change of ["delete from boxes", "update boxes set name = ''", "drop table things"]) {
    const { client, db } = database(t, "create index things_box on things (box_id);");
    const query = db.query.boxes.findMany({ with: { things: true } });
    const expected = query.sync();
    const iterator = query.iterate();
    const rows = [iterator.next().value];
    client.exec(change);
    assert.deepEqual([...rows, ...iterator], expected, change);
  }
});

test("each row can be changed while it is visited", (t) => {
  const { db } = database(t);
  let visited = 0;
  for (const { id } of db.select().from(boxes).iterate()) {
    db.insert(boxes)
      .values({ id: id + count, name: "new" })
      .run();
    visited += 1;
  }
  assert.equal(visited, count);
  assert.equal(db.select().from(boxes).all().length, 2 * count);
});

test("begin, commit and rollback in between", async (t) => {
  const { db } = database(t);
  const ids = () => db.select({ id: boxes.id }).from(boxes).iterate();
  const around = ids();
  around.next();
  let inside;
  await assert.rejects(
    db.transaction(async (tx) => {
      await tx.delete(boxes).where(gt(boxes.id, 500));
      inside = tx.select({ id: boxes.id }).from(boxes).iterate();
      inside.next();
      tx.rollback();
    }),
  );
  assert.equal([...around].length, count - 1);
  // Its first rows are at hand; the rest goes through the transaction, which has ended.
  assert.throws(() => [...inside], { code: "transaction" });
  assert.equal([...ids()].length, count);
});

test("beside a transaction a loop fails, and one that awaits waits", async (t) => {
  const { db } = database(t);
  const rows = db.select().from(boxes);
  let done;
  const running = db.transaction(async (tx) => {
    await tx.delete(boxes).where(gt(boxes.id, 10));
    await new Promise((resolve) => (done = resolve));
  });
  await setImmediate();
  assert.throws(() => rows.iterate().next(), { code: "transaction" });
  const waiting = (async () => {
    let visited = 0;
    for await (const _ of rows.iterate()) visited += 1;
    return visited;
  })();
  await setImmediate();
  done();
  await running;
  assert.equal(await waiting, 10);
});

test("an error comes after the rows before it", (t) => {
  const { db } = database(t);
  const smallest = sql`case ${boxes.id} when 300 then -9223372036854775807 - 1 else 1 end`;
  const query = db.select({ id: boxes.id, n: sql`abs(${smallest})` }).from(boxes);
  let last = 0;
  const read = () => {
    for (const { id } of query.iterate()) last = id;
  };
  assert.throws(read, { name: "DrizzleQueryError", message: /integer overflow/, query: /abs/ });
  assert.equal(last, 299);
});

test("closing the database ends it", (t) => {
  const { client, db } = database(t);
  const iterator = db.select().from(boxes).iterate();
  iterator.next();
  client.close();
  assert.throws(() => [...iterator], { code: "closed" });
  assert.deepEqual([...iterator], []);
});

test("a write is done before its first row", (t) => {
  const { client, db } = database(t);
  const iterator = db.delete(things).where(gt(things.id, 10)).returning().iterate();
  assert.equal(iterator.next().value.id, 11);
  assert.equal(db.select().from(things).all().length, 10);
  assert.equal([...iterator].length, 3 * count - 11);
  const raw = client.prepare("delete from things returning id").iterate();
  assert.deepEqual(raw.next().value, { id: 1 });
  assert.deepEqual(client.prepare("select * from things").all(), []);
  assert.equal([...raw].length, 9);
  assert.throws(() => db.delete(things).iterate().next(), /returning/);
});

test("observers are told at its end", (t) => {
  const { db } = database(t);
  const events = [];
  t.after(observe((event) => events.push(event)));
  for (const { id } of db.select().from(boxes).iterate()) if (id === 5) break;
  assert.equal(events.length, 1);
  assert.match(events[0].sql[0], /^select/);
  assert.ok(events[0].rows >= 5 && events[0].rows < count);
});
