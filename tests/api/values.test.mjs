// Values at their limits, written and read back: flat, in relations, in groups, and undecoded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eq, placeholder, relations, sql } from "virga";
import { blob, integer, numeric, real, sqliteTable, text } from "virga/sqlite-core";
import { databaseOf } from "./schemas.mjs";

const values = sqliteTable("vals", {
  id: integer().primaryKey(),
  int: integer(),
  real: real(),
  text: text(),
  json: text({ mode: "json" }),
  bytes: blob({ mode: "buffer" }),
  big: blob({ mode: "bigint" }),
  exact: numeric({ mode: "bigint" }),
  at: integer({ mode: "timestamp_ms" }),
  second: integer({ mode: "timestamp" }),
  flag: integer({ mode: "boolean" }),
});
const owners = sqliteTable("owners", { id: integer().primaryKey(), valueId: integer("value_id") });
const schema = {
  values,
  owners,
  toOwners: relations(values, ({ many }) => ({ owners: many(owners) })),
  toValue: relations(owners, ({ one }) => ({
    value: one(values, { fields: [owners.valueId], references: [values.id] }),
  })),
};

/** Stores the value and reads it back in every way; all of them have to agree. */
async function roundTrip(t, column, value) {
  const db = await databaseOf(t, schema);
  const [{ [column]: returned }] = await db
    .insert(values)
    .values({ id: 1, [column]: value })
    .returning();
  db.insert(owners).values({ id: 1, valueId: 1 }).run();
  db.insert(values)
    .values({ id: 2, [column]: placeholder("value") })
    .run({ value });
  const rows = db.select().from(values).orderBy(values.id).all();
  const join = db.select().from(owners).leftJoin(values, eq(values.id, owners.valueId)).get();
  const field = { group: { value: values[column], id: values.id } };
  const nested = db.query.owners.findFirst({ with: { value: true } }).sync();
  const reads = [
    returned,
    rows[1][column],
    join.vals[column],
    db.select(field).from(values).get().group.value,
    nested.value[column],
    db.query.values.findMany().sync()[0][column],
  ];
  for (const read of reads) assert.deepEqual(read, rows[0][column]);
  return rows[0][column];
}

const kept = {
  int: [0, 2 ** 53 - 1, -(2 ** 53 - 1), 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n],
  real: [0.1, 1e308, 5e-324, Infinity, -Infinity, 2 ** 60],
  text: [
    "",
    "a\0b",
    "\0",
    "\u{1F600} ä \ufeff",
    "'; drop table vals; --",
    "\uffff",
    "x".repeat(70000),
  ],
  json: [null, 0, "", [], { a: [null, { "\0": "\ud800" }] }, "2020-01-01", 1e21],
  bytes: [Buffer.alloc(0), Buffer.from([0, 255, 0])],
  big: [2n ** 200n, -1n, 0n],
  exact: [123456789012345678n, -1n],
  at: [new Date(0), new Date(-1), new Date(8.64e15), new Date(-8.64e15)],
  second: [new Date(0), new Date(-1000), new Date(1700000000000)],
  flag: [true, false],
};
for (const [column, list] of Object.entries(kept)) {
  test(`${column}: what is written is read`, async (t) => {
    for (const value of list) assert.deepEqual(await roundTrip(t, column, value), value);
  });
}

test("what SQLite stores as something else", async (t) => {
  assert.equal(Object.is(await roundTrip(t, "real", -0), 0), true);
  assert.equal(await roundTrip(t, "real", NaN), null);
  assert.equal(await roundTrip(t, "int", 5n), 5);
  assert.deepEqual(await roundTrip(t, "second", new Date(1999)), new Date(1000));
});

test("a value that never reaches a table keeps its sign", async (t) => {
  const db = await databaseOf(t, schema);
  const [[zero, least]] = db.values(sql`select ${-0}, ${-(2n ** 63n)}`);
  assert.ok(Object.is(zero, -0));
  assert.equal(least, -(2n ** 63n));
});

test("half of a surrogate pair is refused in texts", async (t) => {
  const db = await databaseOf(t, schema);
  for (const value of ["\ud800", "a\udc00", "\udc00\ud800", "ä\ud83d"]) {
    const refused = { code: "invalid_value", message: /UTF-8/ };
    assert.throws(() => db.insert(values).values({ text: value }).run(), refused);
    assert.throws(() => db.select().from(values).where(eq(values.text, value)).all(), refused);
    assert.throws(() => db.run(sql`select ${value}`), refused);
  }
  assert.equal(db.$count(values).sync(), 0);
});

test("what does not fit is refused, with its column", async (t) => {
  const db = await databaseOf(t, schema);
  const insert = (row) => () => db.insert(values).values(row).run();
  assert.throws(insert({ int: 2n ** 63n }), { code: "invalid_value", message: /64 bits/ });
  assert.throws(insert({ at: new Date(NaN) }), { code: "invalid_value", path: "vals.at" });
  assert.throws(insert({ at: "2020" }), { code: "invalid_value", path: "vals.at" });
  assert.throws(insert({ text: {} }), { code: "invalid_value", path: "vals.text" });
  assert.throws(insert({ json: () => 1 }), { code: "invalid_value", path: "vals.json" });
});
