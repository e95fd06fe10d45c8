// Tables declared for Postgres: what goes in and comes out, and what their declarations refuse.
import { eq, sql } from "virga";
import * as pg from "virga/pg-core";
import { expect, type Equal } from "./expect.js";

const mood = pg.pgEnum("mood", ["sad", "glad"]);
const all = pg.pgTable("all", {
  id: pg.serial().primaryKey(),
  big: pg.bigint({ mode: "bigint" }).notNull(),
  bigNumber: pg.bigint({ mode: "number" }).notNull(),
  small: pg.smallint(),
  double: pg.doublePrecision().notNull(),
  flag: pg.boolean().notNull().default(false),
  numeric: pg.numeric({ precision: 10, scale: 2 }).notNull(),
  numericNumber: pg.decimal({ mode: "number" }).notNull(),
  kind: pg.varchar({ length: 9, enum: ["a", "b"] }).notNull(),
  code: pg.char({ length: 2 }),
  key: pg.uuid().notNull().defaultRandom(),
  at: pg.timestamp({ withTimezone: true }).notNull().defaultNow(),
  atText: pg.timestamp({ mode: "string" }).notNull(),
  day: pg.date(),
  dayDate: pg.date({ mode: "date" }).notNull(),
  clock: pg.time({ precision: 3 }),
  span: pg.interval({ fields: "day" }),
  doc: pg.jsonb().$type<{ a: number }>().notNull(),
  mood: mood().notNull(),
  bytes: pg.bytea(),
  address: pg.inet(),
  network: pg.cidr(),
  spot: pg.point({ mode: "xy" }).notNull(),
  pair: pg.point().notNull(),
  vector: pg.vector({ dimensions: 3 }).notNull(),
  tags: pg.text().array().notNull(),
  grid: pg.integer().array().array().notNull(),
});
type Row = typeof all.$inferSelect;
expect<Equal<Row["id"], number>>();
expect<Equal<Row["big"], bigint>>();
expect<Equal<Row["bigNumber"], number>>();
expect<Equal<Row["small"], number | null>>();
expect<Equal<Row["double"], number>>();
expect<Equal<Row["flag"], boolean>>();
expect<Equal<Row["numeric"], string>>();
expect<Equal<Row["numericNumber"], number>>();
expect<Equal<Row["kind"], "a" | "b">>();
expect<Equal<Row["code"], string | null>>();
expect<Equal<Row["key"], string>>();
expect<Equal<Row["at"], Date>>();
expect<Equal<Row["atText"], string>>();
expect<Equal<Row["day"], string | null>>();
expect<Equal<Row["dayDate"], Date>>();
expect<Equal<Row["clock"], string | null>>();
expect<Equal<Row["span"], string | null>>();
expect<Equal<Row["doc"], { a: number }>>();
expect<Equal<Row["mood"], "sad" | "glad">>();
expect<Equal<Row["address"], string | null>>();
expect<Equal<Row["network"], string | null>>();
expect<Equal<Row["spot"], { x: number; y: number }>>();
expect<Equal<Row["pair"], [number, number]>>();
expect<Equal<Row["vector"], number[]>>();
expect<Equal<Row["tags"], string[]>>();
expect<Equal<Row["grid"], number[][]>>();

// What has a default may be left out of an insert.
type New = typeof all.$inferInsert;
expect<Equal<{} extends Pick<New, "id" | "flag" | "key" | "at" | "day"> ? true : false, true>>();
expect<Equal<{} extends Pick<New, "big"> ? true : false, false>>();

const identities = pg.pgTable("identities", {
  id: pg.integer().primaryKey().generatedAlwaysAsIdentity(),
  other: pg.bigint({ mode: "number" }).generatedByDefaultAsIdentity(),
});
expect<Equal<{} extends typeof identities.$inferInsert ? true : false, true>>();

// @ts-expect-error: not in the enum
mood().default("angry");
// @ts-expect-error: a boolean
pg.boolean().default(1);
// @ts-expect-error: no such mode
pg.timestamp({ mode: "number" });
// @ts-expect-error: no such mode
pg.bigint({ mode: "float" });
// @ts-expect-error: texts have no clock
pg.text().defaultNow();
// @ts-expect-error: only uuids are random
pg.text().defaultRandom();
// @ts-expect-error: texts are no identities
pg.text().generatedAlwaysAsIdentity();
// @ts-expect-error: not in the enum
eq(all.mood, "angry");
// @ts-expect-error: lists of texts
eq(all.tags, [1]);

// ---- constraints and other objects of a schema

pg.pgTable("keys", { a: pg.integer(), b: pg.integer() }, (t) => [
  pg.primaryKey({ columns: [t.a, t.b] }),
  pg.foreignKey({ columns: [t.a], foreignColumns: [all.id] }).onDelete("cascade"),
  pg.unique("once").on(t.a).nullsNotDistinct(),
  pg.check("positive", sql`${t.a} > 0`),
  pg
    .index("by_b")
    .using("btree", t.b.asc())
    .where(sql`${t.b} > 0`),
  pg.uniqueIndex().on(t.a, t.b.desc().nullsLast()),
]).enableRLS();
// @ts-expect-error: no such column
pg.pgTable("keys", { a: pg.integer() }, (t) => [pg.index().on(t.b)]);

const shop = pg.pgSchema("shop");
const goods = shop.table("goods", { id: pg.integer().primaryKey(), name: pg.text() });
expect<Equal<typeof goods.$inferSelect, { id: number; name: string | null }>>();
const named = pg.pgView("named").as((qb) => qb.select({ name: goods.name }).from(goods));
expect<Equal<typeof named.$inferSelect, { name: string | null }>>();
const kept = pg.pgMaterializedView("kept").as((qb) => qb.select().from(goods));
expect<Equal<typeof kept.$inferSelect, { id: number; name: string | null }>>();
const made = pg.pgTableCreator((name) => `x_${name}`)("made", { id: pg.integer().notNull() });
expect<Equal<typeof made.$inferSelect, { id: number }>>();
// @ts-expect-error: no such column
named.id;
pg.pgSequence("numbers", { startWith: 1 });
pg.pgRole("reader");
// @ts-expect-error: a name is a text
pg.pgSequence(1);
