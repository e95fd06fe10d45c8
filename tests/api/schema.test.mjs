// Declarations: what they say about themselves, and the tables that are made of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Column, drizzle, entityKind, getColumns, getTableColumns, getTableName } from "virga";
import { getTableUniqueName, is, open, pushSchema, relations, sql, Table } from "virga";
import * as pg from "virga/pg-core";
import * as core from "virga/sqlite-core";
import {
  check,
  foreignKey,
  getTableConfig,
  index,
  integer,
  primaryKey,
  SQLiteColumn,
  sqliteTable,
  sqliteTableCreator,
  SQLiteTable,
  text,
  unique,
  uniqueIndex,
} from "virga/sqlite-core";

const places = sqliteTable(
  "places",
  {
    country: text().notNull(),
    code: integer("place_code").notNull(),
    name: text().notNull().unique(),
    label: text().generatedAlwaysAs(() => sql`${places.country} || ':' || ${places.name}`),
    height: integer().default(0),
    since: integer({ mode: "timestamp" }).default(new Date(5000)),
    note: text().default("it's"),
  },
  (table) => [
    primaryKey({ columns: [table.country, table.code] }),
    check("height_sane", sql`${table.height} between ${-500} and ${9000}`),
    uniqueIndex("places_lower").on(sql`lower(${table.name})`),
    index("places_high")
      .on(table.height, table.name)
      .where(sql`${table.height} > 1000`),
  ],
);

const visits = sqliteTable(
  "visits",
  (t) => ({
    id: t.integer().primaryKey({ autoIncrement: true }),
    country: t.text(),
    code: t.integer(),
    day: t.text().notNull(),
  }),
  (table) => ({
    place: foreignKey({
      columns: [table.country, table.code],
      foreignColumns: [places.country, places.code],
    })
      .onDelete("set null")
      .onUpdate("cascade"),
    once: unique().on(table.country, table.code, table.day),
  }),
);

async function ddlOf(schema) {
  const client = await open();
  try {
    return (await pushSchema(drizzle(client, { schema }))).join("\n");
  } finally {
    client.close();
  }
}

test("the tables that are made have every key, index, check and default", async () => {
  const ddl = await ddlOf({ visits, places });
  const expected = [
    'constraint "places_country_place_code_pk" primary key ("country", "place_code")',
    'constraint "places_name_unique" unique',
    `generated always as ("country" || ':' || "name") virtual`,
    `"height" integer default 0`,
    `"since" integer default 5`,
    `"note" text default 'it''s'`,
    'constraint "height_sane" check ("height" between -500 and 9000)',
    'create unique index "places_lower" on "places" (lower("name"))',
    'create index "places_high" on "places" ("height", "name") where "height" > 1000',
    '"id" integer primary key autoincrement',
    'constraint "visits_country_code_day_unique" unique ("country", "code", "day")',
    'constraint "visits_country_code_places_country_place_code_fk" foreign key',
    "on update cascade on delete set null",
  ];
  for (const part of expected) assert.ok(ddl.includes(part), `${part}\n\n${ddl}`);
});

test("pushSchema creates what is missing, once", async (t) => {
  const client = await open();
  t.after(() => client.close());
  assert.equal((await pushSchema(drizzle(client, { schema: { places } }))).length, 3);
  const both = drizzle(client, { schema: { places, visits } });
  assert.match((await pushSchema(both)).join(), /^create table "visits"/);
  assert.deepEqual(await pushSchema(both), []);
});

test("a table that another one refers to comes along", async () => {
  assert.match(await ddlOf({ visits }), /create table "places"/);
});

test("tables and columns carry Drizzle's metadata", () => {
  assert.ok(is(places, Table) && is(places, SQLiteTable) && !is(places, pg.PgTable));
  assert.ok(is(places.code, Column) && is(places.code, SQLiteColumn));
  assert.equal(Table[entityKind], "Table");
  assert.ok(
    is(
      places,
      class Other {
        static [Symbol.for("drizzle:entityKind")] = "SQLiteTable";
      },
    ),
  );
  assert.equal(places[Symbol.for("drizzle:Name")], "places");
  assert.equal(places[Symbol.for("drizzle:IsDrizzleTable")], true);
  assert.deepEqual(Object.keys(places[Symbol.for("drizzle:Columns")]), Object.keys(places));
  assert.equal(getTableName(places), "places");
  const { code } = getTableColumns(places);
  assert.equal(code, places.code);
  const { name, key, notNull, hasDefault, columnType, dataType, table } = code;
  assert.deepEqual(
    { name, key, notNull, hasDefault, columnType, dataType },
    {
      name: "place_code",
      key: "code",
      notNull: true,
      hasDefault: false,
      columnType: "SQLiteInteger",
      dataType: "number",
    },
  );
  assert.equal(table, places);
  assert.equal(code.getSQLType(), "integer");
});

test("getTableConfig resolves names and references", () => {
  const config = getTableConfig(visits);
  const [key] = config.foreignKeys;
  assert.equal(key.reference().foreignTable, places);
  assert.deepEqual([key.onDelete, key.onUpdate], ["set null", "cascade"]);
  assert.deepEqual(
    config.columns.map(({ name }) => name),
    ["id", "country", "code", "day"],
  );
  assert.deepEqual(
    getTableConfig(places).indexes.map(({ config: { unique: only } }) => only),
    [true, false],
  );
});

test("column builders are immutable, so that tables can share them", async () => {
  const base = text("shared");
  const required = base.notNull().default("x");
  const one = sqliteTable("one", { a: base });
  const two = sqliteTable("two", { a: required });
  assert.equal(one.a.notNull, false);
  assert.equal(two.a.notNull, true);
  assert.equal(two.a.default, "x");
  assert.notEqual(one.a.table, two.a.table);
});

test("sqliteTableCreator renames tables in SQL", () => {
  const prefixed = sqliteTableCreator((name) => `app_${name}`);
  assert.equal(getTableName(prefixed("users", { id: integer() })), "app_users");
});

test("a serial column that is not the primary key is refused", async () => {
  const wrong = pg.pgTable("wrong", { id: pg.integer("id").primaryKey(), n: pg.serial("n") });
  await assert.rejects(ddlOf({ wrong }), { code: "invalid_schema" });
});

test("other exports of a schema module are left alone", async () => {
  const schema = {
    places,
    visitsRelations: relations(visits, () => ({})),
    helper: () => 1,
    n: null,
  };
  assert.match(await ddlOf(schema), /"places"/);
});

test("every column has the class of its kind", () => {
  const all = sqliteTable("all", (c) => ({
    SQLiteInteger: c.integer(),
    SQLiteBoolean: c.int({ mode: "boolean" }),
    SQLiteTimestamp: c.integer({ mode: "timestamp" }),
    SQLiteText: c.text({ length: 10 }),
    SQLiteTextJson: c.text({ mode: "json" }),
    SQLiteBlobBuffer: c.blob(),
    SQLiteBlobJson: c.blob({ mode: "json" }),
    SQLiteBigInt: c.blob({ mode: "bigint" }),
    SQLiteNumeric: c.numeric(),
    SQLiteNumericNumber: c.numeric({ mode: "number" }),
    SQLiteNumericBigInt: c.numeric({ mode: "bigint" }),
    SQLiteReal: c.real(),
    SQLiteCustomColumn: c.customType({ dataType: () => "text" })(),
  }));
  for (const [kind, column] of Object.entries(getColumns(all))) {
    assert.ok(is(column, core[kind]) && is(column, SQLiteColumn) && is(column, Column), kind);
    assert.equal(core[kind][entityKind], kind);
    assert.equal(column.columnType, kind);
    assert.equal(is(column, core.SQLiteText), kind === "SQLiteText");
  }
  assert.equal(all.SQLiteText.getSQLType(), "text(10)");
  assert.deepEqual([all.SQLiteText.length, all.SQLiteReal.length], [10, undefined]);
  const postgres = pg.pgTable("all", (c) => ({
    PgVarchar: c.varchar({ length: 5 }),
    PgBigInt64: c.bigint({ mode: "bigint" }),
    PgUUID: c.uuid(),
    PgArray: c.text().array(),
    PgCustomColumn: c.customType({ dataType: () => "citext" })(),
  }));
  for (const [kind, column] of Object.entries(getColumns(postgres))) {
    assert.ok(is(column, pg[kind]) && is(column, pg.PgColumn), kind);
  }
  assert.equal(postgres.PgCustomColumn.getSQLType(), "citext");
  assert.deepEqual([postgres.PgVarchar.length, postgres.PgVarchar.getSQLType()], [5, "varchar(5)"]);
  assert.throws(() => is(all, class Other {}), /Class "Other" doesn't look like a Drizzle entity/);
});

test("a column may have another name as a field", async (t) => {
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, { schema: { places } });
  const query = db.select({ c: places.code.as("the code") }).from(places);
  assert.match(query.toSQL().sql, /"place_code" (as )?"the code"/);
});

test("values of Postgres columns are those that were written", async (t) => {
  const mood = pg.pgEnum("mood", ["sad", "happy"]);
  const colour = pg.pgEnum("colour", { Red: "red", Blue: "blue" });
  const all = pg
    .pgTable(
      "all",
      {
        id: pg.bigserial({ mode: "string" }).primaryKey(),
        wide: pg.bigint({ mode: "bigint" }).unique("wide_once", { nulls: "not distinct" }),
        wideText: pg.bigint("wide_text", { mode: "string" }),
        small: pg.smallint(),
        ok: pg.boolean(),
        double: pg.doublePrecision(),
        price: pg.numeric({ precision: 10, scale: 2 }),
        exact: pg.decimal({ mode: "bigint" }),
        name: pg.varchar({ length: 3 }),
        mood: mood(),
        colour: colour("color"),
        uuid: pg.uuid().defaultRandom(),
        json: pg.jsonb(),
        bytes: pg.bytea(),
        at: pg.timestamp({ withTimezone: true }),
        atText: pg.timestamp({ mode: "string" }),
        day: pg.date(),
        dayDate: pg.date({ mode: "date" }),
        time: pg.time("time", { precision: 3 }),
        span: pg.interval({ fields: "day" }),
        net: pg.cidr(),
        host: pg.inet(),
        point: pg.point({ mode: "xy" }),
        line: pg.line(),
        vector: pg.vector({ dimensions: 2 }),
        bits: pg.bit({ dimensions: 3 }),
        tags: pg.text().array().notNull().default([]),
        grid: pg.integer().array("[][]"),
        days: pg.timestamp().array(),
        wides: pg.bigint({ mode: "bigint" }).array(2).array(),
      },
      (table) => [
        pg.index("all_name").using("btree", table.name.desc().nullsLast(), table.mood.asc()),
        pg.uniqueIndex("all_uuid").on(table.uuid.op("uuid_ops")).concurrently(),
        pg.unique().on(table.small, table.ok).nullsNotDistinct(),
        pg.pgPolicy("mine", { for: "select" }),
      ],
    )
    .enableRLS();
  const row = {
    id: "9007199254740993",
    wide: 9223372036854775807n,
    wideText: "-9223372036854775808",
    small: 5,
    ok: true,
    double: 0.1,
    price: "1.50",
    exact: 9007199254740993n,
    name: "longer",
    mood: "sad",
    colour: "blue",
    uuid: "0b9e8a9e-0000-4000-8000-000000000000",
    json: { a: [1] },
    bytes: new Uint8Array([0, 255]),
    at: new Date(1500),
    atText: "2026-01-01 00:00:00",
    day: "2026-01-01",
    dayDate: new Date(86400000),
    time: "12:00:00",
    span: "3 days",
    net: "10.0.0.0/8",
    host: "10.0.0.1",
    point: { x: 1, y: 2 },
    line: [1, 2, 3],
    vector: [0.5, 1],
    bits: "101",
    tags: ["a", "b"],
    grid: [
      [1, 2],
      [3, null],
    ],
    days: [new Date(0), null],
    wides: [[1n, 9007199254740993n], []],
  };
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, {
    schema: { all, mood, colour, seq: pg.pgSequence("seq"), r: pg.pgRole("r") },
  });
  const ddl = (await pushSchema(db)).join("\n");
  assert.match(ddl, /create index "all_name" on "all" \("name" desc, "mood"\)/);
  assert.match(ddl, /create unique index "all_uuid" on "all" \("uuid"\)/);
  await db.insert(all).values(row);
  const [found] = await db.select().from(all);
  assert.deepEqual({ ...found, bytes: new Uint8Array(found.bytes) }, row);
  await db.insert(all).values({});
  const { tags, uuid } = await db.query.all.findFirst({ where: (c, { isNull }) => isNull(c.name) });
  assert.deepEqual(tags, []);
  assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  assert.deepEqual(mood.enumValues, ["sad", "happy"]);
  assert.deepEqual(colour.enumValues, ["red", "blue"]);
  assert.ok(pg.isPgEnum(mood) && all.mood.enumValues[0] === "sad");
});

test("tables of Postgres by a creator, in a schema, with a casing", async () => {
  const created = pg.pgTableCreator((name) => `app_${name}`);
  assert.equal(getTableName(created("users", { id: pg.serial().primaryKey() })), "app_users");
  const snake = pg.snakeCase.table("t", { someId: pg.integer().primaryKey() });
  assert.equal(snake.someId.name, "some_id");
  const one = pg.pgSchema("one");
  const two = pg.pgSchema("two");
  const users = (schema) => schema.table("users", { id: pg.integer().primaryKey() });
  const [a, b] = [users(one), users(two)];
  assert.deepEqual([getTableName(a), getTableUniqueName(b)], ["users", "two.users"]);
  assert.match(await ddlOf({ a, b }), /"one\.users"[^]*"two\.users"/);
  assert.ok(pg.isPgSchema(one) && pg.isPgSequence(one.sequence("s")));
  assert.equal(one.enum("e", ["x"]).schema, "one");
});

test("custom types: configuration, and what Drizzle reads JSON with is accepted", async (t) => {
  const list = core.customType({
    dataType: (config) => `list${config.size}`,
    toDriver: (value) => value.join(","),
    fromDriver: (stored) => stored.split(","),
    fromJson: () => assert.fail("nothing goes through JSON"),
    forJsonSelect: () => assert.fail("nothing goes through JSON"),
  });
  const lists = sqliteTable("lists", {
    id: integer().primaryKey(),
    of: list("items", { size: 3 }),
  });
  assert.equal(lists.of.getSQLType(), "list3");
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, { schema: { lists } });
  await pushSchema(db);
  await db.insert(lists).values({ of: ["a", "b"] });
  assert.deepEqual(await db.query.lists.findMany(), [{ id: 1, of: ["a", "b"] }]);
});
