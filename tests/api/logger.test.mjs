// Loggers are told of every query.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConsoleLogWriter, DefaultLogger, drizzle, eq, NoopLogger, sql } from "virga";
import { blog, databaseOf } from "./schemas.mjs";

const { authors } = blog;

test("logQuery is called with the statements and the values, before the query runs", async (t) => {
  const { $client } = await databaseOf(t, blog);
  const lines = [];
  const logger = { logQuery: (query, params) => lines.push([query, params]) };
  const db = drizzle($client, { schema: blog, logger });
  db.select({ id: authors.id }).from(authors).where(eq(authors.id, 7)).all();
  assert.throws(() => db.run(sql`insert into authors (id) values (${1})`));
  await db.transaction(
    async (tx) => void (await tx.query.authors.findMany({ with: { posts: true } })),
  );
  assert.deepEqual(lines.slice(0, 2), [
    ['select "id" from "authors" where "authors"."id" = ?1', [7]],
    ["insert into authors (id) values (?1)", [1]],
  ]);
  assert.equal(lines[2][0].split(";\n").length, 2);
});

test("DefaultLogger writes a line for each query", () => {
  const lines = [];
  const logger = new DefaultLogger({ writer: { write: (line) => lines.push(line) } });
  logger.logQuery("select 1", []);
  logger.logQuery("select ?1, ?2, ?3", ["a", 9007199254740993n, null]);
  assert.deepEqual(lines, [
    "Query: select 1",
    'Query: select ?1, ?2, ?3 -- params: ["a", 9007199254740993, null]',
  ]);
});

test("logger: true writes to the console; the default writes nothing", async (t) => {
  const lines = [];
  const { log } = console;
  console.log = (line) => lines.push(line);
  t.after(() => (console.log = log));
  const { $client } = await databaseOf(t, blog);
  drizzle($client).run("select 1");
  new NoopLogger().logQuery();
  assert.equal(lines.length, 0);
  drizzle($client, { logger: true }).run("select 1");
  new ConsoleLogWriter().write("as it is");
  assert.deepEqual(lines, ["Query: select 1", "as it is"]);
});
