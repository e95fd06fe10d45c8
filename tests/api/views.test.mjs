// Views: of a query, of SQL, existing ones; selected, joined, queried with relations.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  count,
  defineRelations,
  drizzle,
  eq,
  getColumns,
  getTableName,
  getViewName,
  getViewSelectedFields,
  gt,
  is,
  isTable,
  isView,
  max,
  open,
  pushSchema,
  sql,
  Table,
  View,
} from "virga";
import * as pg from "virga/pg-core";
import {
  alias,
  getViewConfig,
  integer,
  QueryBuilder,
  snakeCase,
  sqliteTable,
  SQLiteView,
  sqliteView,
  text,
  view,
} from "virga/sqlite-core";

const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  createdAt: integer("created_at", { mode: "timestamp" }).notNull(),
  tags: text({ mode: "json" }),
});
const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  ownerId: integer("owner_id"),
  title: text().notNull(),
});
const recent = sqliteView("recent").as((qb) =>
  qb
    .select({ id: users.id, who: users.name, at: users.createdAt, tags: users.tags })
    .from(users)
    .where(gt(users.createdAt, new Date(1000))),
);
const totals = sqliteView("totals").as(
  new QueryBuilder()
    .select({
      ownerId: posts.ownerId,
      n: count().as("n"),
      last: max(posts.title),
      twice: sql`count(*) * 2`.mapWith(String).as("twice"),
    })
    .from(posts)
    .groupBy(posts.ownerId),
);
const titled = sqliteView("titled", {
  name: text(),
  at: integer("created_at", { mode: "timestamp" }),
}).as(sql`select ${users.name}, ${users.createdAt} from ${users} where ${users.id} > ${1}`);
const existing = view("recent", { key: integer("id") }).existing();
const recentTotals = sqliteView("recent_totals").as((qb) =>
  qb
    .select({ user: recent, n: totals.n })
    .from(recent)
    .leftJoin(totals, eq(totals.ownerId, recent.id)),
);
// Views stand before what they select from: the order in which they are created is found.
const tables = { recentTotals, totals, titled, recent, users, posts };

async function seeded(t, config = { schema: tables }) {
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, config);
  await pushSchema(db);
  await db.insert(users).values([
    { id: 1, name: "Ada", createdAt: new Date(1000) },
    { id: 2, name: "Bo", createdAt: new Date(2000), tags: ["x"] },
    { id: 3, name: "Cy", createdAt: new Date(3000) },
  ]);
  await db.insert(posts).values([
    { id: 1, ownerId: 2, title: "Mist" },
    { id: 2, ownerId: 2, title: "Rain" },
  ]);
  return db;
}

const bo = { id: 2, who: "Bo", at: new Date(2000), tags: ["x"] };
const cy = { id: 3, who: "Cy", at: new Date(3000), tags: null };

test("a view of a query has its fields, with their decoders", async (t) => {
  const db = await seeded(t);
  assert.deepEqual(await db.select().from(recent).orderBy(recent.id), [bo, cy]);
  assert.deepEqual(await db.select().from(totals), [
    { ownerId: 2, n: 2, last: "Rain", twice: "4" },
  ]);
  const found = await db
    .select({ when: recent.at })
    .from(recent)
    .where(eq(recent.at, new Date(3000)));
  assert.deepEqual(found, [{ when: new Date(3000) }]);
});

test("a view of SQL, and one that exists already", async (t) => {
  const db = await seeded(t);
  assert.deepEqual(await db.select().from(titled).orderBy(titled.at), [
    { name: "Bo", at: new Date(2000) },
    { name: "Cy", at: new Date(3000) },
  ]);
  const other = drizzle(db.$client);
  assert.deepEqual(await other.select().from(existing).orderBy(existing.key), [
    { key: 2 },
    { key: 3 },
  ]);
});

test("views of views, with objects of fields; joins and aliases", async (t) => {
  const db = await seeded(t);
  const nested = await db.select().from(recentTotals).orderBy(recentTotals.user.id);
  assert.deepEqual(nested, [
    { user: bo, n: 2 },
    { user: cy, n: null },
  ]);
  const joined = await db.select().from(users).innerJoin(totals, eq(totals.ownerId, users.id));
  assert.deepEqual(Object.keys(joined[0]), ["users", "totals"]);
  const other = alias(recent, "other");
  assert.deepEqual(await db.select({ id: other.id }).from(other).where(gt(other.id, 2)), [
    { id: 3 },
  ]);
});

test("views are queried and related with relations", async (t) => {
  const relations = defineRelations(tables, (r) => ({
    users: { totals: r.one.totals({ from: r.users.id, to: r.totals.ownerId }) },
    totals: { owner: r.one.users({ from: r.totals.ownerId, to: r.users.id }) },
  }));
  const db = await seeded(t, { relations });
  const found = await db.query.totals.findMany({
    columns: { n: true },
    where: { n: { gt: 1 } },
    with: { owner: { columns: { name: true } } },
  });
  assert.deepEqual(found, [{ n: 2, owner: { name: "Bo" } }]);
  const user = await db.query.users.findFirst({ where: { totals: true }, with: { totals: true } });
  assert.deepEqual(user.totals, { ownerId: 2, n: 2, last: "Rain", twice: "4" });
  await assert.rejects(db.query.recentTotals.findMany(), /Views with nested selections/);
});

test("what a view says about itself", () => {
  assert.ok(isView(recent) && is(recent, View) && is(recent, SQLiteView));
  assert.ok(!isTable(recent) && !is(recent, Table) && !isView(users));
  assert.equal(getViewName(recent), "recent");
  assert.equal(getTableName(recent), "recent");
  assert.deepEqual(Object.keys(getViewSelectedFields(recent)), ["id", "who", "at", "tags"]);
  assert.equal(getColumns(recent).who, recent.who);
  assert.equal(recent.who.name, "name");
  const { query, selectedFields, ...config } = getViewConfig(recent);
  assert.deepEqual(config, {
    name: "recent",
    originalName: "recent",
    schema: undefined,
    isExisting: false,
    isAlias: false,
  });
  assert.equal(selectedFields.id, recent.id);
  assert.ok(query);
  assert.equal(getViewConfig(existing).isExisting, true);
  assert.equal(getViewConfig(existing).query, undefined);
});

test("casing: names of columns that have none of their own", async (t) => {
  const accounts = sqliteTable("accounts", {
    userId: integer().primaryKey(),
    fullName: text(),
    as: text("given"),
  });
  const named = sqliteView("named").as((qb) =>
    qb.select({ who: accounts.fullName }).from(accounts),
  );
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, { schema: { accounts, named }, casing: "snake_case" });
  const ddl = (await pushSchema(db)).join("\n");
  assert.match(ddl, /"user_id" integer.*"full_name" text.*"given" text/s);
  await db.insert(accounts).values({ userId: 1, fullName: "Ada", as: "x" });
  assert.deepEqual(await db.select().from(named), [{ who: "Ada" }]);
  assert.deepEqual(await db.query.accounts.findFirst(), { userId: 1, fullName: "Ada", as: "x" });
  const own = snakeCase.table("own", { someURL2: text() });
  assert.equal(own.someURL2.name, "some_url_2");
  const ownView = snakeCase.view("own_view", { someValue: text() }).existing();
  assert.equal(ownView.someValue.name, "some_value");
});

test("views of Postgres, also materialized ones and in schemas", async (t) => {
  const auth = pg.pgSchema("auth");
  const people = auth.table("people", { id: pg.serial().primaryKey(), name: pg.text() });
  const names = auth.view("names").as((qb) => qb.select({ name: people.name }).from(people));
  const ids = pg
    .pgMaterializedView("ids")
    .using("heap")
    .withNoData()
    .as((qb) => qb.select({ id: people.id }).from(people));
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, { schema: { people, names, ids } });
  assert.match((await pushSchema(db)).join("\n"), /create view "auth\.names"/);
  await db.insert(people).values({ name: "Ada" });
  assert.deepEqual(await db.select().from(names), [{ name: "Ada" }]);
  assert.deepEqual(await db.select().from(ids), [{ id: 1 }]);
  assert.ok(is(ids, pg.PgMaterializedView) && pg.isPgView(names));
  assert.equal(pg.getTableConfig(people).schema, "auth");
});
