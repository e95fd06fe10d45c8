// Relations that follow from foreign keys are typed by the columns that declare them.
import { drizzle, open, relationsFromForeignKeys } from "virga";
import { integer, sqliteTable, text, type AnySQLiteColumn } from "virga/sqlite-core";
import { expect, type Equal } from "./expect.js";

const users = sqliteTable("app_users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  inviterId: integer().references((): AnySQLiteColumn => users.id),
});
const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  authorId: integer()
    .notNull()
    .references(() => users.id),
  editorId: integer().references(() => users.id, { onDelete: "set null" }),
});
const comments = sqliteTable("comments", {
  id: integer().primaryKey(),
  post: integer()
    .notNull()
    .references(() => posts.id),
});
const profiles = sqliteTable("profiles", {
  user_id: integer()
    .primaryKey()
    .references(() => users.id),
  bio: text(),
});
const schema = { users, posts, comments, profiles };
const db = drizzle(await open(), { relations: relationsFromForeignKeys(schema) });

const found = await db.query.posts.findMany({
  columns: { id: true },
  where: { author: { name: "x" }, comments: true },
  orderBy: { author: { name: "asc" } },
  with: {
    author: {
      columns: { name: true },
      with: { postsByAuthor: { columns: { id: true } }, profiles: true },
    },
    editor: { columns: { id: true } },
    comments: { with: { postPosts: { columns: { id: true } } } },
  },
});
expect<
  Equal<
    (typeof found)[number],
    {
      id: number;
      author: {
        name: string;
        postsByAuthor: { id: number }[];
        profiles: { user_id: number; bio: string | null } | null;
      };
      editor: { id: number } | null;
      comments: { id: number; post: number; postPosts: { id: number } }[];
    }
  >
>();
// @ts-expect-error two keys lead to users, so the reverse sides carry their columns
void db.query.users.findMany({ with: { posts: true } });

export {};
