// Relations of every kind: to one with and without null, to many, to the table itself.
import { relations } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";

export const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  inviter: integer(),
});

export const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  title: text().notNull(),
  authorId: integer("author_id").notNull(),
  editorId: integer("editor_id"),
});

export const usersRelations = relations(users, ({ one, many }) => ({
  posts: many(posts, { relationName: "author" }),
  invitedBy: one(users, { fields: [users.inviter], references: [users.id] }),
}));

export const postsRelations = relations(posts, ({ one }) => ({
  author: one(users, {
    fields: [posts.authorId],
    references: [users.id],
    relationName: "author",
  }),
  editor: one(users, {
    fields: [posts.editorId],
    references: [users.id],
    relationName: "editor",
  }),
}));
