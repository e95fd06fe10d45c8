// Types of batches, statements as written, and transactions.
import { drizzle, open, sql, type RunResult } from "virga";
import { drizzle as nodePostgres } from "virga/node-postgres";
import { expect, type Equal } from "./expect.js";
import * as schema from "./blog.js";

const { users } = schema;
const db = drizzle(await open(), { schema, logger: true, transactionTimeout: 1000 });
type User = typeof users.$inferSelect;

const results = await db.batch([
  db.insert(users).values({ name: "a" }),
  db.insert(users).values({ name: "b" }).returning({ id: users.id }),
  db.select().from(users),
  db.query.users.findFirst({ columns: { name: true } }),
  db.$count(users),
]);
expect<
  Equal<typeof results, [RunResult, { id: number }[], User[], { name: string } | undefined, number]>
>();
// @ts-expect-error a batch has at least one query
db.batch([]);

const rows = db.all<{ n: number }>(sql`select 1 as n`);
expect<Equal<typeof rows, { n: number }[]>>();
const row = db.get<{ n: number }>("select 1 as n");
expect<Equal<typeof row, { n: number }>>();
expect<Equal<ReturnType<typeof db.run>, RunResult>>();
const values = db.values<[number, string]>("select 1, 'a'");
expect<Equal<typeof values, [number, string][]>>();

const pg = nodePostgres();
expect<Equal<ReturnType<typeof pg.run>, Promise<RunResult>>>();
const promised = pg.all<{ n: number }>("select 1 as n");
expect<Equal<typeof promised, Promise<{ n: number }[]>>>();
const executed = await pg.execute<{ n: number }>(sql`select 1 as n`);
expect<Equal<typeof executed.rows, { n: number }[]>>();

const nested = db.transaction((tx) => tx.transaction((inner) => inner.$count(users).sync()), {
  behavior: "immediate",
});
expect<Equal<typeof nested, number>>();
// @ts-expect-error no such behavior
db.transaction(() => 1, { behavior: "exclusif" });
