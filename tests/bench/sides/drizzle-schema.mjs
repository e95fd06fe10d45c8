// The tables of the data sets in Drizzle's words, for drizzle-orm of both lines and for ours.
import { makeNorthwind, northwindRelations, northwindRelationsV1 } from "./northwind-schema.mjs";

export function makeTables(core) {
  return { ...makeShop(core), ...makeNorthwind(core) };
}

function makeShop({ sqliteTable, integer, text, real, primaryKey, index }) {
  const users = sqliteTable("users", {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull().unique(),
  });
  const accounts = sqliteTable("accounts", {
    id: integer("id").primaryKey(),
    userId: integer("user_id")
      .notNull()
      .unique()
      .references(() => users.id),
    provider: text("provider").notNull(),
    token: text("token").notNull(),
  });
  const writers = sqliteTable("writers", {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
  });
  const posts = sqliteTable(
    "posts",
    {
      id: integer("id").primaryKey(),
      writerId: integer("writer_id")
        .notNull()
        .references(() => writers.id),
      title: text("title").notNull(),
      views: integer("views").notNull(),
    },
    (table) => [index("posts_writer").on(table.writerId)],
  );
  const comments = sqliteTable(
    "comments",
    {
      id: integer("id").primaryKey(),
      postId: integer("post_id")
        .notNull()
        .references(() => posts.id),
      body: text("body").notNull(),
    },
    (table) => [index("comments_post").on(table.postId)],
  );
  const tags = sqliteTable("tags", {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
  });
  const postsTags = sqliteTable(
    "posts_tags",
    {
      postId: integer("post_id")
        .notNull()
        .references(() => posts.id),
      tagId: integer("tag_id")
        .notNull()
        .references(() => tags.id),
    },
    (table) => [primaryKey({ columns: [table.postId, table.tagId] })],
  );
  const people = sqliteTable("people", {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    age: integer("age").notNull(),
    score: real("score").notNull(),
    city: text("city").notNull(),
    note: text("note"),
    seen: integer("seen").notNull(),
  });
  return { users, accounts, writers, posts, comments, tags, postsTags, people };
}

/** The relations with `relations()`, as drizzle-orm 0.45 has them. */
export function makeRelations(orm, tables) {
  return { ...shopRelations(orm, tables), ...northwindRelations(orm, tables) };
}

function shopRelations({ relations }, { users, accounts, writers, posts, comments, ...s }) {
  return {
    usersRelations: relations(users, ({ one }) => ({
      account: one(accounts, { fields: [users.id], references: [accounts.userId] }),
    })),
    writersRelations: relations(writers, ({ many }) => ({ posts: many(posts) })),
    postsRelations: relations(posts, ({ one, many }) => ({
      writer: one(writers, { fields: [posts.writerId], references: [writers.id] }),
      comments: many(comments),
      postsTags: many(s.postsTags),
    })),
    commentsRelations: relations(comments, ({ one }) => ({
      post: one(posts, { fields: [comments.postId], references: [posts.id] }),
    })),
    postsTagsRelations: relations(s.postsTags, ({ one }) => ({
      post: one(posts, { fields: [s.postsTags.postId], references: [posts.id] }),
      tag: one(s.tags, { fields: [s.postsTags.tagId], references: [s.tags.id] }),
    })),
  };
}

/** The relations with `defineRelations`, as drizzle-orm 1.0 has them. */
export const makeRelationsV1 = ({ defineRelations }, tables) =>
  defineRelations(tables, (r) => ({
    users: { account: r.one.accounts({ from: r.users.id, to: r.accounts.userId }) },
    writers: { posts: r.many.posts({ from: r.writers.id, to: r.posts.writerId }) },
    posts: {
      comments: r.many.comments({ from: r.posts.id, to: r.comments.postId }),
      tags: r.many.tags({
        from: r.posts.id.through(r.postsTags.postId),
        to: r.tags.id.through(r.postsTags.tagId),
      }),
    },
    ...northwindRelationsV1(r),
  }));
