// The types of rows that are read and written, for every kind and mode of column.
import { Column, is, sql, type InferInsertModel, type InferSelectModel } from "virga";
import * as pg from "virga/pg-core";
import {
  blob,
  customType,
  int,
  integer,
  numeric,
  real,
  SQLiteInteger,
  sqliteTable,
  text,
} from "virga/sqlite-core";
import { expect, type Equal } from "./expect.js";

const point = customType<{ data: { x: number; y: number }; driverData: string }>({
  dataType: () => "text",
  toDriver: ({ x, y }) => `${x},${y}`,
  fromDriver: (stored) => {
    const [x, y] = stored.split(",").map(Number);
    return { x: x ?? 0, y: y ?? 0 };
  },
});

const all = sqliteTable("all", {
  id: integer().primaryKey({ autoIncrement: true }),
  number: int().notNull(),
  boolean: integer({ mode: "boolean" }).notNull(),
  seconds: integer("s", { mode: "timestamp" }).notNull().defaultNow(),
  milliseconds: integer("ms", { mode: "timestamp_ms" }),
  wide: integer({ mode: "bigint" }),
  text: text({ length: 10 }).notNull().default("x"),
  size: text("size", { enum: ["small", "large"] }).notNull(),
  json: text({ mode: "json" }).$type<{ tags: string[] }>(),
  bytes: blob(),
  blobJson: blob({ mode: "json" }).$type<number[]>(),
  blobBigint: blob({ mode: "bigint" }),
  numeric: numeric(),
  numericNumber: numeric({ mode: "number" }),
  numericBigint: numeric({ mode: "bigint" }),
  real: real().$defaultFn(() => 0.5),
  point: point().notNull(),
  upper: text().generatedAlwaysAs(sql`upper(size)`),
});

expect<
  Equal<
    typeof all.$inferSelect,
    {
      id: number;
      number: number;
      boolean: boolean;
      seconds: Date;
      milliseconds: Date | null;
      wide: bigint | null;
      text: string;
      size: "small" | "large";
      json: { tags: string[] } | null;
      bytes: Uint8Array | null;
      blobJson: number[] | null;
      blobBigint: bigint | null;
      numeric: string | null;
      numericNumber: number | null;
      numericBigint: bigint | null;
      real: number | null;
      point: { x: number; y: number };
      upper: string | null;
    }
  >
>();
expect<Equal<InferSelectModel<typeof all>, typeof all.$inferSelect>>();

type Insert = InferInsertModel<typeof all>;
expect<Equal<Insert, typeof all.$inferInsert>>();
type Required = { [K in keyof Insert as undefined extends Insert[K] ? never : K]: Insert[K] };
expect<
  Equal<
    Required,
    { number: number; boolean: boolean; size: "small" | "large"; point: { x: number; y: number } }
  >
>();
// @ts-expect-error generated columns are not written
type _Generated = Insert["upper"];

const called = sqliteTable("called", (t) => ({ id: t.integer().primaryKey(), name: t.text() }));
expect<Equal<typeof called.$inferSelect, { id: number; name: string | null }>>();

const mood = pg.pgEnum("mood", ["sad", "happy"]);
const postgres = pg.pgTable("postgres", {
  id: pg.uuid().primaryKey().defaultRandom(),
  count: pg.bigint({ mode: "bigint" }).notNull(),
  small: pg.smallint(),
  ok: pg.boolean().notNull().default(false),
  price: pg.numeric({ precision: 10, scale: 2 }).notNull(),
  name: pg.varchar("name", { length: 20, enum: ["a", "b"] }),
  mood: mood("mood").notNull(),
  data: pg.jsonb().$type<{ a: 1 }>(),
  at: pg.timestamp("at", { mode: "string", withTimezone: true }).notNull().defaultNow(),
  day: pg.date(),
});
expect<
  Equal<
    typeof postgres.$inferSelect,
    {
      id: string;
      count: bigint;
      small: number | null;
      ok: boolean;
      price: string;
      name: "a" | "b" | null;
      mood: "sad" | "happy";
      data: { a: 1 } | null;
      at: string;
      day: string | null;
    }
  >
>();
expect<Equal<undefined extends (typeof postgres.$inferInsert)["id"] ? true : false, true>>();

const counted = pg.pgTable("counted", {
  id: pg.integer().primaryKey().generatedAlwaysAsIdentity(),
});
expect<Equal<typeof counted.$inferInsert, { id?: number | undefined }>>();

const lists = pg.pgTable("lists", {
  tags: pg.text().array().notNull(),
  grid: pg.integer().array("[][]"),
  days: pg
    .timestamp()
    .array()
    .default([new Date(0)]),
  wide: pg.bigint({ mode: "string" }).notNull(),
  place: pg.point({ mode: "xy" }),
  pair: pg.point(),
  colour: pg.pgEnum("colour", { Red: "red", Blue: "blue" })("colour"),
  bytes: pg.bytea(),
});
expect<
  Equal<
    typeof lists.$inferSelect,
    {
      tags: string[];
      grid: number[][] | null;
      days: Date[] | null;
      wide: string;
      place: { x: number; y: number } | null;
      pair: [number, number] | null;
      colour: "red" | "blue" | null;
      bytes: Uint8Array | null;
    }
  >
>();

const materialized = pg
  .pgMaterializedView("materialized")
  .withNoData()
  .as((qb) => qb.select({ tags: lists.tags, n: sql<number>`1`.as("n") }).from(lists));
expect<Equal<typeof materialized.$inferSelect, { tags: string[]; n: number }>>();

const column: Column = all.number;
if (is(column, SQLiteInteger)) expect<Equal<typeof column extends Column ? true : false, true>>();
expect<Equal<typeof all.number, ReturnType<typeof all.number.as>>>();

// @ts-expect-error not a mode
integer({ mode: "float" });
// @ts-expect-error a default fits the column
text().default(5);
// @ts-expect-error not a foreign key action
integer().references(() => all.id, { onDelete: "explode" });

export {};
