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

test("text that is no address is a path, seen from the working folder", () => {
  const body = `
    await load("../../build/npm/virga.wasm");
    console.log(openSync() !== undefined);`;
  assert.equal(printed(body), "true");
});

test("a source of another realm is known for what it is", () => {
  const body = `
    import { runInNewContext } from "node:vm";
    await load(runInNewContext("new WebAssembly.Module(wasm)", { wasm }));
    console.log(openSync() !== undefined);`;
  assert.equal(printed(body), "true");
});

test("the bytes inside of the package are loaded without a file", () => {
  const body = `
    import { load as loadInline } from "virga/inline";
    process.getBuiltinModule = undefined;
    await loadInline();
    console.log(openSync() !== undefined);`;
  assert.equal(printed(body), "true");
});

/** The message and the hint of a source that cannot be loaded. */
const failure = (source) =>
  printed(
    `try { await load(${source}); } catch (error) { console.log(error.message, error.hint); }`,
  );

test("an error says what was there, where, and what is taken", () => {
  const failures = {
    "/no/such/virga.wasm": /from file:\/\/\/no\/such\/virga\.wasm: ENOENT.* load\(\) takes/,
    "data:text/html,<!doctype html><p>":
      /from data:.*\(text\/html\) is no wasm, it begins with "<!doctype html><p>"/,
    "data:application/wasm,<html>":
      /from data:application\/wasm,<html>: WebAssembly\.\w+\(\): expected magic word/,
  };
  for (const [source, pattern] of Object.entries(failures))
    assert.match(failure(JSON.stringify(source)), pattern);
  assert.match(failure('new Response("", { status: 404 })'), /the answer has the status 404/);
  assert.match(failure("{ default: wasm }"), /what is given is of the kind Object/);
  assert.match(failure("new Uint8Array(4)"), /what is there \(bytes\) is no wasm, it begins with/);
});

test("without the package's file an error says so, and how to do without it", () => {
  const body = `
    import { cpSync, mkdtempSync, rmSync } from "node:fs";
    import { tmpdir } from "node:os";
    import { join } from "node:path";
    const folder = mkdtempSync(join(tmpdir(), "virga-load-"));
    const filter = (path) => !path.endsWith(".wasm");
    cpSync(new URL("../../build/npm", import.meta.url), folder, { recursive: true, filter });
    process.chdir(folder);
    const moved = await import(join(folder, "index.js"));
    for (const work of [moved.open, moved.openSync]) {
      try { await work(); } catch (error) { console.log(error.message, error.hint); }
    }
    rmSync(folder, { recursive: true });`;
  const lines = printed(body).split("\n");
  assert.equal(lines.length, 2);
  for (const line of lines)
    assert.match(
      line,
      /from file:\S+virga-load-\w+\/virga\.wasm: ENOENT.*virga\/inline needs no file/,
    );
});
