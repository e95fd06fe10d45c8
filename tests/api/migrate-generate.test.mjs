// Generated migrations and what check() says of folders, in a program: no files, no shell.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { drizzle, open, sql } from "virga";
import { check, generate, migrate, readMigrationFiles, undo } from "virga/migrator";
import { index, integer, sqliteTable, sqliteView, text } from "virga/sqlite-core";

const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
const wider = sqliteTable(
  "users",
  { id: integer().primaryKey(), name: text().notNull(), email: text() },
  (table) => [index("by_email").on(table.email)],
);

/** A folder that grows by what is generated. */
async function grown(folder, options) {
  const made = await generate({ folder, ...options });
  return { made, folder: { ...folder, ...made.files } };
}

const kinds = ({ issues }) => issues.map(({ kind }) => kind);

for (const format of ["folders", "journal"]) {
  test(`${format}: a schema grows, in files and in a database, and goes back`, async () => {
    const one = await grown({}, { schema: { users }, format });
    assert.match(one.made.name, /_create_table_users$/);
    const two = await grown(one.folder, { schema: { wider } });
    assert.match(two.made.name, /_add_column_users_email_and_more$/);
    const client = await open();
    const db = drizzle(client);
    assert.equal(migrate(db, { migrations: two.folder }).applied.length, 2);
    client.exec("insert into users values (1, 'Ada', 'a@b')");
    assert.deepEqual(await check(two.folder, client), { issues: [], pending: [] });
    undo(db, { migrations: two.folder });
    assert.deepEqual(client.prepare("select * from users").all(), [{ id: 1, name: "Ada" }]);
    assert.deepEqual(await check(two.folder, client), { issues: [], pending: [two.made.name] });
    const none = await generate({ folder: two.folder, schema: { wider } });
    assert.deepEqual([none.name, none.files], [undefined, {}]);
  });

  test(`${format}: SQL of one's own stays: its snapshot is the last one, its tables are nobody's`, async () => {
    const one = await grown({}, { schema: { users }, format });
    const custom = await grown(one.folder, { schema: {}, custom: true, name: "mine" });
    const path = Object.keys(custom.made.files).find((each) => /mine.*\.sql$/.test(each));
    const folder = { ...custom.folder, [path]: "create table kept (a);" };
    assert.deepEqual((await check(folder)).issues, []);
    const next = await generate({ folder, schema: { wider } });
    assert.doesNotMatch(JSON.stringify(next.migration), /kept/);
  });
}

test("prefixes of a journal are those of drizzle-kit", async () => {
  const expected = {
    index: /^0000_a$/,
    timestamp: /^\d{14}_a$/,
    supabase: /^\d{14}_a$/,
    unix: /^\d{10}_a$/,
    none: /^_a$/,
  };
  for (const [prefix, pattern] of Object.entries(expected)) {
    const made = await generate({ schema: { users }, format: "journal", prefix, name: "a" });
    assert.match(made.name, pattern);
  }
});

test("without breakpoints there are none", async () => {
  const { folder } = await grown({}, { schema: { wider }, breakpoints: false });
  assert.doesNotMatch(JSON.stringify(folder), /statement-breakpoint/);
  const [{ sql: statements }] = readMigrationFiles({ migrations: folder });
  assert.equal(statements.length, 1);
});

test("views, and what a down file does not bring back", async () => {
  const names = sqliteView("names").as((query) => query.select({ name: wider.name }).from(wider));
  const one = await grown({}, { schema: { wider, names } });
  const snapshot = JSON.parse(one.folder[`${one.made.name}/snapshot.json`]);
  assert.match(snapshot.ddl.find(({ entityType }) => entityType === "views").definition, /^select/);
  const two = await grown(one.folder, { schema: { users } });
  assert.equal(two.made.migration.irreversible.length > 0, true);
  assert.match(two.folder[`${two.made.name}/down.sql`], /^-- /);
});

test("check: files that do not go together", async () => {
  const one = await grown({}, { schema: { users }, format: "journal" });
  const two = await grown(one.folder, { schema: { wider } });
  assert.deepEqual(kinds(await check({ ...two.folder, "0009_lost.sql": "select 1" })), [
    "left out",
  ]);
  const journal = JSON.parse(two.folder["meta/_journal.json"]);
  const changed = (entries) => ({
    ...two.folder,
    "meta/_journal.json": JSON.stringify({ ...journal, entries }),
  });
  const [first, second] = journal.entries;
  assert.deepEqual(kinds(await check(changed([first, { ...second, when: first.when }]))), [
    "left out",
  ]);
  assert.deepEqual(kinds(await check(changed([first, { ...second, idx: 0 }]))), ["collision"]);
  const missing = { ...two.folder };
  delete missing[`${first.tag}.sql`];
  assert.deepEqual(kinds(await check(missing)), ["broken"]);
  const broken = { ...two.folder, [`${second.tag}.sql`]: "create table users (id)" };
  assert.deepEqual(kinds(await check(broken)), ["broken"]);
  const other = { ...two.folder, [`${second.tag}.sql`]: "select 1" };
  assert.ok(kinds(await check(other)).every((kind) => kind === "snapshot"));
  const branch = {
    ...two.folder,
    "meta/0002_snapshot.json": two.folder["meta/0001_snapshot.json"],
  };
  assert.deepEqual(kinds(await check(branch)), ["collision"]);
});

test("check: a database that does not go with the folder", async () => {
  const one = await grown({}, { schema: { users } });
  const two = await grown(one.folder, { schema: { wider } });
  const client = await open();
  const db = drizzle(client);
  migrate(db, { migrations: two.folder });
  client.exec("drop index by_email");
  const drift = await check(two.folder, client);
  assert.deepEqual(
    drift.issues.map(({ kind, name }) => [kind, name]),
    [["drift", "users"]],
  );
  client.exec("create index by_email on users (email)");
  const path = `${two.made.name}/migration.sql`;
  const edited = { ...two.folder, [path]: `-- edited\n${two.folder[path]}` };
  assert.deepEqual(kinds(await check(edited, client)), ["changed"]);
  assert.deepEqual(kinds(await check(one.folder, client)), ["changed", "drift", "drift"]);
});

test("a migration that came in between is left out by a journal, and check says so", async () => {
  const one = await grown({}, { schema: { users }, format: "journal" });
  const journal = JSON.parse(one.folder["meta/_journal.json"]);
  const [entry] = journal.entries;
  const early = { ...entry, idx: -1, when: entry.when - 1000, tag: "early" };
  const folder = {
    ...one.folder,
    "early.sql": "select 1",
    "meta/_journal.json": JSON.stringify({ ...journal, entries: [early, entry] }),
  };
  const client = await open();
  migrate(drizzle(client), { migrations: one.folder });
  assert.deepEqual(migrate(drizzle(client), { migrations: folder }), { applied: [] });
  assert.deepEqual(
    (await check(folder, client)).issues.map(({ kind, name }) => [kind, name]),
    [["left out", "early"]],
  );
});

test("hashes are those of Node, for texts of any length", (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`SEED=${seed}`);
  let state = seed;
  const next = (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % limit;
  };
  for (let length = 0; length < 300; length += 1) {
    const text = Array.from({ length }, () => String.fromCodePoint(1 + next(0x2fff))).join("");
    const [{ hash }] = readMigrationFiles({
      migrations: { "20260101000000_a/migration.sql": text },
    });
    assert.equal(hash, createHash("sha256").update(text).digest("hex"), JSON.stringify(text));
  }
});

test("a schema that contradicts itself, and a folder that does not run, are errors", async () => {
  const wrong = sqliteTable("wrong", { a: integer().default(sql`no such thing(`) });
  await assert.rejects(generate({ schema: { wrong } }), { code: /sqlite|invalid_schema/ });
  const folder = { "20260101000000_a/migration.sql": "create nonsense" };
  await assert.rejects(generate({ folder, schema: { users } }), {
    message: /^Migration "20260101000000_a" failed: near "nonsense"/,
  });
});
