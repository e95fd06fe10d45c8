// Both copies of the package in one process: a schema of the one, a database of the other.
import { createRequire } from "node:module";
import { drizzle, eq, is, open, openSync, placeholder, pushSchema, sql, Table } from "virga";

const required = createRequire(import.meta.url)("virga");
const { posts, run, users } = createRequire(import.meta.url)("./main.cjs");

if (required.drizzle === drizzle) throw new Error("there is one copy only");
if (!is(users, Table) || !is(users, required.Table)) throw new Error("is() knows its copy only");

const schema = {
  users,
  posts,
  usersRelations: required.relations(users, ({ many }) => ({ posts: many(posts) })),
  postsRelations: required.relations(posts, ({ one }) => ({
    user: one(users, { fields: [posts.userId], references: [users.id] }),
  })),
};
const db = drizzle(await open(), { schema });
await pushSchema(db);
await db.insert(users).values([{ name: "Ada" }, { name: required.sql`upper(${"b"}) || 'ob'` }]);
const insert = db.insert(posts).values({ userId: required.placeholder("user"), title: "On rain" });
await insert.prepare().execute({ user: 1 });

const other = required.aliasedTable(users, "other");
const joined = await db
  .select({ name: other.name, upper: sql`upper(${other.name})` })
  .from(users)
  .innerJoin(other, required.eq(other.id, users.id))
  .where(eq(users.id, placeholder("id")))
  .prepare()
  .all({ id: 2 });
if (JSON.stringify(joined) !== '[{"name":"Bob","upper":"BOB"}]') throw new Error("the join");

// A database of the one copy as the client of the other, and an engine for each.
const client = required.openSync();
drizzle(client).run(sql`create table t (a integer)`);
if (openSync() instanceof required.Client) throw new Error("there is one engine only");

const found = await db.query.users.findMany({
  where: required.eq(users.id, 1),
  with: { posts: true },
});
if ((await run()) !== JSON.stringify(found)) throw new Error(JSON.stringify(found));
console.log(JSON.stringify(found));
