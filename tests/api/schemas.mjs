// Schemas that several tests use, and databases made of them.
import { drizzle, open, pushSchema, relations, sql } from "virga";
import * as pg from "virga/pg-core";
import { check, index, integer, primaryKey, sqliteTable, text } from "virga/sqlite-core";

const users = pg.pgTable("users", {
  id: pg.serial("id").primaryKey(),
  name: pg.text("name").notNull(),
  email: pg.text("email").notNull().unique(),
  createdAt: pg.timestamp("created_at").defaultNow().notNull(),
});
const accounts = pg.pgTable("accounts", {
  id: pg.serial("id").primaryKey(),
  userId: pg
    .integer("user_id")
    .notNull()
    .unique()
    .references(() => users.id, { onDelete: "cascade" }),
  provider: pg.text("provider").notNull(),
});

/** Users with one account each. */
export const tutorial = {
  users,
  accounts,
  usersRelations: relations(users, ({ one }) => ({
    account: one(accounts, { fields: [users.id], references: [accounts.userId] }),
  })),
  accountsRelations: relations(accounts, ({ one }) => ({
    user: one(users, { fields: [accounts.userId], references: [users.id] }),
  })),
};

const authors = sqliteTable("authors", {
  id: integer("id").primaryKey(),
  name: text("full_name").notNull(),
  mentorId: integer("mentor_id"),
});
const posts = sqliteTable(
  "posts",
  {
    id: integer("id").primaryKey(),
    authorId: integer("author_id")
      .notNull()
      .references(() => authors.id),
    title: text("title").notNull(),
    stars: integer("stars").notNull().default(0),
  },
  (table) => [
    index("posts_author").on(table.authorId),
    check("stars_positive", sql`${table.stars} >= ${0}`),
  ],
);
const tags = sqliteTable(
  "tags",
  { postId: integer("post_id").notNull(), tag: text("tag").notNull() },
  (table) => [primaryKey({ columns: [table.postId, table.tag] })],
);

/** Authors with posts with tags, three levels, and a relation of a table to itself. */
export const blog = {
  authors,
  posts,
  tags,
  authorsRelations: relations(authors, ({ one, many }) => ({
    posts: many(posts),
    mentor: one(authors, { fields: [authors.mentorId], references: [authors.id] }),
  })),
  postsRelations: relations(posts, ({ one, many }) => ({
    author: one(authors, { fields: [posts.authorId], references: [authors.id] }),
    tags: many(tags),
  })),
  tagsRelations: relations(tags, ({ one }) => ({
    post: one(posts, { fields: [tags.postId], references: [posts.id] }),
  })),
};

/** A new database in memory with the tables of `schema`; closed when the test ends. */
export async function databaseOf(t, schema) {
  const client = await open();
  t.after(() => client.close());
  const db = drizzle(client, { schema });
  await pushSchema(db);
  return db;
}

/** A blog with three authors, the second of whom has written nothing. */
export async function seededBlog(t) {
  const db = await databaseOf(t, blog);
  await db.insert(authors).values([
    { id: 1, name: "Ada" },
    { id: 2, name: "Bo", mentorId: 1 },
    { id: 3, name: "Cy", mentorId: 1 },
  ]);
  await db.insert(posts).values([
    { id: 1, authorId: 1, title: "Clouds", stars: 5 },
    { id: 2, authorId: 3, title: "Mist" },
    { id: 3, authorId: 1, title: "Rain", stars: 3 },
  ]);
  await db.insert(tags).values([
    { postId: 1, tag: "sky" },
    { postId: 3, tag: "sky" },
    { postId: 3, tag: "wet" },
  ]);
  return db;
}
