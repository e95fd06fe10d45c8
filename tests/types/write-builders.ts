// Types of writes and of prepared queries.
import { drizzle, eq, open, sql, type RowIterator, type RunResult, type SqlValue } from "virga";
import { expect, type Equal } from "./expect.js";
import { posts, users } from "./blog.js";

const db = drizzle(await open());
type User = typeof users.$inferSelect;
const { placeholder } = sql;

// ---- conflicts

const upserted = await db
  .insert(users)
  .values({ name: placeholder("name") })
  .onConflictDoNothing({ target: users.id })
  .onConflictDoUpdate({ target: [users.id], set: { name: sql`excluded.name` } })
  .returning();
expect<Equal<typeof upserted, User[]>>();
const plain = db.insert(users).values({ name: "a" });
// @ts-expect-error unknown column
plain.onConflictDoUpdate({ target: users.id, set: { nmae: "" } });
// @ts-expect-error an upsert needs a target
plain.onConflictDoUpdate({ set: { name: "" } });

// ---- chosen columns

db.insert(users, "name").values([{ name: "a" }]);
// @ts-expect-error a column that is not chosen
db.insert(users, "name").values({ name: "a", inviter: 1 });
// @ts-expect-error unknown column
db.insert(users, "nmae");

// ---- rows of a select

const copied = db.insert(users).select(db.select({ name: posts.title }).from(posts));
expect<Equal<Awaited<typeof copied>, RunResult>>();
db.insert(users).select((qb) => qb.select({ id: users.id, name: users.name }).from(users));
db.insert(users).select(sql`select * from users`);
// @ts-expect-error a required column is missing
db.insert(users).select(db.select({ id: posts.id }).from(posts));
// @ts-expect-error unknown column
db.insert(users).select(db.select({ name: posts.title, nope: posts.id }).from(posts));
// @ts-expect-error not a string
db.insert(users).select(db.select({ name: posts.id }).from(posts));

// ---- sources, order, limit

const renamed = await db
  .update(users)
  .set({ name: posts.title, inviter: placeholder("inviter") })
  .from(posts)
  .leftJoin(users, (table, from) => eq(table.id, from.authorId))
  .where(eq(posts.authorId, users.id))
  .orderBy((table) => [table.id])
  .limit(placeholder("limit"))
  .returning({ id: users.id, name: users.name });
expect<Equal<typeof renamed, { id: number; name: string }[]>>();
const removed = db.delete(users).orderBy(users.id).limit(1).$dynamic().returning().get();
expect<Equal<typeof removed, User | undefined>>();

// ---- execution

const insert = db
  .insert(users)
  .values({ name: placeholder("name") })
  .prepare();
expect<Equal<ReturnType<typeof insert.run>, RunResult>>();
expect<Equal<ReturnType<typeof insert.execute>, Promise<RunResult>>>();
// @ts-expect-error a write without returning has no rows
insert.all({ name: "a" }).map(String);
// @ts-expect-error as for all
db.delete(users).get()?.id;
const select = db.select().from(users).prepare();
expect<Equal<ReturnType<typeof select.all>, User[]>>();
expect<Equal<ReturnType<typeof select.get>, User | undefined>>();
expect<Equal<ReturnType<typeof select.values>, SqlValue[][]>>();
expect<Equal<ReturnType<typeof select.iterate>, RowIterator<User>>>();
for (const user of db.select().from(users).iterate()) expect<Equal<typeof user, User>>();
const count = db.$count(users).prepare();
expect<Equal<ReturnType<typeof count.execute>, Promise<number>>>();
