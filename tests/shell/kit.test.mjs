// Folders go both ways: what drizzle-kit writes runs and goes on here, what is written here runs with
// drizzle-orm's migrators and goes on with drizzle-kit. Both lines, both as they come from npm.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Folder, project } from "./project.mjs";

const schema = (more = "") => `
import { sql } from "drizzle-orm";
import { blob, check, foreignKey, index, integer, numeric, primaryKey, real, sqliteTable, sqliteView, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  name: text("name").notNull().default("it's"),
  email: text("email").unique(),
  joined: integer("joined", { mode: "timestamp" }).notNull().default(sql\`(unixepoch())\`),
  upper: text("upper").generatedAlwaysAs(sql\`upper(name)\`, { mode: "virtual" }),
  price: real("price").default(1.5),
  flag: integer("flag", { mode: "boolean" }).default(true),
  tags: text("tags", { mode: "json" }).default(["a"]),
  amount: numeric("amount").default("1.50"),
  big: blob("big"),
  ${more}
}, (t) => [
  index("by_name").on(t.name).where(sql\`\${t.name} is not null\`),
  uniqueIndex("lower_email").on(sql\`lower(\${t.email})\`),
  check("named", sql\`length(\${t.name}) > 0\`),
  unique("name_price").on(t.name, t.price),
]);
export const codes = sqliteTable("codes", { code: text("code").primaryKey() });
export const posts = sqliteTable("posts", {
  id: integer("id").primaryKey(),
  userId: integer("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
  parent: integer("parent"),
}, (t) => [foreignKey({ columns: [t.parent], foreignColumns: [t.id], name: "own" })]);
export const tagged = sqliteTable("tagged", {
  post: integer("post").notNull().references(() => posts.id),
  tag: text("tag").notNull(),
}, (t) => [primaryKey({ columns: [t.post, t.tag] })]);
export const named = sqliteView("named").as((q) => q.select({ id: users.id, name: users.name }).from(users));
`;

const rows =
  "insert into users (id, name) values (1, 'Ada'), (2, 'Bob'); insert into posts (id, user_id) values (1, 1), (2, 1), (3, 2)";

const lines = {
  "0.3x": {
    format: "journal",
    kit: "drizzle-kit",
    orm: "drizzle-orm",
    written: /^0001_more\.sql$/,
  },
  v1: {
    format: "folders",
    kit: "drizzle-kit-v1",
    orm: "drizzle-orm-v1",
    written: /^\d+_more\/migration\.sql$/,
  },
};

/** A project with drizzle-kit, drizzle-orm and better-sqlite3 under their names. */
function drizzleProject({ kit, orm }) {
  const theirs = new Folder();
  theirs.write("package.json", { name: "theirs", private: true, type: "module" });
  theirs.copy("drizzle-kit", kit);
  theirs.copy("drizzle-orm", orm);
  for (const name of [
    "@drizzle-team",
    "@esbuild-kit",
    "@js-temporal",
    "esbuild",
    "get-tsconfig",
    "jiti",
    "tsx",
  ])
    theirs.link(name);
  theirs.kit = (...args) => theirs.node("node_modules/drizzle-kit/bin.cjs", ...args);
  return theirs;
}

/** The document of a command that succeeded. */
function must(document) {
  assert.equal(document.error, undefined, JSON.stringify(document));
  return document;
}

for (const [name, line] of Object.entries(lines)) {
  describe(`folders of ${name}`, () => {
    const config = {
      schema: "./schema.ts",
      out: "./drizzle",
      dialect: "sqlite",
      dbCredentials: { url: "./app.db" },
    };
    let ours, theirs;
    before(() => {
      ours = project();
      ours.link("esbuild");
      theirs = drizzleProject(line);
      ours.write("drizzle.config.json", config);
      theirs.write("drizzle.config.ts", `export default ${JSON.stringify(config)};`);
    });

    const generated = (result) => assert.match(result.stdout, /migration/i, result.stderr);
    const unchanged = (result) =>
      assert.match(
        result.stdout + result.stderr,
        /No schema changes/,
        result.stdout + result.stderr,
      );

    test("drizzle-kit's run here, and go on here; nothing is lost", () => {
      theirs.write("schema.ts", schema());
      generated(theirs.kit("generate", "--name", "init"));
      ours.copyFrom(theirs, "drizzle");
      ours.write("schema.ts", schema());
      assert.equal(must(ours.json("migrate")).applied.length, 1);
      // v1 lets a key of text be null, which no schema says.
      const words = must(ours.json("generate", "--name", "keys")).changes.map((each) => each.words);
      assert.deepEqual(words, name === "v1" ? ["Column codes.code becomes not null."] : []);
      must(ours.json("migrate"));
      assert.deepEqual(must(ours.json("check")).issues, []);
      const database = ours.sqlite();
      database.exec(rows);
      database.close();
      ours.write(
        "schema.ts",
        schema('age: integer("age").notNull().default(7),').replace("it's", "anon"),
      );
      const more = ours.json("generate", "--name", "more");
      assert.equal(more.status, 0, JSON.stringify(more));
      assert.equal(must(ours.json("migrate")).applied.length, 1);
      const after = ours.sqlite();
      assert.equal(after.prepare("select count(*) from posts").pluck().get(), 3);
      assert.deepEqual(after.prepare("select age from users").pluck().all(), [7, 7]);
      after.close();
      assert.deepEqual(must(ours.json("check")).issues, []);
    });

    test("drizzle-kit goes on from what is written here", () => {
      theirs.copyFrom(ours, "drizzle");
      theirs.copyFrom(ours, "schema.ts");
      unchanged(theirs.kit("generate"));
    });

    test("the whole folder from here goes on there, and runs there without a loss", async () => {
      ours.remove("drizzle");
      ours.remove("app.db");
      ours.write("schema.ts", schema());
      assert.equal(ours.json("generate", "--name", "init", "--format", line.format).status, 0);
      const first = ours.at("first");
      ours.copyFrom(ours, "drizzle", "first");
      ours.write(
        "schema.ts",
        schema('age: integer("age").notNull().default(7),').replace("it's", "anon"),
      );
      const more = ours.json("generate", "--name", "more");
      assert.ok(
        more.files.some((path) => line.written.test(path.replace(/^drizzle./, ""))),
        more.files.join(),
      );
      theirs.remove("drizzle");
      theirs.copyFrom(ours, "drizzle");
      theirs.copyFrom(ours, "schema.ts");
      unchanged(theirs.kit("generate"));
      assert.equal(theirs.kit("check").status, 0);

      const { drizzle } = await import(`${line.orm}/better-sqlite3`);
      const { migrate } = await import(`${line.orm}/better-sqlite3/migrator`);
      const client = ours.sqlite();
      const db = drizzle({ client });
      migrate(db, { migrationsFolder: first });
      client.exec(rows);
      migrate(db, { migrationsFolder: theirs.at("drizzle") });
      assert.equal(client.prepare("select count(*) from posts").pluck().get(), 3);
      assert.deepEqual(client.prepare("select age from users").pluck().all(), [7, 7]);
      client.close();
      assert.deepEqual(must(ours.json("migrate")).applied, []);
      assert.deepEqual(must(ours.json("check")).issues, []);
    });
  });
}
