// Databases: opening, statements as they are written, counts, CTEs, batches, replicas, transactions.
import { drizzle, eq, open, sql, type DrizzleTypeError, type SQL } from "virga";
import { withReplicas } from "virga/sqlite-core";
import * as remote from "virga/node-postgres";
import { expect, type Equal } from "./expect.js";
import * as schema from "./blog.js";

const { users, posts } = schema;
const client = await open();
const db = drizzle(client, { schema, logger: true, casing: "snake_case" });
expect<Equal<typeof db.$client, typeof client>>();
expect<Equal<(typeof db._)["schema"], typeof schema>>();
expect<Equal<(typeof db._)["fullSchema"], typeof schema>>();
expect<Equal<(typeof db._)["resultKind"], "sync">>();
expect<Equal<ReturnType<typeof db.$cache.invalidate>, Promise<void>>>();
expect<Equal<ReturnType<typeof db.dialect.sqlToQuery>["sql"], string>>();
// @ts-expect-error: no such casing
drizzle(client, { casing: "kebab" });
// @ts-expect-error: no client
drizzle(1);
// @ts-expect-error: without a schema there are no relation queries
drizzle(client).query.users;
// @ts-expect-error: not in the schema
db.query.comments;

// ---- statements as they are written

expect<Equal<ReturnType<typeof db.all<{ n: number }>>, { n: number }[]>>();
const counts = db.run(sql`delete from users`);
expect<Equal<typeof counts.changes, number>>();
const values = db.values<[number]>("select 1");
expect<Equal<typeof values, [number][]>>();
const one = db.get<{ n: number }>(sql`select 1 as n`);
expect<Equal<typeof one, { n: number }>>();
// @ts-expect-error: a statement is a text or SQL
db.run(1);

// ---- counts

const counted = await db.$count(users, eq(users.id, 1));
expect<Equal<typeof counted, number>>();
const beside = db
  .select({ id: users.id, n: db.$count(posts) })
  .from(users)
  .all();
expect<Equal<typeof beside, { id: number; n: number }[]>>();
// @ts-expect-error: a source
db.$count("users");
// @ts-expect-error: a condition
db.$count(users, true);

// ---- common table expressions

const named = db.$with("named").as(db.select({ name: users.name }).from(users));
const names = db.with(named).select().from(named).all();
expect<Equal<typeof names, { name: string }[]>>();
// @ts-expect-error: a table is no common table expression
db.with(users);
// @ts-expect-error: no such field
named.id;
db.with(named).update(users).set({ name: "a" });
db.with(named).delete(users);

// ---- together

const batched = await db.batch([
  db.select({ id: users.id }).from(users),
  db.insert(users).values({ name: "a" }).returning(),
]);
expect<Equal<(typeof batched)[0], { id: number }[]>>();
expect<Equal<(typeof batched)[1], (typeof users.$inferSelect)[]>>();
// @ts-expect-error: queries
await db.batch([1]);
// @ts-expect-error: at least one
await db.batch([]);

const given = db.transaction((tx) => tx.select({ id: users.id }).from(users).get());
expect<Equal<typeof given, { id: number } | undefined>>();
const later = db.transaction(async (tx) => tx.query.users.findFirst(), { behavior: "immediate" });
expect<Equal<typeof later, Promise<typeof users.$inferSelect | undefined>>>();
const left = db.transaction((tx) => tx.transaction((inner) => inner.rollback()));
expect<Equal<typeof left, never>>();
// @ts-expect-error: no such behaviour
db.transaction(() => 1, { behavior: "later" });

const both = withReplicas(db, [db]);
expect<Equal<typeof both.$primary, typeof db>>();
both.query.users.findMany();
// @ts-expect-error: at least one replica
withReplicas(db, []);

// ---- inserts into chosen columns

db.insert(users, "name").values({ name: "a" });
// @ts-expect-error: not one of the columns
db.insert(users, "name").values({ name: "a", inviter: 1 });
// @ts-expect-error: no such column
db.insert(users, "title");

// ---- asynchronous databases give promises

const pg = remote.drizzle("memory:");
expect<Equal<ReturnType<typeof pg.run> extends Promise<unknown> ? true : false, true>>();

const condition: SQL = eq(users.id, 1);
db.delete(users).where(condition).returning({ id: users.id }).all() satisfies { id: number }[];
const nothing = db.delete(users).where(condition).all();
nothing satisfies DrizzleTypeError<".all() cannot be used without .returning()">;
// @ts-expect-error: nothing is returned
nothing.length;
