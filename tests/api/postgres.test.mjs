// The statements that create a schema in Postgres.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eq, sql } from "virga";
import { postgresStatements } from "virga/migrator";
import * as pg from "virga/pg-core";

test("the tutorial's listing comes out as it is printed there", () => {
  const users = pg.pgTable("users", {
    id: pg.serial("id").primaryKey(),
    name: pg.text("name").notNull(),
    email: pg.text("email").notNull().unique(),
  });
  const accounts = pg.pgTable("accounts", {
    id: pg.serial("id").primaryKey(),
    userId: pg
      .integer("user_id")
      .notNull()
      .references(() => users.id),
    provider: pg.text("provider").notNull(),
    token: pg.text("token").notNull(),
  });
  const statements = postgresStatements({ schema: { users, accounts } });
  assert.equal(
    statements.map((statement) => `${statement};\n`).join("\n"),
    `CREATE TABLE "users" (
  "id" SERIAL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL UNIQUE
);

CREATE TABLE "accounts" (
  "id" SERIAL PRIMARY KEY,
  "user_id" INTEGER NOT NULL REFERENCES "users"("id"),
  "provider" TEXT NOT NULL,
  "token" TEXT NOT NULL
);
`,
  );
});

test("types with what is declared of them, and defaults", () => {
  const mood = pg.pgEnum("mood", ["sad", "it's"]);
  const kinds = pg.pgTable("kinds", {
    id: pg.bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    price: pg.numeric({ precision: 10, scale: 2 }).default("0.50"),
    code: pg.varchar({ length: 8 }).notNull().unique("one_code"),
    at: pg.timestamp({ precision: 3, withTimezone: true }).defaultNow().notNull(),
    day: pg.date().default("2026-01-01"),
    clock: pg.time({ precision: 0 }),
    span: pg.interval({ fields: "day to second", precision: 2 }),
    mood: mood().default("it's"),
    on: pg.boolean().default(true),
    data: pg.jsonb().default({ a: [1] }),
    tags: pg.text().array().default(["x", 'y"z']),
    grid: pg.integer().array(3).array(),
    place: pg.point(),
    near: pg.vector({ dimensions: 3 }),
    twice: pg.integer().generatedAlwaysAs(sql`1 + 1`),
    own: pg.customType({ dataType: () => "tsvector" })(),
  });
  assert.deepEqual(postgresStatements({ schema: { kinds, mood } }), [
    `CREATE TYPE "mood" AS ENUM ('sad', 'it''s')`,
    `CREATE TABLE "kinds" (
  "id" BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "price" NUMERIC(10, 2) DEFAULT '0.50',
  "code" VARCHAR(8) NOT NULL CONSTRAINT "one_code" UNIQUE,
  "at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(),
  "day" DATE DEFAULT '2026-01-01',
  "clock" TIME(0),
  "span" INTERVAL DAY TO SECOND(2),
  "mood" "mood" DEFAULT 'it''s',
  "on" BOOLEAN DEFAULT TRUE,
  "data" JSONB DEFAULT '{"a":[1]}',
  "tags" TEXT[] DEFAULT '{"x","y\\"z"}',
  "grid" INTEGER[3][],
  "place" POINT,
  "near" VECTOR(3),
  "twice" INTEGER GENERATED ALWAYS AS (1 + 1) STORED,
  "own" tsvector
)`,
  ]);
});

test("keys of several columns, checks, indexes, and tables that refer to each other", () => {
  const shop = pg.pgSchema("shop");
  const orders = shop.table(
    "orders",
    {
      shopId: pg.integer(),
      number: pg.integer(),
      lastLine: pg.integer().references(() => lines.id, { onDelete: "set null" }),
    },
    (table) => [
      pg.primaryKey({ columns: [table.shopId, table.number] }),
      pg.check("positive", sql`${table.number} > 0`),
      pg.index("recent").on(table.number.desc()).where(eq(table.shopId, 1)),
    ],
  );
  const lines = pg.pgTable(
    "lines",
    {
      id: pg.serial().primaryKey(),
      shop: pg.integer(),
      order: pg.integer(),
      next: pg.integer().references(() => lines.id),
    },
    (table) => [
      pg
        .foreignKey({
          name: "of_order",
          columns: [table.shop, table.order],
          foreignColumns: [orders.shopId, orders.number],
        })
        .onDelete("cascade"),
      pg.unique("once").on(table.shop, table.order),
    ],
  );
  assert.deepEqual(postgresStatements({ schema: { orders, lines }, casing: "snake_case" }), [
    `CREATE SCHEMA "shop"`,
    `CREATE TABLE "shop"."orders" (
  "shop_id" INTEGER,
  "number" INTEGER,
  "last_line" INTEGER,
  PRIMARY KEY ("shop_id", "number"),
  CONSTRAINT "positive" CHECK ("number" > 0)
)`,
    `CREATE INDEX "recent" ON "shop"."orders" ("number" desc) WHERE ("shop_id" = 1)`,
    `CREATE TABLE "lines" (
  "id" SERIAL PRIMARY KEY,
  "shop" INTEGER,
  "order" INTEGER,
  "next" INTEGER REFERENCES "lines"("id"),
  CONSTRAINT "once" UNIQUE ("shop", "order"),
  CONSTRAINT "of_order" FOREIGN KEY ("shop", "order") REFERENCES "shop"."orders"("shop_id", "number") ON DELETE CASCADE
)`,
    `ALTER TABLE "shop"."orders" ADD CONSTRAINT "orders_lastLine_lines_id_fk" FOREIGN KEY ("last_line") REFERENCES "lines"("id") ON DELETE SET NULL`,
  ]);
});

test("views are refused, but for those that exist", () => {
  const seen = pg.pgView("seen", { id: pg.integer() });
  assert.deepEqual(postgresStatements({ schema: { seen: seen.existing() } }), []);
  assert.throws(() => postgresStatements({ schema: { seen: seen.as(sql`select 1 as id`) } }), {
    code: "invalid_schema",
    message: 'The SQL of view "seen" is not written for Postgres.',
  });
});
