// How relations are declared: by foreign keys, and what is wrong with declarations.
import assert from "node:assert/strict";
import { test } from "node:test";
import { defineRelations, defineRelationsPart, relationsFromForeignKeys } from "virga";
import { foreignKey, integer, sqliteTable, text } from "virga/sqlite-core";
import { databaseOf, groups, tables } from "./club.mjs";

test("foreign keys become relations with one call", async (t) => {
  const people = sqliteTable("app_people", {
    id: integer().primaryKey(),
    name: text().notNull(),
    inviterId: integer().references(() => people.id),
  });
  const notes = sqliteTable(
    "notes",
    {
      id: integer().primaryKey(),
      authorId: integer().references(() => people.id),
      checker: integer().references(() => people.id),
      groupId: integer(),
      group: text(),
    },
    (table) => [foreignKey({ columns: [table.groupId], foreignColumns: [groups.id] })],
  );
  const profiles = sqliteTable("profiles", {
    personId: integer()
      .primaryKey()
      .references(() => people.id),
  });
  const found = relationsFromForeignKeys({ people, notes, profiles, groups, other: 1 });
  const named = Object.values(found).map((table) => [
    table.name,
    Object.entries(table.relations).map(([name, { relationType }]) => `${relationType} ${name}`),
  ]);
  assert.deepEqual(Object.fromEntries(named), {
    people: [
      "one inviter",
      "many peopleByInviter",
      "many notesByAuthor",
      "many notesByChecker",
      "one profiles",
    ],
    notes: ["one author", "one checkerPeople", "one groupGroups"],
    profiles: ["one person"],
    groups: ["many notesByGroup"],
  });
  const db = await databaseOf(t, { relations: found });
  await db.insert(people).values([
    { id: 1, name: "Ada" },
    { id: 2, name: "Bo", inviterId: 1 },
  ]);
  await db.insert(notes).values({ id: 1, authorId: 2, checker: 1 });
  const person = await db.query.people.findFirst({
    where: { notesByAuthor: true },
    columns: { name: true },
    with: { inviter: true, notesByAuthor: { with: { checkerPeople: true } }, profiles: true },
  });
  const ada = { id: 1, name: "Ada", inviterId: null };
  const note = { id: 1, authorId: 2, checker: 1, groupId: null, group: null };
  assert.deepEqual(person, {
    name: "Bo",
    inviter: ada,
    notesByAuthor: [{ ...note, checkerPeople: ada }],
    profiles: null,
  });
});

test("declarations that are not enough say what is missing", () => {
  const wrong = (declare, expected) => {
    assert.throws(() => defineRelations(tables, declare), expected);
  };
  const start = "relations -> users: { posts: r.many.posts(...) }: ";
  const posts =
    (config, more = () => ({})) =>
    (r) => ({ users: { posts: r.many.posts(config(r)) }, ...more(r) });
  const says = (message) => ({ code: "invalid_schema", message: start + message });
  const notEnough = `not enough data provided to build the relation - "from"/"to" are not defined, and `;
  wrong(
    posts(() => ({ alias: "" })),
    says(`"alias" cannot be an empty string - omit it if you don't need it`),
  );
  wrong(
    posts((r) => ({ from: [], to: r.posts.id })),
    says(`"from" cannot be empty`),
  );
  wrong(
    posts((r) => ({ from: r.users.id, to: [] })),
    says(`"to" cannot be empty`),
  );
  wrong(
    posts((r) => ({ from: [r.users.id, r.users.name], to: [r.posts.id] })),
    says(`"from" and "to" fields without "through" must have the same length`),
  );
  wrong(
    posts((r) => ({ from: r.posts.id, to: r.posts.authorId })),
    says(`all "from" columns must belong to table "users", found column of table "posts"`),
  );
  wrong(
    posts((r) => ({ from: r.users.id, to: r.users.id })),
    says(`all "to" columns must belong to table "posts", found column of table "users"`),
  );
  wrong(
    posts((r) => ({ from: r.users.id.through(r.members.userId), to: r.posts.authorId })),
    says(
      `".through(column)" must be used either on all columns in "from" and "to" or not defined on any of them`,
    ),
  );
  wrong(
    posts((r) => ({
      from: r.users.id.through(r.members.userId),
      to: r.posts.authorId.through(r.groups.id),
    })),
    says(`".through(column)" must be used on the same table by all columns of the relation`),
  );
  wrong(
    posts((r) => ({ from: r.users.id })),
    says(`relation must have either both "from" and "to" defined, or none of them`),
  );
  wrong(
    posts(() => ({})),
    says(`${notEnough}no reverse relation of table "posts" with target table "users" was found`),
  );
  wrong(
    posts(() => ({ alias: "x" })),
    says(`${notEnough}no reverse relation of table "posts" with alias "x" was found`),
  );
  const two = (alias) => (r) => ({
    posts: {
      a: r.one.users({ from: r.posts.authorId, to: r.users.id, alias }),
      b: r.one.users({ from: r.posts.editorId, to: r.users.id, alias }),
    },
  });
  wrong(
    posts(() => ({}), two()),
    {
      message: `${start}${notEnough}multiple relations between "posts" and "users" were found: "a", "b"`,
      hint: /"alias" with the same value on both sides/,
    },
  );
  wrong(
    posts(() => ({ alias: "x" }), two("x")),
    says(`${notEnough}multiple relations with alias "x" found in table "posts": "a", "b"`),
  );
  wrong(
    posts(
      () => ({}),
      (r) => ({ posts: { author: r.one.users() } }),
    ),
    says(`${notEnough}reverse relation "posts.author" does not have "from"/"to" defined`),
  );
  assert.throws(
    () =>
      defineRelationsPart(
        tables,
        posts(() => ({})),
      ),
    says(`${notEnough}no reverse relations of table "posts" were found`),
  );
  assert.throws(
    () =>
      defineRelations(tables, (r) => ({
        users: { name: r.many.posts({ from: r.users.id, to: r.posts.id }) },
      })),
    /relation name collides with column "name" of table "users"/,
  );
  wrong((r) => ({ users: { posts: r.many.psots() } }), { code: "unknown_table", hint: /"posts"/ });
  wrong((r) => ({ users: { posts: r.many.posts({ from: r.users.nmae }) } }), {
    code: "unknown_column",
    hint: /Nearest: "name"/,
  });
});
