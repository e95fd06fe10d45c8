// Loading the wasm module: from where, when, and what happens before. Each in a process of its own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

/** What a module prints that has everything of the package in scope. */
function printed(body) {
  const program = `
    import { readFileSync } from "node:fs";
    import { drizzle, load, open, openSync } from "virga";
    import { drizzle as nodePostgres } from "virga/node-postgres";
    import { integer, sqliteTable } from "virga/sqlite-core";
    const wasm = readFileSync(new URL("../../build/npm/virga.wasm", import.meta.url));
    const t = sqliteTable("t", { id: integer("id").primaryKey() });
    const codeOf = async (work) => {
      try { await work(); return "nothing thrown"; } catch (error) { return error.code; }
    };
    ${body}`;
  const args = ["--input-type=module", "-e", program];
  const cwd = new URL(".", import.meta.url);
  return execFileSync(process.execPath, args, { cwd, encoding: "utf8" }).trim();
}

test("a synchronous call loads the module from the disk", () => {
  const body = `
    const client = openSync();
    client.exec("create table t (id integer primary key); insert into t values (7)");
    console.log(drizzle(client).select().from(t).all()[0].id);`;
  assert.equal(printed(body), "7");
});

test("a synchronous call does not wait for a module that is being loaded", () => {
  const body = `
    const loading = open();
    const first = openSync();
    const second = await loading;
    for (const client of [first, second]) client.exec("create table t (id integer primary key)");
    console.log(drizzle(first).select().from(t).all().length, drizzle(second).$count(t).sync());`;
  assert.equal(printed(body), "0 0");
});

test("without synchronous files, synchronous calls need the module to be loaded", () => {
  const body = `
    process.getBuiltinModule = undefined;
    const db = nodePostgres({ schema: { t } });
    console.log(await codeOf(() => openSync()), await codeOf(() => db.select().from(t).all()));
    await db.insert(t).values({});
    console.log(db.select().from(t).all().length, openSync() !== undefined);`;
  assert.equal(printed(body), "not_loaded not_loaded\n1 true");
});

test("bytes, a compiled module, an address and a response are taken", () => {
  const count = "drizzle(await open()).$client.export().length >= 0";
  const sources = [
    "wasm",
    "await WebAssembly.compile(wasm)",
    'new URL("../../build/npm/virga.wasm", import.meta.url)',
    'new Response(wasm, { headers: { "content-type": "application/wasm" } })',
    "new Response(wasm)",
    '"data:application/wasm;base64," + wasm.toString("base64")',
  ];
  const body = (source) => `await load(${source}); console.log(${count});`;
  for (const source of sources) assert.equal(printed(body(source)), "true", source);
});

test("after a failure another source can be tried", () => {
  const body = `
    console.log(await codeOf(() => load(new Uint8Array([1, 2, 3]))));
    console.log(await codeOf(() => load(new Response("", { status: 404 }))));
    await load();
    console.log(openSync() !== undefined);`;
  assert.equal(printed(body), "not_loaded\nnot_loaded\ntrue");
});

test("what is started before the module is loaded runs in order", () => {
  const body = `
    const db = nodePostgres({ schema: { t } });
    const slow = db.transaction(async (tx) => {
      await tx.insert(t).values({ id: 1 });
      await new Promise((resolve) => setTimeout(resolve, 5));
      await tx.insert(t).values({ id: 2 });
    });
    const rows = db.select().from(t).execute();
    await slow;
    console.log((await rows).length);`;
  assert.equal(printed(body), "2");
});
