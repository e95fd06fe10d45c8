// The shell command as a user has it: a folder with a schema, and from there through its life.
import assert from "node:assert/strict";
import { test } from "node:test";
import { project } from "./project.mjs";

const app = project();
app.link("esbuild");
app.write(
  "drizzle.config.ts",
  `import { defineConfig } from "drizzle-kit";
  const url: string = "./app.db";
  export default defineConfig({ schema: "./src/schema", out: "./drizzle", dialect: "sqlite", dbCredentials: { url } });`,
);

app.write(
  "tsconfig.json",
  '{ "compilerOptions": { /* as frameworks have it */ "paths": { "@/*": ["./src/schema/*"], } } }',
);

/** Two files, one by Drizzle's name and one by ours, with an import by a path of tsconfig.json. */
function writeSchema(users, posts = "") {
  app.write(
    "src/schema/users.ts",
    `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
    enum Role { user = "user" }
    export const users = sqliteTable("users", { id: integer().primaryKey({ autoIncrement: true }), ${users} });
    export const role: Role = Role.user;`,
  );
  app.write(
    "src/schema/posts.ts",
    `import { integer, sqliteTable, text } from "virga/sqlite-core";
    import { users } from "@/users";
    export const posts = sqliteTable("posts", {
      id: integer().primaryKey(),
      userId: integer("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
      ${posts}
    });`,
  );
}

const counts = () => {
  const database = app.sqlite();
  const count = (table) => database.prepare(`select count(*) from ${table}`).pluck().get();
  const found = { users: count("users"), posts: count("posts") };
  database.close();
  return found;
};

const ran = ({ status, stderr, stdout }) => assert.equal(status, 0, stderr + stdout);

test("the first migration is generated and run", () => {
  writeSchema("name: text().notNull()");
  const made = app.json("generate", "--name", "init");
  assert.equal(made.status, 0, made.stderr);
  assert.match(made.name, /^\d{14}_init$/);
  assert.deepEqual(
    made.changes.map(({ kind, table }) => `${kind} ${table}`),
    ["create table posts", "create table users"],
  );
  for (const file of made.files) assert.ok(app.has(file), file);
  assert.deepEqual(app.json("migrate").applied, [made.name]);
  assert.deepEqual(app.json("migrate").applied, []);
  assert.equal(app.json("check").status, 0);
  const database = app.sqlite();
  database.exec(
    "insert into users (name) values ('Ada'), ('Bob'); insert into posts values (1, 1), (2, 2)",
  );
  database.exec("create trigger log after update on users begin select 1; end");
  database.close();
});

test("nothing changed, nothing is written", () => {
  const again = app.json("generate");
  assert.deepEqual([again.status, again.name, again.files], [0, null, []]);
});

test("a rename is asked for, never guessed; the command line answers", () => {
  writeSchema('fullName: text("full_name").notNull().default("nobody")');
  const asked = app.json("generate");
  assert.equal(asked.status, 3);
  assert.deepEqual(asked.questions, [
    { kind: "column", table: "users", created: "full_name", candidates: ["name"] },
  ]);
  assert.equal(
    asked.error.hint,
    "The command line says it: --rename 'users.name->users.full_name', --create users.full_name",
  );
  ran(app.virga("generate", "--rename", "users.name->users.full_name"));
  ran(app.virga("migrate"));
  assert.deepEqual(counts(), { users: 2, posts: 2 });
  const database = app.sqlite();
  assert.deepEqual(database.prepare("select full_name from users").pluck().all(), ["Ada", "Bob"]);
  assert.equal(
    database.prepare("select name from sqlite_schema where type = 'trigger'").pluck().get(),
    "log",
  );
  assert.throws(() => database.exec("insert into posts values (9, 9)"), /FOREIGN KEY/);
  database.close();
});

test("a migration is undone", () => {
  assert.match(app.json("migrate", "--down").undone, /^\d{14}_/);
  const database = app.sqlite();
  assert.deepEqual(database.prepare("select name from users").pluck().all(), ["Ada", "Bob"]);
  database.close();
  assert.equal(app.json("migrate").applied.length, 1);
  assert.deepEqual(counts(), { users: 2, posts: 2 });
});

test("push changes the file directly, and asks before values are lost", () => {
  writeSchema('fullName: text("full_name").notNull().default("nobody")', "title: text()");
  const dry = app.json("push", "--dry-run");
  assert.deepEqual(dry.changes.map(({ words }) => words).length, 1);
  ran(app.virga("push"));
  writeSchema("");
  const refused = app.json("push");
  assert.equal(refused.status, 4, JSON.stringify(refused));
  assert.equal(refused.error.code, "data_at_risk");
  assert.deepEqual(
    refused.risks.map(({ name, rows }) => [name, rows]),
    [["users.full_name", 2]],
  );
  ran(app.virga("push", "--allow", "users.full_name"));
  assert.deepEqual(counts(), { users: 2, posts: 2 });
});

test("check finds what differs", () => {
  const found = app.json("check");
  assert.equal(found.status, 5);
  assert.ok(found.issues.every(({ kind }) => kind === "drift"));
  app.write("drizzle/20990101000000_wrong/migration.sql", "create table users (id)");
  const broken = app.json("check", "--url", "none.db");
  assert.deepEqual(
    broken.issues.map(({ kind, message }) => [kind, message.replace(/^.*failed: /, "")]),
    [["broken", "table users already exists"]],
  );
});

test("pull writes a schema that push finds nothing in", () => {
  ran(app.virga("pull", "--out", "pulled"));
  app.write("pulled/schema.ts", `${app.read("pulled/schema.ts")}\n// mine`);
  assert.equal(app.virga("pull", "--out", "pulled").status, 2);
  ran(app.virga("pull", "--out", "pulled", "--force"));
  const pushed = app.json("push", "--schema", "pulled/schema.ts");
  assert.deepEqual([pushed.status, pushed.changes], [0, []]);
});

test("pull --init begins a folder for a database that has none", () => {
  const database = app.sqlite("old.db");
  database.exec(
    "create table kept (id integer primary key, name text); insert into kept values (1, 'Ada')",
  );
  database.close();
  const args = ["--url", "old.db", "--out", "begun"];
  assert.equal(app.json("pull", "--init", ...args).files.length, 4);
  assert.deepEqual(app.json("migrate", ...args).applied, []);
  assert.deepEqual(app.json("check", ...args).issues, []);
  assert.equal(app.json("generate", "--schema", "begun/schema.ts", "--out", "begun").name, null);
  assert.equal(app.virga("pull", "--init", "--force", ...args).status, 2);
});

test("for Postgres, the statements that create the schema", () => {
  app.write(
    "src/pg.ts",
    `import { pgTable, serial, text } from "drizzle-orm/pg-core";
    export const users = pgTable("users", { id: serial("id").primaryKey(), name: text("name").notNull() });`,
  );
  const args = ["--dialect", "postgresql", "--schema", "src/pg.ts", "--out", "pg"];
  ran(app.virga("generate", ...args));
  assert.equal(
    app.read("pg/0000_migration.sql"),
    'CREATE TABLE "users" (\n  "id" SERIAL PRIMARY KEY,\n  "name" TEXT NOT NULL\n);\n',
  );
  assert.equal(app.virga("generate", ...args).status, 2);
});

test("help, version, and what is wrong on the command line", () => {
  assert.match(app.virga("--help").stdout, /virga generate/);
  assert.match(app.virga("--version").stdout, /^\d+\.\d+\.\d+\n$/);
  const cases = [
    [["grow"], 'There is no command "grow".'],
    [["generate", "--no-such-option"], "Unknown option '--no-such-option'"],
    [["generate", "--config", "no.json"], "There are no settings at no.json."],
    [["generate", "--dialect", "mysql"], "The dialect is sqlite or postgresql, not mysql."],
    [["generate", "--schema", "no.ts"], "There is no schema at no.ts."],
    [["generate", "--rename", "a"], "A rename is written old->new, not a."],
    [["migrate", "--url", "libsql://host"], "libsql://host is no database file."],
  ];
  for (const [args, message] of cases) {
    const { status, stderr } = app.virga(...args);
    assert.equal(status, 2, args.join(" "));
    assert.ok(stderr.startsWith(`virga: ${message}`), stderr);
  }
});
