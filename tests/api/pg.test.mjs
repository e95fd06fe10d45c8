// pg-core on SQLite: arrays, enums, shapes, schemas and what is accepted without effect.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eq, is, sql } from "virga";
import * as pg from "virga/pg-core";
import { databaseOf } from "./schemas.mjs";

test("pg-core: arrays of any kind and depth are JSON", async (t) => {
  const lists = pg.pgTable("lists", {
    id: pg.serial().primaryKey(),
    tags: pg.text().array(),
    grid: pg.integer().array().array(),
    times: pg.timestamp({ mode: "date" }).array(),
    large: pg.bigint({ mode: "bigint" }).array(),
  });
  const db = await databaseOf(t, { lists });
  const row = {
    tags: ["a", 'b"', ""],
    grid: [[1, 2], []],
    times: [new Date(1700000000123)],
    large: [9007199254740993n],
  };
  assert.deepEqual(await db.insert(lists).values(row).returning(), [{ id: 1, ...row }]);
  const none = { tags: [], grid: null, times: null, large: null };
  await db.insert(lists).values(none);
  assert.deepEqual(await db.select().from(lists).where(eq(lists.tags, [])), [{ id: 2, ...none }]);
});

test("pg-core: enums are text, by list or object", async (t) => {
  const mood = pg.pgEnum("mood", ["sad", "happy"]);
  const level = pg.pgEnum("level", { Low: "low", High: "high" });
  const people = pg.pgTable("people", {
    id: pg.serial().primaryKey(),
    mood: mood(),
    level: level(),
  });
  assert.deepEqual([mood.enumName, mood.enumValues], ["mood", ["sad", "happy"]]);
  assert.deepEqual(level.enumValues, ["low", "high"]);
  assert.ok(pg.isPgEnum(mood) && !pg.isPgEnum(people));
  const db = await databaseOf(t, { people });
  const row = { mood: "happy", level: "low" };
  assert.deepEqual(await db.insert(people).values(row).returning(), [{ id: 1, ...row }]);
});

test("pg-core: points, lines, networks and vectors", async (t) => {
  const shapes = pg.pgTable("shapes", {
    id: pg.serial().primaryKey(),
    at: pg.point(),
    spot: pg.point({ mode: "xy" }),
    edge: pg.line(),
    plane: pg.line({ mode: "abc" }),
    place: pg.geometry({ type: "point", mode: "xy" }),
    net: pg.cidr(),
    host: pg.inet(),
    card: pg.macaddr(),
    wide: pg.macaddr8(),
    meaning: pg.vector({ dimensions: 3 }),
    half: pg.halfvec({ dimensions: 2 }),
    thin: pg.sparsevec({ dimensions: 5 }),
    bits: pg.bit({ dimensions: 3 }),
    bytes: pg.bytea(),
  });
  const db = await databaseOf(t, { shapes });
  const row = {
    at: [1, -2.5],
    spot: { x: 1, y: 2 },
    edge: [1, 2, 3],
    plane: { a: 1, b: 2, c: 3 },
    place: { x: 5, y: 6 },
    net: "10.0.0.0/8",
    host: "127.0.0.1",
    card: "08:00:2b:01:02:03",
    wide: "08:00:2b:01:02:03:04:05",
    meaning: [0.1, 2, -3],
    half: [1, 2],
    thin: "{1:1.5}/5",
    bits: "101",
    bytes: Buffer.from([0, 255]),
  };
  assert.deepEqual(await db.insert(shapes).values(row).returning(), [{ id: 1, ...row }]);
});

test("pg-core: custom types keep their SQL type", async (t) => {
  const citext = pg.customType({
    dataType: () => "citext",
    toDriver: (value) => value.toLowerCase(),
    fromDriver: (stored) => `<${stored}>`,
  });
  const words = pg.pgTable("words", { id: pg.serial().primaryKey(), word: citext() });
  assert.equal(words.word.getSQLType(), "citext");
  const db = await databaseOf(t, { words });
  assert.deepEqual(await db.insert(words).values({ word: "AbC" }).returning(), [
    { id: 1, word: "<abc>" },
  ]);
});

test("pg-core: constraints, indexes and creators", async (t) => {
  const named = pg.pgTableCreator((name) => `app_${name}`);
  const users = named("users", { id: pg.serial().primaryKey(), email: pg.varchar({ length: 50 }) });
  const rows = named("rows", { a: pg.integer(), b: pg.integer(), user: pg.integer() }, (table) => [
    pg.primaryKey({ columns: [table.a, table.b] }),
    pg.foreignKey({ columns: [table.user], foreignColumns: [users.id] }).onDelete("cascade"),
    pg.unique("one").on(table.b),
    pg.check("positive", sql`${table.a} > 0`),
    pg
      .index("by_user")
      .using("btree", table.user.desc())
      .where(sql`${table.user} > 1`)
      .concurrently(),
  ]);
  const db = await databaseOf(t, { users, rows });
  await db.insert(users).values({ id: 1 });
  await db.insert(rows).values({ a: 1, b: 1, user: 1 });
  await assert.rejects(async () => db.insert(rows).values({ a: 0, b: 2 }), /positive/);
  await assert.rejects(async () => db.insert(rows).values({ a: 2, b: 1 }), /UNIQUE/);
  await assert.rejects(async () => db.insert(rows).values({ a: 2, b: 2, user: 9 }), /FOREIGN KEY/);
  await db.delete(users).where(eq(users.id, 1));
  assert.deepEqual(await db.select().from(rows), []);
});

test("pg-core: sequences, roles and policies are accepted without effect", async (t) => {
  const sequence = pg.pgSequence("numbers", { startWith: 10 });
  const role = pg.pgRole("admin");
  const table = pg.pgTable("notes", { id: pg.serial().primaryKey(), text: pg.text() }, () => [
    pg.pgPolicy("all", { to: role }),
  ]);
  const notes = table.enableRLS();
  assert.ok(pg.isPgSequence(sequence) && is(role, pg.PgRole));
  const db = await databaseOf(t, { sequence, role, notes });
  assert.deepEqual(await db.insert(notes).values({ text: "x" }).returning(), [
    { id: 1, text: "x" },
  ]);
});
