// Declarations: what they say about themselves, and the tables that are made of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Column, drizzle, entityKind, getTableColumns, getTableName, is, open } from "virga";
import { pushSchema, relations, sql, Table } from "virga";
import * as pg from "virga/pg-core";
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
