// A column of every kind, as drizzle-zod and drizzle-valibot see them.
import { sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

const { integer, text, blob, numeric, real } = sqlite;

export const kinds = sqlite.sqliteTable("kinds", {
  id: integer().primaryKey({ autoIncrement: true }),
  integer: integer().notNull(),
  boolean: integer({ mode: "boolean" }),
  timestamp: integer({ mode: "timestamp" }).notNull(),
  timestampMs: integer({ mode: "timestamp_ms" }),
  text: text().notNull(),
  limited: text({ length: 3 }),
  choice: text({ enum: ["a", "b"] }).notNull(),
  withDefault: text().notNull().default("x"),
  withFunction: text()
    .notNull()
    .$defaultFn(() => "x"),
  json: text({ mode: "json" }),
  typedJson: text({ mode: "json" }).$type<{ theme: string; tags: string[] }>().notNull(),
  typed: text().$type<"open" | "closed">().notNull(),
  buffer: blob({ mode: "buffer" }),
  blobJson: blob({ mode: "json" }),
  blobBigint: blob({ mode: "bigint" }),
  numeric: numeric(),
  numericNumber: numeric({ mode: "number" }),
  numericBigint: numeric({ mode: "bigint" }),
  real: real(),
  custom: sqlite
    .customType<{ data: string[] }>({ dataType: () => "text" })()
    .notNull(),
  generated: text().generatedAlwaysAs(sql`'x'`),
});

export const view = sqlite
  .sqliteView("view")
  .as((qb) =>
    qb.select({ id: kinds.id, choice: kinds.choice, sql: sql<number>`1`.as("one") }).from(kinds),
  );

export const mood = pg.pgEnum("mood", ["happy", "sad"]);

export const pgKinds = pg.pgTable("pg_kinds", {
  serial: pg.serial().primaryKey(),
  smallserial: pg.smallserial(),
  bigserialNumber: pg.bigserial({ mode: "number" }),
  bigserialBigint: pg.bigserial({ mode: "bigint" }),
  integer: pg.integer(),
  smallint: pg.smallint(),
  bigintNumber: pg.bigint({ mode: "number" }),
  bigintBigint: pg.bigint({ mode: "bigint" }),
  boolean: pg.boolean(),
  real: pg.real(),
  double: pg.doublePrecision(),
  numeric: pg.numeric(),
  numericNumber: pg.numeric({ mode: "number" }),
  numericBigint: pg.numeric({ mode: "bigint" }),
  text: pg.text().notNull(),
  textChoice: pg.text({ enum: ["a", "b"] }),
  varchar: pg.varchar({ length: 3 }),
  char: pg.char({ length: 3 }),
  uuid: pg.uuid().defaultRandom().notNull(),
  timestamp: pg.timestamp().defaultNow().notNull(),
  timestampString: pg.timestamp({ mode: "string" }),
  date: pg.date({ mode: "date" }),
  dateString: pg.date(),
  time: pg.time(),
  interval: pg.interval(),
  json: pg.json(),
  jsonb: pg.jsonb().$type<{ a: number }>(),
  mood: mood(),
  cidr: pg.cidr(),
  inet: pg.inet(),
  macaddr: pg.macaddr(),
  point: pg.point(),
  pointXy: pg.point({ mode: "xy" }),
  line: pg.line(),
  lineAbc: pg.line({ mode: "abc" }),
  geometry: pg.geometry(),
  vector: pg.vector({ dimensions: 3 }),
  halfvec: pg.halfvec({ dimensions: 2 }),
  bit: pg.bit({ dimensions: 3 }),
  array: pg.text().array(),
  sizedArray: pg.integer().array(2),
  nestedArray: pg.integer().array().array(),
  always: pg.integer().generatedAlwaysAsIdentity(),
  byDefault: pg.integer().generatedByDefaultAsIdentity(),
});

/** What is offered to every column. */
export const samples: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  1.5,
  -40_000,
  3e9,
  1e13,
  1e15,
  1e17,
  NaN,
  1n,
  2n ** 63n - 1n,
  2n ** 63n,
  "",
  "a",
  "abc",
  "abcd",
  "101",
  "happy",
  "7f3c1f0e-3b0a-4b7e-9f1a-0d2f5d1c9b11",
  new Date(0),
  new Date(NaN),
  Buffer.from("a"),
  [],
  ["a"],
  [1, 2],
  [1, 2, 3],
  [[1], [2]],
  { a: 1 },
  { x: 1, y: 2 },
  { a: 1, b: 2, c: 3 },
];
