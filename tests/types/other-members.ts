// Members that no other file here comes to: kinds of Postgres, distances, dialects, observers, traces.
import {
  asc,
  drizzle,
  hammingDistance,
  l2Distance,
  observe,
  observeTransactions,
  openSync,
  QueryPromise,
  type Client,
  type SQL,
} from "virga";
import { drizzle as betterSqlite3 } from "virga/better-sqlite3";
import * as pg from "virga/pg-core";
import { integer, SQLiteSyncDialect, sqliteTable, text } from "virga/sqlite-core";
import { expect, type Equal } from "./expect.js";

const shapes = pg.pgTable("shapes", {
  id: pg.bigserial({ mode: "bigint" }).primaryKey(),
  line: pg.line().notNull(),
  lineAbc: pg.line({ mode: "abc" }).notNull(),
  place: pg.geometry({ type: "point", mode: "xy" }).notNull(),
  spot: pg.geometry({ type: "point" }),
  bits: pg.bit({ dimensions: 4 }).notNull(),
});
type Shape = typeof shapes.$inferSelect;
expect<Equal<Shape["id"], bigint>>();
expect<Equal<Shape["line"], [number, number, number]>>();
expect<Equal<Shape["lineAbc"], { a: number; b: number; c: number }>>();
expect<Equal<Shape["place"], { x: number; y: number }>>();
expect<Equal<Shape["spot"], [number, number] | null>>();
expect<Equal<Shape["bits"], string>>();
// The database numbers the rows.
expect<Equal<(typeof shapes.$inferInsert)["id"], bigint | undefined>>();
// @ts-expect-error: a bigserial has to say what its numbers are
pg.bigserial();
// @ts-expect-error: there is no such mode
pg.line({ mode: "xy" });

expect<Equal<ReturnType<typeof hammingDistance> extends SQL ? true : false, true>>();
asc(hammingDistance(shapes.bits, "0101"));
asc(l2Distance(shapes.spot, [1, 2]));
// @ts-expect-error: a distance is one to something
hammingDistance(shapes.bits);

const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
const db = drizzle(openSync(), { schema: { users } });

// Queries are promises that run when they are awaited, and explain themselves.
const query = db.select().from(users);
expect<
  Equal<typeof query extends QueryPromise<{ id: number; name: string }[]> ? true : false, true>
>();
const trace = query.explain();
expect<Equal<(typeof trace.statements)[number]["queryPlan"], readonly string[]>>();
expect<Equal<typeof trace.plan, string>>();
const found = db.query.users.findFirst();
expect<Equal<Awaited<typeof found>, { id: number; name: string } | undefined>>();
expect<Equal<(typeof trace.timings)[number]["microseconds"], number>>();
// @ts-expect-error: a trace has stages, no rows
trace.rows;

const stop = observe(({ sql, rows, milliseconds, client, error }) => {
  expect<Equal<typeof sql, readonly string[]>>();
  expect<Equal<typeof rows | typeof milliseconds, number>>();
  expect<Equal<typeof client, Client>>();
  expect<Equal<typeof error, unknown>>();
});
expect<Equal<typeof stop, () => void>>();
observeTransactions(({ verb, depth }) => {
  expect<
    Equal<typeof verb, "begin" | "begin immediate" | "begin exclusive" | "commit" | "rollback">
  >();
  expect<Equal<typeof depth, number>>();
});
// @ts-expect-error: somebody has to listen
observe();

const mocked = betterSqlite3.mock({ schema: { users } });
const mockedRows = mocked.query.users.findMany();
expect<Equal<Awaited<typeof mockedRows>, { id: number; name: string }[]>>();
// @ts-expect-error: the schema has no such table
mocked.query.posts;

const written = new SQLiteSyncDialect().sqlToQuery(asc(users.name));
expect<Equal<typeof written.sql, string>>();
expect<Equal<typeof written.params extends readonly unknown[] ? true : false, true>>();
// @ts-expect-error: a dialect writes SQL, not tables
new SQLiteSyncDialect().sqlToQuery(users);
