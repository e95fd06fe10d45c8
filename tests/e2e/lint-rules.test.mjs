// The rules of the schema's lint about tables and relations, without a browser: each finds its mistake, and its fix mends it.
import { describe, it } from "node:test";
import { all, author, clean, finds, imports, lines, many, posts, users } from "./lint-cases.mjs";

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
