// What every host runs: a schema, rows, and a query with a relation.
import { drizzle, eq, open, pushSchema, relations } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";

const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  userId: integer("user_id").references(() => users.id),
  title: text(),
});
const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
const postsRelations = relations(posts, ({ one }) => ({
  user: one(users, { fields: [posts.userId], references: [users.id] }),
}));

/** The found rows as JSON. */
export async function run() {
  const db = drizzle(await open(), { schema: { users, posts, usersRelations, postsRelations } });
  await pushSchema(db);
  await db.insert(users).values([{ name: "Ada" }, { name: "Bob" }]);
  await db.insert(posts).values({ userId: 1, title: "On rain" });
  const where = eq(users.id, 1);
  return JSON.stringify(await db.query.users.findMany({ where, with: { posts: true } }));
}
