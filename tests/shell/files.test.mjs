// What the shell command reads and writes on the disk: the database file, and files of TypeScript.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { test } from "node:test";
import { project } from "./project.mjs";

const app = project();
app.link("typescript");
app.write(
  "schema.ts",
  `import { integer, sqliteTable, text } from "virga/sqlite-core";
  export const users = sqliteTable("users", { id: integer().primaryKey(), name: text() } as const satisfies object);`,
);
const push = (...args) => app.virga("push", "--schema", "schema.ts", "--url", "app.db", ...args);
const files = () => readdirSync(app.path).filter((name) => name.startsWith("app.db"));

test("a file that is not there is created; one that did not change is not written", () => {
  assert.equal(push().status, 0);
  const before = statSync(app.at("app.db"));
  assert.equal(push().status, 0);
  const after = statSync(app.at("app.db"));
  assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
  assert.deepEqual(files(), ["app.db"]);
});

test("a file in WAL mode stays in it, with its permissions", () => {
  const database = app.sqlite();
  database.pragma("journal_mode = wal");
  database.exec("insert into users values (1, 'Ada')");
  database.close();
  chmodSync(app.at("app.db"), 0o640);
  app.write("schema.ts", app.read("schema.ts").replace("text()", 'text().default("x")'));
  const { status, stderr } = push();
  assert.equal(status, 0, stderr);
  assert.equal(statSync(app.at("app.db")).mode & 0o777, 0o640);
  const again = app.sqlite();
  assert.equal(again.pragma("journal_mode", { simple: true }), "wal");
  assert.deepEqual(again.prepare("select * from users").all(), [{ id: 1, name: "Ada" }]);
  again.close();
});

test("a file that another program has open is refused, and stays as it is", () => {
  const database = app.sqlite();
  database.exec("insert into users values (2, 'Bob')");
  const before = readFileSync(app.at("app.db"));
  app.write("schema.ts", app.read("schema.ts").replace('default("x")', "notNull()"));
  const { status, stderr } = push();
  assert.equal(status, 1);
  assert.match(stderr, /app\.db-wal holds changes that are not in the file yet/);
  assert.deepEqual(readFileSync(app.at("app.db")), before);
  database.close();
  assert.equal(push().status, 0);
  assert.deepEqual(files(), ["app.db"]);
});

test("what is no database is refused, and stays as it is", () => {
  app.write("noise.db", "not a database".repeat(100));
  const { status, stderr } = push("--url", "noise.db");
  assert.equal(status, 1);
  assert.match(stderr, /file is not a database/);
  assert.equal(app.read("noise.db"), "not a database".repeat(100));
});

test("rows in the way are named, and nothing is changed", () => {
  const database = app.sqlite();
  database.exec("insert into users values (3, 'Ada')");
  database.close();
  const before = readFileSync(app.at("app.db"));
  app.write("schema.ts", app.read("schema.ts").replace("notNull()", "notNull().unique()"));
  const { status, stderr } = push();
  assert.equal(status, 4, stderr);
  assert.match(stderr, /users/);
  assert.deepEqual(readFileSync(app.at("app.db")), before);
});

test("on a terminal, a rename is asked for", (t) => {
  if (spawnSync("script", ["--version"]).status !== 0) return t.skip("needs script of util-linux");
  app.write(
    "schema.ts",
    app
      .read("schema.ts")
      .replace("name: text()", 'called: text("called")')
      .replace(".unique()", ""),
  );
  const command = `${process.execPath} node_modules/.bin/virga push --schema schema.ts --url app.db`;
  const options = { cwd: app.path, encoding: "utf8", input: "1\n" };
  const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], options);
  assert.match(stdout, /Is the column users\.called new, or renamed\?/);
  assert.match(stdout, /Done\./);
  const database = app.sqlite();
  assert.deepEqual(database.prepare("select called from users order by id").pluck().all(), [
    "Ada",
    "Bob",
    "Ada",
  ]);
  database.close();
});

test("without esbuild and typescript, Node says what it needs or does it itself", () => {
  app.remove("node_modules/typescript");
  const { status, stderr } = push("--dry-run");
  const [major, minor] = process.versions.node.split(".").map(Number);
  const strips = major > 22 || (major === 22 && minor >= 13);
  assert.equal(status, strips ? 0 : 2, stderr);
  if (!strips)
    assert.match(stderr, /install esbuild or typescript in the project, or use Node 22\.13/);
});

test("a schema of plain JavaScript needs nothing", () => {
  app.write("plain/schema.js", app.read("schema.ts").replace(" as const satisfies object", ""));
  const { status, stderr } = push("--schema", "plain/*.js", "--dry-run");
  assert.equal(status, 0, stderr);
});
