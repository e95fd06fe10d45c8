// Migration folders as drizzle-kit writes them, run by migrate(): what runs, what is remembered, what
// stays when a migration fails, and what drizzle-orm's own migrators make of the same folders.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { drizzle, open } from "virga";
import { migrate, readMigrationFiles, undo } from "virga/migrator";

/** A folder of drizzle-kit 0.3x: the SQL of its migrations by tag. */
function journalFolder(migrations) {
  const entries = Object.keys(migrations).map((tag, idx) => {
    return { idx, version: "6", when: 1_700_000_000_000 + idx, tag, breakpoints: true };
  });
  const files = Object.entries(migrations).map(([tag, sql]) => [`${tag}.sql`, sql]);
  const journal = JSON.stringify({ version: "7", dialect: "sqlite", entries });
  return Object.fromEntries([...files, ["meta/_journal.json", journal]]);
}

/** A folder of drizzle-kit v1: the SQL of its migrations by name. */
const v1Folder = (migrations) =>
  Object.fromEntries(
    Object.entries(migrations).map(([name, sql]) => [`${name}/migration.sql`, sql]),
  );

async function database(sql = "") {
  const client = await open();
  client.exec(sql);
  const all = (query) => client.prepare(query).all();
  return { client, db: drizzle(client), all, one: (query) => Object.values(all(query)[0])[0] };
}

const mark = "--> statement-breakpoint\n";
const first = { "0000_init": `create table a (id integer);\n${mark}create table b (id integer);` };
const second = { ...first, "0001_more": "insert into a values (7);" };

test("a journal's migrations run once, in their order, and are remembered as Drizzle does", async () => {
  const { db, all, one } = await database();
  const migrations = journalFolder(second);
  assert.deepEqual(migrate(db, { migrations }), { applied: ["0000_init", "0001_more"] });
  assert.deepEqual(migrate(db, { migrations }), { applied: [] });
  assert.equal(one("select count(*) from a"), 1);
  const hash = (sql) => createHash("sha256").update(sql).digest("hex");
  assert.deepEqual(all("select * from __drizzle_migrations"), [
    { id: null, hash: hash(second["0000_init"]), created_at: 1_700_000_000_000 },
    { id: null, hash: hash(second["0001_more"]), created_at: 1_700_000_000_001 },
  ]);
});

test("v1's folders run by name, also one that comes in between later", async () => {
  const { db, all } = await database();
  const early = { "20260101000000_a": "create table a (id integer)" };
  const late = { "20260301000000_c": "create table c (id integer)" };
  migrate(db, { migrations: v1Folder({ ...early, ...late }) });
  const between = { "20260201000000_b": "create table b (id integer)" };
  const result = migrate(db, { migrations: v1Folder({ ...late, ...between, ...early }) });
  assert.deepEqual(result.applied, ["20260201000000_b"]);
  const rows = all("select id, name, created_at, applied_at from __drizzle_migrations");
  assert.deepEqual(
    rows.map(({ id, name }) => [id, name]),
    [
      [1, "20260101000000_a"],
      [2, "20260301000000_c"],
      [3, "20260201000000_b"],
    ],
  );
  assert.equal(rows[0].created_at, Date.UTC(2026, 0, 1));
  assert.ok(!Number.isNaN(Date.parse(rows[0].applied_at)));
});

test("a table of 0.3x becomes one of v1 when the folder does: by the second, else by the hash", async () => {
  const { db, all } = await database();
  const sql = "create table a (id integer)";
  migrate(db, { migrations: journalFolder({ "0000_a": sql, "0001_b": "select 1" }) });
  const migrations = v1Folder({ "20231114221320_a": sql, "20231114221320_b": "select 1" });
  assert.deepEqual(migrate(db, { migrations }), { applied: [] });
  assert.deepEqual(all("select name from __drizzle_migrations"), [
    { name: "20231114221320_a" },
    { name: "20231114221320_b" },
  ]);
});

test("an upgrade that misses a migration says so and changes nothing", async () => {
  const { db, client } = await database();
  migrate(db, { migrations: journalFolder(first) });
  const before = client.export();
  const migrations = v1Folder({ "20260101000000_other": "select 1" });
  assert.throws(() => migrate(db, { migrations }), {
    code: "invalid_migrations",
    message:
      "Migrations ran in this database that are not in the folder: those of 2023-11-14T22:13:20.000Z.",
  });
  assert.deepEqual(client.export(), before);
});

test("paths may stand before the folder's files, as bundlers write them", async () => {
  const { db } = await database();
  const moved = (folder, before) =>
    Object.fromEntries(Object.entries(folder).map(([path, text]) => [before + path, text]));
  const one = migrate(db, { migrations: moved(journalFolder(first), "./drizzle/") });
  assert.deepEqual(one.applied, ["0000_init"]);
  const other = { "20260101000000_c": "create table c (id integer)" };
  const migrations = moved(v1Folder(other), "/src/db/drizzle/");
  assert.deepEqual(migrate(db, { migrations, migrationsTable: "own" }).applied, [
    "20260101000000_c",
  ]);
});

test("drizzle-kit's bundles run: with a journal, and without", async () => {
  const { db } = await database();
  const journal = JSON.parse(journalFolder(second)["meta/_journal.json"]);
  const migrations = { m0000: second["0000_init"], m0001: second["0001_more"] };
  assert.deepEqual(migrate(db, { migrations: { journal, migrations } }).applied, [
    "0000_init",
    "0001_more",
  ]);
  const bundle = { migrations: { "20260101000000_c": "create table c (id integer)" } };
  const result = migrate(db, { migrations: bundle, migrationsTable: "own" });
  assert.deepEqual(result.applied, ["20260101000000_c"]);
  assert.throws(() => migrate(db, { migrations: { journal, migrations: {} } }), {
    message: 'The bundle has no migration "m0000".',
  });
});

test("a migration that fails leaves nothing of all that ran with it, and its name is said", async () => {
  const { db, client, all } = await database();
  migrate(db, { migrations: journalFolder(first) });
  const before = client.export();
  const broken = {
    ...second,
    "0002_broken": "create table c (id);\n" + mark + "insert into nowhere values (1)",
  };
  assert.throws(() => migrate(db, { migrations: journalFolder(broken) }), {
    code: "sqlite",
    message: 'Migration "0002_broken" failed: no such table: nowhere',
    sql: "insert into nowhere values (1)",
  });
  assert.deepEqual(client.export(), before);
  assert.deepEqual(all("select * from a"), []);
});

test("folders that cannot be read are refused", async () => {
  const { db } = await database();
  const journal = journalFolder(first)["meta/_journal.json"];
  const cases = [
    [
      { migrations: { "meta/_journal.json": journal } },
      'The journal names "0000_init", but there is no file 0000_init.sql.',
    ],
    [
      { migrations: { "meta/_journal.json": "[]" } },
      'meta/_journal.json is no journal of drizzle-kit: an object with "entries".',
    ],
    [{ migrationsFolder: "no/such/folder" }, "There is no migrations folder at no/such/folder."],
    [{}, "Migrations come from a folder (migrationsFolder) or from its files (migrations)."],
  ];
  for (const [config, message] of cases)
    assert.throws(() => migrate(db, config), { code: "invalid_migrations", message });
});

test("inside of a transaction it is refused, however that began", async () => {
  const { db, client } = await database();
  const migrations = journalFolder(first);
  const refused = { code: "transaction", message: /Migrations run in transactions of their own/ };
  assert.throws(() => db.transaction((tx) => migrate(tx, { migrations })), refused);
  assert.throws(() => db.transaction(() => migrate(db, { migrations })), refused);
  client.exec("begin");
  assert.throws(() => migrate(db, { migrations }), refused);
  client.exec("commit");
  assert.deepEqual(migrate(db, { migrations }).applied, ["0000_init"]);
});

test("init remembers the one migration of a folder without running it", async () => {
  const { db, all } = await database("create table a (id integer)");
  const migrations = v1Folder({ "20260101000000_a": "create table a (id integer)" });
  assert.deepEqual(migrate(db, { migrations, init: true }), { applied: [] });
  assert.deepEqual(migrate(db, { migrations }), { applied: [] });
  assert.equal(migrate(db, { migrations, init: true }).exitCode, "databaseMigrations");
  const two = v1Folder({ "20260101000000_a": "select 1", "20260102000000_b": "select 1" });
  const config = { migrations: two, init: true, migrationsTable: "own" };
  assert.equal(migrate(db, config).exitCode, "localMigrations");
  assert.deepEqual(all("select name from sqlite_schema where name = 'own'"), []);
});

test("the last migration is undone by the file beside it", async () => {
  const { db, all } = await database();
  const migrations = {
    ...v1Folder({
      "20260101000000_a": "create table a (id integer)",
      "20260102000000_b": "create table b (id integer)",
    }),
    "20260102000000_b/down.sql": "drop table b;",
  };
  migrate(db, { migrations });
  assert.equal(undo(db, { migrations }), "20260102000000_b");
  const names = "select name from sqlite_schema where type = 'table' and name in ('a', 'b')";
  assert.deepEqual(all(names), [{ name: "a" }]);
  assert.throws(() => undo(db, { migrations }), {
    code: "invalid_migrations",
    message: 'Migration "20260101000000_a" has no file that undoes it.',
  });
  assert.deepEqual(migrate(db, { migrations }).applied, ["20260102000000_b"]);
  assert.equal(undo((await database()).db, { migrations }), undefined);
});

test("readMigrationFiles gives what drizzle-orm's gives", () => {
  const [meta] = readMigrationFiles({ migrations: journalFolder(first) });
  assert.deepEqual(meta.sql, ["create table a (id integer);\n", "\ncreate table b (id integer);"]);
  assert.equal(meta.folderMillis, 1_700_000_000_000);
});
