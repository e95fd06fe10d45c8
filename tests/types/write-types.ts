// Inserts, updates, deletes and selects: what they take and what they give.
import { and, drizzle, eq, gt, inArray, open, sql, type RunResult } from "virga";
import { expect, type Equal } from "./expect.js";
import { posts, users } from "./blog.js";
import * as schema from "./tutorial.js";

const db = drizzle(await open(), { schema });
const alice = { name: "Alice", email: "alice@example.com" };

const [inserted] = await db.insert(schema.users).values(alice).returning();
expect<Equal<typeof inserted, typeof schema.users.$inferSelect | undefined>>();
const ids = await db
  .insert(users)
  .values([{ name: "a" }, { name: "b", inviter: 1 }])
  .returning({
    id: users.id,
    upper: sql<string>`upper(${users.name})`.as("upper"),
  });
expect<Equal<typeof ids, { id: number; upper: string }[]>>();
const counts = await db.insert(users).values({ name: sql`lower('A')` });
expect<Equal<typeof counts, RunResult>>();

// @ts-expect-error unknown column
db.insert(schema.users).values({ ...alice, age: 30 });
// @ts-expect-error a required column is missing
db.insert(schema.users).values({ name: "Alice" });
// @ts-expect-error one row of several lacks a required column
db.insert(schema.users).values([alice, { name: "Bob" }]);
// @ts-expect-error not a string
db.insert(schema.users).values({ ...alice, name: 5 });

const updated = await db.update(users).set({ inviter: null }).where(eq(users.id, 1)).returning();
expect<Equal<typeof updated, (typeof users.$inferSelect)[]>>();
// @ts-expect-error unknown column
db.update(users).set({ nmae: "x" });
// @ts-expect-error the column is not null
db.update(users).set({ name: null });
const deleted = await db.delete(users).where(undefined).allRows().returning({ id: users.id });
expect<Equal<typeof deleted, { id: number }[]>>();

const rows = db
  .select()
  .from(posts)
  .where(and(gt(posts.id, 1), undefined))
  .limit(1)
  .all();
expect<Equal<typeof rows, (typeof posts.$inferSelect)[]>>();
const fields = await db.select({ editor: posts.editorId, n: sql<number>`count(*)` }).from(posts);
expect<Equal<typeof fields, { editor: number | null; n: number }[]>>();
const first = db
  .select({ n: sql`1`.mapWith(String) })
  .from(posts)
  .get();
expect<Equal<typeof first, { n: string } | undefined>>();

eq(users.id, 1);
eq(users.id, posts.authorId);
inArray(users.name, ["a", sql`'b'`]);
// @ts-expect-error a value fits the column
eq(users.id, "1");
// @ts-expect-error every value does
inArray(users.name, ["a", 1]);

const sync = db.transaction((tx) => tx.select().from(posts).all().length);
expect<Equal<typeof sync, number>>();
const later = db.transaction(async (tx) => (await tx.query.users.findMany()).length);
expect<Equal<typeof later, Promise<number>>>();
const never = db.transaction((tx) => tx.rollback());
expect<Equal<typeof never, never>>();
