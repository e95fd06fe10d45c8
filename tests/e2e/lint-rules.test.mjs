// The rules of the schema's lint, without a browser: each finds its mistake, and its fix mends it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { documentsOf, fixed, loadModules } from "./schema-modules.mjs";

let page;
before(async () => {
  page = await loadModules();
});

const imports = `import { relations, defineRelations } from "drizzle-orm";
import { foreignKey, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";`;
const users = `export const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
});`;
const posts = (
  author = `.references(() => users.id)`,
) => `export const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  authorId: integer("author_id").notNull()${author},
  title: text(),
});`;
const author = `export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
}));`;
const many = `export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));`;
const lines = (...parts) => parts.join("\n\n");
const all = "import { db } from './db';\nimport { users, posts } from './db/schema';\n";

/** A rule on a program: what it finds, and that its fix leaves nothing to find. */
function finds(
  name,
  { rule, at, says, schema, query, severity = "warning", fix = true, more = [] },
) {
  it(name, async () => {
    const documents = [...more, ...documentsOf(schema, query)];
    const { advice, files } = await page.look(documents);
    const found = advice.filter((each) => each.rule === rule);
    assert.equal(found.length, 1, JSON.stringify(advice, null, 1));
    const [one] = found;
    assert.equal(one.severity, severity);
    const text = files.find(({ path }) => path === one.path).text;
    assert.equal(text.slice(one.from, one.to), at);
    assert.match(one.message, says);
    assert.equal(one.fix !== undefined, Boolean(fix));
    if (!fix) return;
    const mended = fixed(documents, one.fix);
    if (typeof fix !== "boolean") assert.match(mended.map((each) => each.text).join("\n"), fix);
    const after = await page.look(mended);
    assert.deepEqual(
      after.advice.filter((each) => each.rule === rule),
      [],
    );
  });
}

/** A program that is as it should be. */
function clean(name, schema, query, more = []) {
  it(name, async () => {
    const { advice } = await page.look([...more, ...documentsOf(schema, query)]);
    assert.deepEqual(advice, []);
  });
}

describe("foreign keys", () => {
  finds("a column that a relation uses without references", {
    rule: "missing-references",
    at: "authorId",
    says: /posts\.authorId is no foreign key, but the relation posts\.author uses it/,
    schema: lines(imports, users, posts(""), author),
    fix: /notNull\(\)\.references\(\(\) => users\.id\)/,
  });
  finds("also when the relation is declared by the other side", {
    rule: "missing-references",
    at: "authorId",
    says: /posts\.authorId is no foreign key/,
    schema: lines(
      imports,
      users,
      posts("").replace("notNull()", "notNull().unique()"),
      `export const usersRelations = relations(users, ({ one }) => ({
        post: one(posts, { fields: [users.id], references: [posts.authorId] }),
      }));`,
    ),
  });
  finds("a table that refers to itself", {
    rule: "missing-references",
    at: "bossId",
    says: /people\.bossId/,
    schema: lines(
      imports,
      `export const people = sqliteTable("people", { id: integer().primaryKey(), bossId: integer() });
      export const peopleRelations = relations(people, ({ one }) => ({
        boss: one(people, { fields: [people.bossId], references: [people.id] }),
      }));`,
    ),
    fix: /type AnySQLiteColumn \}[^]*references\(\(\): AnySQLiteColumn => people\.id\)/,
  });
  finds("a junction's columns", {
    rule: "missing-references",
    at: "groupId",
    says: /members\.groupId/,
    schema: lines(
      imports,
      users,
      `export const groups = sqliteTable("groups", { id: integer().primaryKey() });
      export const members = sqliteTable("members", {
        userId: integer().references(() => users.id),
        groupId: integer(),
      }, (t) => [uniqueIndex("both").on(t.userId, t.groupId)]);
      export const all = defineRelations({ users, groups, members }, (r) => ({
        users: { groups: r.many.groups({
          from: r.users.id.through(r.members.userId), to: r.groups.id.through(r.members.groupId),
        }) },
        groups: { users: r.many.users() },
      }));`,
    ),
  });
  finds("a key of several columns", {
    rule: "relation-without-key",
    at: "rooms",
    says: /foreignKey\(\{ columns, foreignColumns \}\) over house, floor/,
    schema: lines(
      imports,
      `export const floors = sqliteTable("floors", { house: integer(), floor: integer() },
        (t) => [uniqueIndex("floors_key").on(t.house, t.floor)]);
      export const rooms = sqliteTable("rooms", { house: integer(), floor: integer() });
      export const roomsRelations = relations(rooms, ({ one }) => ({
        on: one(floors, { fields: [rooms.house, rooms.floor], references: [floors.house, floors.floor] }),
      }));`,
    ),
    fix: false,
  });
  finds("a column that is only named like a key is a hint", {
    rule: "likely-reference",
    severity: "info",
    at: "userId",
    says: /named like a key of users/,
    schema: lines(
      imports,
      users,
      `export const visits = sqliteTable("visits", {
      id: integer().primaryKey(), userId: integer("user_id") });`,
    ),
  });
  clean(
    "names that only look like keys",
    lines(
      imports,
      users,
      `export const visits =
    sqliteTable("visits", { id: integer().primaryKey(), userId: text("user_id"), roomId: integer() });`,
    ),
  );
  clean("keys that are there", lines(imports, users, posts(), author, many));
  clean(
    "a key declared by foreignKey()",
    lines(
      imports,
      users,
      `export const posts = sqliteTable("posts", {
      id: integer().primaryKey(), authorId: integer(),
    }, (t) => [foreignKey({ columns: [t.authorId], foreignColumns: [users.id] })]);`,
      author,
    ),
  );
});

describe("one to one", () => {
  const one = `export const usersRelations = relations(users, ({ one }) => ({
    post: one(posts, { fields: [users.id], references: [posts.authorId] }),
  }));`;
  finds("a side that can have several rows", {
    rule: "one-to-one-unique",
    at: "authorId",
    says: /users\.post is one row, but posts\.authorId is not unique/,
    schema: lines(imports, users, posts(), one, author),
    fix: /references\(\(\) => users\.id\)\.unique\(\)/,
  });
  finds("also when its columns are those of the reverse side", {
    rule: "one-to-one-unique",
    at: "authorId",
    says: /users\.post/,
    schema: lines(
      imports,
      users,
      posts(),
      author,
      `export const usersRelations = relations(users, ({ one }) => ({ post: one(posts) }));`,
    ),
  });
  clean(
    "a unique index will do",
    lines(
      imports,
      users,
      posts().replace(/\);$/, `, (t) => [uniqueIndex("one").on(t.authorId)]);`),
      one,
      author,
    ),
  );
  clean(
    "one of many by a condition is meant",
    lines(
      imports,
      users,
      posts(),
      `
    export const all = defineRelations({ users, posts }, (r) => ({
      users: { pinned: r.one.posts({ from: r.users.id, to: r.posts.authorId, where: { title: "x" } }) },
    }));`,
    ),
  );
});

describe("junctions", () => {
  const tables = (extras) =>
    lines(
      imports,
      users,
      `export const groups = sqliteTable("groups", { id: integer().primaryKey() });
    export const members = sqliteTable("members", {
      userId: integer().notNull().references(() => users.id),
      groupId: integer().notNull().references(() => groups.id),
    }${extras});`,
    );
  finds("the same pair twice", {
    rule: "junction-key",
    at: "members",
    says: /the same pair twice/,
    schema: tables(""),
    fix: /text, uniqueIndex, primaryKey \}[^]*\(table\) => \[primaryKey\(\{ columns: \[table\.userId, table\.groupId\] \}\)\]/,
  });
  finds("with a key of its own, the pair has to be unique", {
    rule: "junction-key",
    at: "members",
    says: /same pair/,
    schema: lines(
      tables("").replace("userId:", "id: integer().primaryKey(), userId:"),
      `export const all = defineRelations({ users, groups, members }, (r) => ({
        users: { groups: r.many.groups({
          from: r.users.id.through(r.members.userId), to: r.groups.id.through(r.members.groupId),
        }) },
        groups: { users: r.many.users() },
      }));`,
    ),
    fix: /unique\(\)\.on\(table\.userId, table\.groupId\)/,
  });
  clean("a unique pair", tables(`, (t) => [uniqueIndex("pair").on(t.groupId, t.userId)]`));
});

describe("relation fields", () => {
  const relation = (
    fields,
    references,
  ) => `export const postsRelations = relations(posts, ({ one }) => ({
    author: one(users, { fields: [${fields}], references: [${references}] }),
  }));`;
  const found = (name, fields, references, rest) =>
    finds(name, {
      rule: "relation-fields",
      severity: "error",
      schema: lines(imports, users, posts(), relation(fields, references)),
      ...rest,
    });
  found("a misspelt column", "posts.authrId", "users.id", {
    at: "posts.authrId",
    says: /posts has no column "authrId", but "id", "authorId", "title"/,
    fix: /fields: \[posts\.authorId\]/,
  });
  found("sides that are swapped", "users.id", "posts.authorId", {
    at: "[users.id]",
    says: /sides swapped/,
    fix: /fields: \[posts\.authorId\], references: \[users\.id\]/,
  });
  found("a column of another table", "posts.authorId", "posts.id", {
    at: "posts.id",
    says: /posts\.id stands in references, but is no column of users/,
    fix: false,
  });
  found("more on one side", "posts.authorId, posts.title", "users.id", {
    at: "[users.id]",
    says: /2 of fields, but 1 of references/,
    fix: false,
  });
  finds("types that are never equal", {
    rule: "relation-types",
    at: "[posts.title]",
    says: /posts\.title is text, but users\.id is integer/,
    schema: lines(imports, users, posts(), relation("posts.title", "users.id")),
    fix: false,
  });
  finds("a column that is no key", {
    rule: "relation-references",
    at: "[users.age]",
    says: /users\.age is no key/,
    schema: lines(
      imports,
      users.replace("name:", "age: integer(), name:"),
      posts(),
      relation("posts.authorId", "users.age"),
    ),
    fix: /references: \[users\.id\]/,
  });
});

describe("sides of relations", () => {
  finds("many without the side that holds the key", {
    rule: "one-sided",
    at: "posts",
    says: /users\.posts names no columns/,
    schema: lines(imports, users, posts(), many),
    fix: /export const postsRelations = relations\(posts, \(\{ one \}\) => \(\{\n  author: one\(users, \{ fields: \[posts\.authorId\], references: \[users\.id\] \}\)/,
  });
  finds("where the other table has relations already", {
    rule: "one-sided",
    at: "posts",
    says: /names no columns/,
    schema: lines(
      imports,
      users,
      posts(),
      many,
      `export const comments = sqliteTable("comments", { id: integer().primaryKey(), postId: integer().references(() => posts.id) });
      export const commentsRelations = relations(comments, ({ one }) => ({ post: one(posts, { fields: [comments.postId], references: [posts.id] }) }));
      export const postsRelations = relations(posts, ({ many }) => ({ comments: many(comments) }));`,
    ),
    fix: /\{ many, one \}/,
  });
  finds("two that could be meant", {
    rule: "ambiguous-relation",
    at: "posts",
    says: /same relationName/,
    schema: lines(
      imports,
      users,
      posts().replace("title:", "editorId: integer().references(() => users.id), title:"),
      many,
      author.replace(
        "}),\n",
        "}),\n  editor: one(users, { fields: [posts.editorId], references: [users.id] }),\n",
      ),
    ),
    fix: false,
  });
  clean("one without many", lines(imports, users, posts(), author));
});

describe("what drizzle() is given", () => {
  const schema = lines(imports, users, posts(), author, many);
  const db = (args, names = "* as schema") => [
    {
      path: "db/index.ts",
      text: `import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import ${names} from "./schema";
const pool = new Pool();
export const db = drizzle(${args});
`,
    },
  ];
  const query = `${all}await db.query.users.findMany({ with: { posts: true } });`;
  finds("no schema", {
    rule: "schema-not-passed",
    severity: "error",
    at: "drizzle",
    says: /The schema is not passed/,
    schema,
    query,
    more: db("pool"),
    fix: /drizzle\(pool, \{ schema \}\)/,
  });
  finds("no schema, in a file that does not import it", {
    rule: "schema-not-passed",
    severity: "error",
    at: "drizzle",
    says: /The schema is not passed/,
    schema,
    query,
    more: [
      {
        ...db("")[0],
        text: `import { drizzle } from "drizzle-orm/node-postgres";\nimport { Pool } from "pg";\nexport const db = drizzle({ client: new Pool() });\n`,
      },
    ],
    fix: /import \* as schema from '\.\/schema';\n[^]*\{ client: new Pool\(\), schema \}/,
  });
  finds("a schema without the relations", {
    rule: "relations-not-passed",
    at: "schema",
    says: /usersRelations is not passed/,
    schema: schema.replace(author, author.replace("export ", "export ")),
    query,
    more: db(
      "pool, { schema: { users, posts, postsRelations } }",
      "{ users, posts, postsRelations }",
    ),
    fix: /postsRelations, usersRelations \}[^]*postsRelations, usersRelations \}/,
  });
  finds("relations of another file", {
    rule: "relations-not-passed",
    at: "schema",
    says: /usersRelations of db\/relations\.ts is not passed/,
    schema: lines(imports, users, posts(), author),
    query,
    more: [
      {
        path: "db/relations.ts",
        text: `import { relations } from "drizzle-orm";\nimport { users, posts } from "./schema";\n${many}`,
      },
      ...db("pool, { schema }"),
    ],
    fix: /import \* as relations from '\.\/relations';[^]*\{ schema: \{ \.\.\.schema, \.\.\.relations \} \}/,
  });
  finds("relations that are kept", {
    rule: "relations-not-passed",
    at: "usersRelations",
    says: /not exported/,
    schema: lines(imports, users, posts(), author, many.replace("export ", "")),
    query,
    fix: /export const usersRelations/,
  });
  finds("what defineRelations gave", {
    rule: "schema-not-passed",
    at: "drizzle",
    says: /takes them as relations/,
    schema: lines(
      imports,
      users,
      posts(),
      `export const all = defineRelations({ users, posts }, (r) => ({
      posts: { author: r.one.users({ from: r.posts.authorId, to: r.users.id }) },
    }));`,
    ),
    query,
    more: db("pool, { schema }"),
    fix: /import \{ all \} from '\.\/schema';[^]*relations: all \}/,
  });
  clean("a schema that is passed", schema, query, db("pool, { schema }"));
  clean(
    "all by name",
    schema,
    query,
    db(
      "pool, { schema: { users, posts, postsRelations, usersRelations } }",
      "{ users, posts, postsRelations, usersRelations }",
    ),
  );
  clean(
    "no schema, and no query of it",
    schema,
    `${all}await db.select().from(users);`,
    db("pool"),
  );
  clean(
    "a configuration from elsewhere",
    schema,
    query,
    db("pool, config").map((each) => ({
      ...each,
      text: each.text.replace("const pool", "const config = { schema };\nconst pool"),
    })),
  );
});

describe("deletes", () => {
  const schema = (options = "") =>
    lines(imports, users, posts(`.references(() => users.id${options})`));
  const query = `${all}
async function forget() {
  // The user goes.
  await db.delete(users);
  // And what they wrote.
  await db.delete(posts);
}
await forget();`;
  finds("a parent before its child", {
    rule: "delete-order",
    at: "db.delete(users)",
    says: /Rows of posts refer to those of users/,
    schema: schema(),
    query,
    fix: /\/\/ And what they wrote\.\n  await db\.delete\(posts\);\n  \/\/ The user goes\.\n  await db\.delete\(users\);/,
  });
  finds("in a transaction", {
    rule: "delete-order",
    at: "tx.delete(users)",
    says: /posts/,
    schema: schema(),
    query: `${all}await db.transaction(async (tx) => {\n  await tx.delete(users);\n  const gone = await tx.delete(posts).returning();\n});`,
    fix: false,
  });
  clean(
    "the child first",
    schema(),
    query
      .replace("delete(users)", "delete(x)")
      .replace("delete(posts)", "delete(users)")
      .replace("delete(x)", "delete(posts)"),
  );
  clean("a key that cascades", schema(`, { onDelete: "cascade" }`), query);
  clean(
    "deletes of two functions",
    schema(),
    query.replace("// And", "}\nasync function more() {\n // And"),
  );
  clean(
    "keys that are not enforced",
    schema(),
    `${query}\nawait db.run("pragma foreign_keys = off");`,
  );
});

describe("what is right is left alone", () => {
  const folder = new URL("../../web/src/examples/", import.meta.url);
  const read = (path) => readFileSync(new URL(path, folder), "utf8");
  for (const name of readdirSync(folder).filter((each) => !each.includes(".")))
    clean(`the example ${name}`, read(`${name}/schema.txt`), read(`${name}/query.txt`));

  const tutorial = read("tutorial/schema.txt");
  const [schema, service] = tutorial.split("// services/auth.ts");
  clean("the tutorial's files, each in its own", schema, read("tutorial/query.txt"), [
    { path: "services/auth.ts", text: service.replaceAll("'../db", "'../db") },
    { path: "db/index.ts", text: read("tutorial/connection.txt") },
  ]);
  clean(
    "the tutorial's delete",
    tutorial.replaceAll(", { onDelete: 'cascade' }", ""),
    `
    import { db } from './db';
    import { users, accounts } from './db/schema';
    import { eq } from 'drizzle-orm';
    async function deleteUserAndAccount(userId: number) {
      // Delete account first (has foreign key to user)
      await db
        .delete(accounts)
        .where(eq(accounts.userId, userId));

      // Then delete user
      await db
        .delete(users)
        .where(eq(users.id, userId));
    }
    await deleteUserAndAccount(1);`,
  );
  clean(
    "relations without columns of their own",
    `import { pgTable, serial, integer } from 'drizzle-orm/pg-core';
    import { relations } from 'drizzle-orm';
    export const users = pgTable('users', { id: serial('id').primaryKey() });
    export const accounts = pgTable('accounts', {
      id: serial('id').primaryKey(),
      userId: integer('user_id').notNull().unique().references(() => users.id),
    });
    export const usersRelations = relations(users, ({ one }) => ({ account: one(accounts) }));
    export const accountsRelations = relations(accounts, ({ one }) => ({
      user: one(users, { fields: [accounts.userId], references: [users.id] }),
    }));`,
  );
});
