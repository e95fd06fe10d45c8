// Users who write posts, invite each other and are in groups, with relations of `defineRelations`.
import { defineRelations, drizzle, open, pushSchema } from "virga";
import { integer, primaryKey, sqliteTable, text } from "virga/sqlite-core";

export const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  verified: integer({ mode: "boolean" }).notNull().default(false),
  inviterId: integer("inviter_id"),
});
export const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  title: text().notNull(),
  authorId: integer("author_id").notNull(),
  editorId: integer("editor_id"),
  at: integer({ mode: "timestamp_ms" }),
});
export const groups = sqliteTable("groups", { id: integer().primaryKey(), name: text().notNull() });
export const members = sqliteTable(
  "members",
  { userId: integer("user_id").notNull(), groupId: integer("group_id").notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.groupId] })],
);
export const tables = { users, posts, groups, members };

export const relations = defineRelations(tables, (r) => ({
  users: {
    posts: r.many.posts({ alias: "author" }),
    edited: r.many.posts({ from: r.users.id, to: r.posts.editorId, alias: "editor" }),
    inviter: r.one.users({ from: r.users.inviterId, to: r.users.id, alias: "invites" }),
    invitees: r.many.users({ alias: "invites" }),
    groups: r.many.groups({
      from: r.users.id.through(r.members.userId),
      to: r.groups.id.through(r.members.groupId),
    }),
  },
  posts: {
    author: r.one.users({
      from: r.posts.authorId,
      to: r.users.id,
      alias: "author",
      optional: false,
    }),
    editor: r.one.users({ alias: "editor" }),
  },
  groups: {
    users: r.many.users(),
    verified: r.many.users({
      from: r.groups.id.through(r.members.groupId),
      to: r.users.id.through(r.members.userId),
      where: { verified: true },
      alias: "verified",
    }),
  },
}));

/** A new database in memory, with its tables; closed when the test ends. */
export async function databaseOf(t, config) {
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, config);
  await pushSchema(db);
  return db;
}

/** A database of three users with their posts and groups. */
export async function seeded(t, config = { relations }) {
  const db = await databaseOf(t, config);
  await db.insert(users).values([
    { id: 1, name: "Ada", verified: true },
    { id: 2, name: "Bo", inviterId: 1 },
    { id: 3, name: "Cy", verified: true, inviterId: 1 },
  ]);
  await db.insert(posts).values([
    { id: 1, title: "Clouds", authorId: 1, at: new Date(1000) },
    { id: 2, title: "Mist", authorId: 3, editorId: 1, at: new Date(3000) },
    { id: 3, title: "Rain", authorId: 1, editorId: 2, at: new Date(2000) },
  ]);
  await db.insert(groups).values([
    { id: 1, name: "sky" },
    { id: 2, name: "sea" },
  ]);
  await db.insert(members).values([
    { userId: 1, groupId: 1 },
    { userId: 2, groupId: 1 },
    { userId: 3, groupId: 2 },
    { userId: 1, groupId: 2 },
  ]);
  return db;
}
