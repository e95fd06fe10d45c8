// A database that begins as the bytes of an SQLite file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, openSync } from "virga";

async function fileOf(sql) {
  const client = await open();
  client.exec(sql);
  return client.export();
}

test("a client begins as a copy of a file, and leaves the bytes as they are", async () => {
  const bytes = await fileOf("create table t (a unique); insert into t values (1), (2)");
  const before = bytes.slice();
  for (const client of [await open(":memory:", { bytes }), openSync(":memory:", { bytes })]) {
    client.exec("insert into t values (3)");
    assert.deepEqual(client.prepare("select a from t").all(), [{ a: 1 }, { a: 2 }, { a: 3 }]);
    assert.equal(client.prepare("pragma foreign_keys").get().foreign_keys, 1);
    assert.equal(client.prepare("pragma integrity_check").get().integrity_check, "ok");
    assert.throws(() => client.transaction(() => client.exec("insert into t values (4), (1)")));
    assert.equal(client.prepare("select count(*) n from t").get().n, 3);
  }
  assert.deepEqual(bytes, before);
});

test("the stand-ins of drivers begin as a copy of a file", async () => {
  const bytes = await fileOf("create table t (a); insert into t values (1)");
  const { default: Sqlite } = await import("virga/better-sqlite3");
  const sqlite = new Sqlite(Buffer.from(bytes));
  assert.equal(sqlite.name, ":memory:");
  assert.deepEqual(sqlite.prepare("select a from t").all(), [{ a: 1 }]);
  const { default: initSqlJs } = await import("virga/sql-js");
  const { Database } = await initSqlJs();
  const before = new Database(bytes).run("insert into t values (2)").export();
  assert.deepEqual(new Sqlite(before).prepare("select a from t").pluck().all(), [1, 2]);
});

test("a file in WAL mode is read, as one without", async () => {
  const bytes = await fileOf("create table t (a); insert into t values (1)");
  bytes[18] = bytes[19] = 2;
  const client = await open(":memory:", { bytes });
  assert.deepEqual(client.prepare("select a from t").all(), [{ a: 1 }]);
  assert.deepEqual([...client.export().slice(18, 20)], [1, 1]);
});

test("a file of many pages grows and shrinks", async () => {
  const bytes = await fileOf(
    "create table t (a); with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) insert into t select hex(randomblob(20)) from n",
  );
  const client = await open(":memory:", { bytes });
  client.exec("insert into t select a || a from t; delete from t where rowid % 2; vacuum");
  assert.equal(client.prepare("select count(*) n from t").get().n, 20000);
  assert.equal(client.prepare("pragma integrity_check").get().integrity_check, "ok");
});

test("no bytes are an empty database, and what is no database is refused", async () => {
  const client = await open(":memory:", { bytes: new Uint8Array() });
  client.exec("create table t (a)");
  const noise = new Uint8Array(4096).fill(120);
  await assert.rejects(open(":memory:", { bytes: noise }), {
    code: "sqlite",
    message: /not a database/,
  });
});
