// The ways to make a database, and what clients can do by themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eq, load, open, openSync, pushSchema } from "virga";
import { drizzle as betterSqlite3 } from "virga/better-sqlite3";
import { drizzle as nodePostgres } from "virga/node-postgres";
import { Client, Pool } from "virga/pg";
import initSqlJs, { drizzle as sqlJs } from "virga/sql-js";
import { withReplicas } from "virga/sqlite-core";
import { blog, tutorial } from "./schemas.mjs";

const { authors } = blog;
await load();

test("better-sqlite3: every form of drizzle()", (t) => {
  const client = openSync();
  const config = { schema: blog };
  const databases = [
    betterSqlite3(),
    betterSqlite3(":memory:"),
    betterSqlite3(client),
    betterSqlite3(client, config),
    betterSqlite3(":memory:", config),
    betterSqlite3({ client, ...config }),
    betterSqlite3({ connection: ":memory:", ...config }),
    betterSqlite3({ connection: { source: ":memory:" } }),
  ];
  t.after(() => databases.forEach((db) => db.$client.close()));
  for (const db of databases) assert.deepEqual(db.get("select 1 as n"), { n: 1 });
  const [, , second, third, , fifth] = databases;
  for (const db of [second, third, fifth]) assert.equal(db.$client, client);
  assert.equal(third._.schema, blog);
});

test("what is no text is refused as location and as SQL", async () => {
  await assert.rejects(open({ wasm: "virga.wasm" }), {
    code: "invalid_value",
    message: "A location is a text, not object.",
    hint: /open\(":memory:", \{ … \}\)/,
  });
  const client = openSync();
  for (const call of ["exec", "prepare", "peek"]) {
    const refused = { code: "invalid_value", message: "SQL is a text, not undefined." };
    assert.throws(() => client[call](), refused);
  }
  client.close();
});

test("sql-js, and a mock for the SQL of queries", (t) => {
  const db = sqlJs(openSync(), { schema: blog });
  t.after(() => db.$client.close());
  db.$client.exec(
    "create table authors (id integer primary key, full_name text, mentor_id integer)",
  );
  assert.equal(db.insert(authors).values({ name: "a" }).run().changes, 1);
  for (const { mock } of [betterSqlite3, sqlJs, nodePostgres]) {
    const mocked = mock({ schema: blog });
    t.after(() => (mocked.$client.database ?? mocked.$client).close());
    const query = mocked.select({ id: authors.id }).from(authors).where(eq(authors.id, 1));
    assert.match(query.toSQL().sql, /^select "id" from "authors"/);
  }
});

test("sql.js: initSqlJs gives databases that drizzle takes", async () => {
  const { Database } = await initSqlJs({ locateFile: (file) => file });
  const client = new Database();
  client.run("create table a (id integer, name text); create table b (id integer)");
  client.run("insert into a values (?, ?)", [1, "?"]).run("insert into a values (2, ?)", [null]);
  const db = sqlJs(client);
  assert.equal(db.$client, client);
  assert.deepEqual(db.values("select * from a"), [
    [1, "?"],
    [2, null],
  ]);
  assert.equal(Buffer.from(client.export()).toString("latin1", 0, 15), "SQLite format 3");
  client.close();
  assert.throws(() => db.values("select 1"), { code: "closed" });
});

test("node-postgres: every form of drizzle()", async (t) => {
  const pool = new Pool();
  const databases = [
    nodePostgres(),
    nodePostgres("postgres://localhost/db"),
    nodePostgres(pool),
    nodePostgres(pool, { schema: tutorial }),
    nodePostgres({ client: new Client(), schema: tutorial }),
    nodePostgres({ connection: { host: "localhost" }, schema: tutorial }),
  ];
  t.after(() => databases.forEach((db) => db.$client.end()));
  for (const db of databases) assert.deepEqual(await db.get("select 1 as n"), { n: 1 });
});

test("a pool begins as the bytes of a file; missing tables are made", async (t) => {
  const pool = new Pool();
  t.after(() => pool.end());
  await pool.query("create table a as select 'x' as name");
  const copy = nodePostgres(new Pool({ bytes: pool.database.export() }), { schema: tutorial });
  t.after(() => copy.$client.end());
  assert.deepEqual(await copy.all("select * from a"), [{ name: "x" }]);
  assert.equal(await copy.$count(tutorial.users), 0);
  assert.deepEqual(await pool.query("select count(*) as n from a"), {
    rows: [{ n: 1 }],
    rowCount: 1,
  });
});

test("pool.query takes $1 and its kin", async (t) => {
  const pool = new Pool();
  t.after(() => pool.end());
  await pool.query("create table a (id integer primary key, name text)");
  const added = await pool.query("insert into a (name) values ($1), ($2)", ["x", "y"]);
  assert.deepEqual(added, { rows: [], rowCount: 2 });
  const text = `select name, '$1' as "$2" from a where name = $2 or name = $1 -- $3
    order by id /* $4 */`;
  const { rows } = await pool.query({ text, values: ["y", "x"] });
  assert.deepEqual(rows, [
    { name: "x", $2: "$1" },
    { name: "y", $2: "$1" },
  ]);
  await assert.rejects(pool.query("select nope"), { code: "sqlite" });
});

test("client.prepare runs a statement with values in their order", async (t) => {
  const client = await open();
  t.after(() => client.close());
  client.exec("create table a (id integer primary key, name text)");
  const insert = client.prepare("insert into a (name) values (?)");
  assert.deepEqual(insert.run("x"), { changes: 1, lastInsertRowid: 1 });
  assert.deepEqual(insert.run("y"), { changes: 1, lastInsertRowid: 2 });
  const select = client.prepare("select * from a where id >= ?");
  assert.deepEqual(select.all(1), [
    { id: 1, name: "x" },
    { id: 2, name: "y" },
  ]);
  assert.deepEqual(select.get(2), { id: 2, name: "y" });
  assert.equal(select.get(3), undefined);
  assert.deepEqual([...select.iterate(2)], [{ id: 2, name: "y" }]);
  assert.throws(() => client.prepare("select nope").all(), { code: "sqlite" });
  client.close();
  assert.throws(() => select.all(1), { code: "closed" });
});

test("reads of replicas, writes of the primary", async (t) => {
  const [primary, one, two] = await Promise.all(
    [1, 2, 3].map(async () => {
      const db = betterSqlite3({ schema: blog });
      t.after(() => db.$client.close());
      await pushSchema(db);
      return db;
    }),
  );
  one.insert(authors).values({ name: "of one" }).run();
  two.insert(authors).values({ name: "of two" }).run();
  let turn = 0;
  const db = withReplicas(primary, [one, two], (replicas) => replicas[turn++ % replicas.length]);
  const names = () => db.select({ name: authors.name }).from(authors).values().flat();
  assert.deepEqual([names(), names()], [["of one"], ["of two"]]);
  assert.equal(db.query.authors.findFirst().sync().name, "of one");
  db.insert(authors).values({ name: "of the primary" }).run();
  db.transaction((tx) => tx.insert(authors).values({ name: "too" }).run());
  assert.equal(db.get("select count(*) as n from authors").n, 2);
  assert.equal(db.$count(authors).sync(), 1);
  const all = db.$with("all_authors").as(db.select().from(authors));
  assert.equal(db.with(all).select().from(all).all().length, 1);
  db.with(all).delete(authors).run();
  assert.equal(db.$primary.$count(authors).sync(), 0);
  assert.deepEqual(db.$replicas, [one, two]);
});
