// Every kind and mode of column: what is written comes back, and is stored as documented.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eq, sql } from "virga";
import * as pg from "virga/pg-core";
import { blob, customType, integer, numeric, real, sqliteTable, text } from "virga/sqlite-core";
import { databaseOf } from "./schemas.mjs";

const point = customType({
  dataType: () => "text",
  toDriver: ({ x, y }) => `${x};${y}`,
  fromDriver: (stored) => {
    const [x, y] = stored.split(";").map(Number);
    return { x, y };
  },
});

const big = 9007199254740993n;
const columns = {
  number: [integer("number"), -5, "integer:-5"],
  wideNumber: [integer("wide_number"), big, `integer:${big}`],
  boolean: [integer("boolean", { mode: "boolean" }), true, "integer:1"],
  seconds: [integer("seconds", { mode: "timestamp" }), new Date(86400_000), "integer:86400"],
  millis: [integer("millis", { mode: "timestamp_ms" }), new Date(1234), "integer:1234"],
  bigint: [integer("bigint", { mode: "bigint" }), -(2n ** 63n), `integer:${-(2n ** 63n)}`],
  text: [text("text"), "zoë 🌧 \u0000 end", undefined],
  json: [text("json", { mode: "json" }), { a: [1, null] }, 'text:{"a":[1,null]}'],
  bytes: [blob("bytes"), Buffer.of(0, 255, 7), "blob:"],
  blobJson: [blob("blob_json", { mode: "json" }), ["ë"], "blob:"],
  blobBigint: [blob("blob_bigint", { mode: "bigint" }), 2n ** 70n, "blob:"],
  numeric: [numeric("numeric"), "1.5", "real:1.5"],
  numericNumber: [numeric("numeric_number", { mode: "number" }), 12.25, "real:12.25"],
  numericBigint: [numeric("numeric_bigint", { mode: "bigint" }), big, `integer:${big}`],
  real: [real("real"), 0.1, "real:0.1"],
  custom: [point("custom"), { x: 1, y: -2 }, "text:1;-2"],
};

const kinds = sqliteTable("kinds", {
  id: integer("id").primaryKey(),
  ...Object.fromEntries(Object.entries(columns).map(([key, [builder]]) => [key, builder])),
});

for (const [key, [, value, stored]] of Object.entries(columns)) {
  test(`sqlite-core: ${key}`, async (t) => {
    const db = await databaseOf(t, { kinds });
    await db.insert(kinds).values([{ id: 1, [key]: value }, { id: 2 }]);
    const column = kinds[key];
    const read = db.select({ value: column }).from(kinds).orderBy(kinds.id).all();
    assert.deepEqual(read, [{ value }, { value: null }]);
    const found = await db.query.kinds.findFirst({
      columns: { id: true },
      where: eq(column, value),
    });
    assert.deepEqual(found, { id: 1 });
    if (stored === undefined) return;
    const raw = sql`typeof(${column}) || ':' || iif(typeof(${column}) = 'blob', '', ${column})`;
    assert.deepEqual(db.select({ raw }).from(kinds).where(eq(kinds.id, 1)).get(), { raw: stored });
  });
}

const mood = pg.pgEnum("mood", ["sad", "happy"]);
const postgres = pg.pgTable("postgres", {
  id: pg.uuid("id").primaryKey().defaultRandom(),
  small: pg.smallint("small"),
  count: pg.bigint("count", { mode: "bigint" }),
  ok: pg.boolean("ok").default(false),
  ratio: pg.doublePrecision("ratio"),
  price: pg.numeric("price", { precision: 10, scale: 2 }),
  name: pg.varchar("name", { length: 20 }),
  mood: mood("mood"),
  data: pg.jsonb("data"),
  at: pg.timestamp("at", { mode: "date", withTimezone: true }),
  said: pg.timestamp("said", { mode: "string" }).defaultNow(),
  day: pg.date("day").defaultNow(),
});

test("pg-core: every kind, written and read", async (t) => {
  const db = await databaseOf(t, { postgres });
  const row = {
    small: 3,
    count: big,
    ok: true,
    ratio: 0.25,
    price: "19.90",
    name: "x",
    mood: "happy",
    data: { deep: [true] },
    at: new Date(5),
    said: "2026-03-01 10:00:00",
    day: "2026-03-01",
  };
  const [read] = await db.insert(postgres).values(row).returning();
  const { id, ...rest } = read;
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(rest, row);
});

test("pg-core: identity columns count up", async (t) => {
  const counted = pg.pgTable("counted", {
    id: pg.integer("id").primaryKey().generatedAlwaysAsIdentity({ startWith: 1 }),
    name: pg.text("name"),
  });
  const db = await databaseOf(t, { counted });
  await db.insert(counted).values([{ name: "a" }, { name: "b" }]);
  assert.deepEqual(db.select({ id: counted.id }).from(counted).values(), [[1], [2]]);
});

test("pg-core: defaults", async (t) => {
  const db = await databaseOf(t, { postgres });
  const [{ id, ok, said, day }] = await db.insert(postgres).values({}).returning();
  assert.equal(id.length, 36);
  assert.equal(ok, false);
  assert.match(said, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
  assert.match(day, /^\d{4}-\d\d-\d\d$/);
});

test("values that would be stored as something else are refused", async (t) => {
  const db = await databaseOf(t, { kinds });
  const insert = (row) => db.insert(kinds).values(row).execute();
  await assert.rejects(insert({ seconds: new Date(Number.NaN) }), {
    code: "invalid_value",
    path: "kinds.seconds",
  });
  await assert.rejects(insert({ seconds: "2026-03-01" }), { code: "invalid_value" });
  await assert.rejects(insert({ number: { not: "a number" } }), { code: "invalid_value" });
  await assert.rejects(insert({ bigint: 2n ** 63n }), { code: "invalid_value" });
  await assert.rejects(insert({ json: () => 1 }), { code: "invalid_value" });
  assert.deepEqual(await db.select().from(kinds), []);
});
