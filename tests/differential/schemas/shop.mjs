// People who write posts and comments, in groups: every relation kind, null keys, a self relation.

const ddl = `
create table users (
  id integer primary key, name text not null, email text unique, verified integer not null default 0,
  age integer, invited_by integer references users(id), score real, created_at integer, meta text);
create table posts (
  id integer primary key, content text, owner_id integer references users(id) on delete cascade,
  likes integer not null default 0, created_at integer);
create table comments (
  id integer primary key, post_id integer references posts(id) on delete cascade,
  author_id integer references users(id), body text not null);
create table groups (id integer primary key, name text not null);
create table users_to_groups (
  user_id integer not null references users(id), group_id integer not null references groups(id),
  role text default 'member', primary key (user_id, group_id));
create table empty (id integer primary key, name text);
`;

const rows = `
insert into users values
  (1, 'Ada', 'ada@x.org', 1, 36, null, 9.5, 1700000000, '{"tags":["a","b"],"deep":{"n":1}}'),
  (2, 'Bo', 'bo@x.org', 0, 20, 1, null, 1700000100, null),
  (3, 'cy', null, 1, null, 1, -1.25, null, '[1,2,null]'),
  (4, 'Dee', 'dee@x.org', 0, 20, 2, 0.0, 1600000000, '"text"'),
  (5, 'Élan', null, 1, 51, 4, 1e300, 1700000000, '{}');
insert into posts values
  (1, 'Clouds', 1, 5, 1700000001), (2, 'Mist', 3, 0, 1700000002), (3, 'Rain', 1, 3, null),
  (4, null, 2, 3, 1700000004), (5, 'Orphan', null, 1, 1700000005), (6, 'rain again', 3, 7, 1700000006);
insert into comments values
  (1, 1, 2, 'nice'), (2, 1, 3, 'wet'), (3, 3, 2, 'hm'), (4, 6, 1, 'so'), (5, null, 1, 'lost'),
  (6, 1, null, 'anon'), (7, 2, 2, 'nice');
insert into groups values (1, 'sky'), (2, 'sea'), (3, 'none');
insert into users_to_groups values (1, 1, 'admin'), (1, 2, 'member'), (2, 1, null), (3, 2, 'admin');
`;

function define({ core }) {
  const { sqliteTable, integer, text, real, primaryKey } = core;
  const users = sqliteTable("users", {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").unique(),
    verified: integer("verified", { mode: "boolean" }).notNull().default(false),
    age: integer("age"),
    invitedBy: integer("invited_by").references(() => users.id),
    score: real("score"),
    createdAt: integer("created_at", { mode: "timestamp" }),
    meta: text("meta", { mode: "json" }),
  });
  const posts = sqliteTable("posts", {
    id: integer("id").primaryKey(),
    content: text("content"),
    ownerId: integer("owner_id").references(() => users.id, { onDelete: "cascade" }),
    likes: integer("likes").notNull().default(0),
    createdAt: integer("created_at", { mode: "timestamp" }),
  });
  const comments = sqliteTable("comments", {
    id: integer("id").primaryKey(),
    postId: integer("post_id").references(() => posts.id, { onDelete: "cascade" }),
    authorId: integer("author_id").references(() => users.id),
    body: text("body").notNull(),
  });
  const groups = sqliteTable("groups", {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
  });
  const usersToGroups = sqliteTable(
    "users_to_groups",
    {
      userId: integer("user_id")
        .notNull()
        .references(() => users.id),
      groupId: integer("group_id")
        .notNull()
        .references(() => groups.id),
      role: text("role").default("member"),
    },
    (t) => [primaryKey({ columns: [t.userId, t.groupId] })],
  );
  const empty = sqliteTable("empty", { id: integer("id").primaryKey(), name: text("name") });
  return { users, posts, comments, groups, usersToGroups, empty };
}

/** The tables with rows, for queries that need no relations. */
export const shop = { ddl: ddl + rows, define };

/** The relations in the form of 0.45. */
function relationsOf(orm, { users, posts, comments, groups, usersToGroups }) {
  const { relations } = orm;
  return {
    usersRelations: relations(users, ({ one, many }) => ({
      posts: many(posts),
      comments: many(comments),
      memberships: many(usersToGroups),
      inviter: one(users, {
        fields: [users.invitedBy],
        references: [users.id],
        relationName: "invited",
      }),
      invited: many(users, { relationName: "invited" }),
    })),
    postsRelations: relations(posts, ({ one, many }) => ({
      owner: one(users, { fields: [posts.ownerId], references: [users.id] }),
      comments: many(comments),
    })),
    commentsRelations: relations(comments, ({ one }) => ({
      post: one(posts, { fields: [comments.postId], references: [posts.id] }),
      author: one(users, { fields: [comments.authorId], references: [users.id] }),
    })),
    groupsRelations: relations(groups, ({ many }) => ({ memberships: many(usersToGroups) })),
    membershipsRelations: relations(usersToGroups, ({ one }) => ({
      user: one(users, { fields: [usersToGroups.userId], references: [users.id] }),
      group: one(groups, { fields: [usersToGroups.groupId], references: [groups.id] }),
    })),
  };
}

/** The relations in the form of v1. */
function definedRelations(orm, tables) {
  return orm.defineRelations(tables, (r) => ({
    users: {
      posts: r.many.posts(),
      comments: r.many.comments({ from: r.users.id, to: r.comments.authorId }),
      memberships: r.many.usersToGroups(),
      groups: r.many.groups({
        from: r.users.id.through(r.usersToGroups.userId),
        to: r.groups.id.through(r.usersToGroups.groupId),
      }),
      inviter: r.one.users({ from: r.users.invitedBy, to: r.users.id, alias: "invited" }),
      invited: r.many.users({ alias: "invited" }),
      liked: r.many.posts({
        from: r.users.id,
        to: r.posts.ownerId,
        where: { likes: { gt: 2 } },
        alias: "liked",
      }),
    },
    posts: {
      owner: r.one.users({ from: r.posts.ownerId, to: r.users.id }),
      verifiedOwner: r.one.users({
        from: r.posts.ownerId,
        to: r.users.id,
        where: { verified: true },
        alias: "verified",
      }),
      comments: r.many.comments(),
    },
    comments: {
      post: r.one.posts({ from: r.comments.postId, to: r.posts.id }),
      author: r.one.users({ from: r.comments.authorId, to: r.users.id }),
    },
    groups: {
      users: r.many.users(),
      admins: r.many.users({
        from: r.groups.id.through(r.usersToGroups.groupId),
        to: r.users.id.through(r.usersToGroups.userId),
        alias: "admins",
      }),
    },
    usersToGroups: {
      user: r.one.users({ from: r.usersToGroups.userId, to: r.users.id, optional: false }),
      group: r.one.groups({ from: r.usersToGroups.groupId, to: r.groups.id, optional: false }),
    },
  }));
}

/** The same with relations in the form of the line. */
export const relatedShop = {
  ...shop,
  define: (side) => {
    const tables = define(side);
    return side.line === "0.45" ? { ...tables, ...relationsOf(side.orm, tables) } : tables;
  },
  config: ({ line, orm }, s) =>
    line === "0.45" ? { schema: s } : { relations: definedRelations(orm, s) },
};
