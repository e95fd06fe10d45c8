// What is kept between executions: compiled queries and prepared statements.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eq, gt, load, openSync, pushSchema } from "virga";
import { drizzle } from "virga/better-sqlite3";
import { blog } from "./schemas.mjs";

await load();

/** The counters of 100 executions. */
async function counted(t, work) {
  const client = openSync();
  t.after(() => client.close());
  const db = drizzle(client, { schema: blog });
  await pushSchema(db);
  await db.insert(blog.authors).values([{ name: "Ada" }, { name: "Brian" }]);
  const before = client.counters();
  for (let i = 0; i < 100; i += 1) await work(db, i);
  const after = client.counters();
  return Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]));
}

test("a query that is built anew 100 times is prepared once", async (t) => {
  const found = await counted(t, (db, i) =>
    db.query.authors.findMany({ where: gt(blog.authors.id, i), with: { posts: true } }),
  );
  assert.deepEqual(found, { prepared: 2, reused: 198, preparedAgain: 0 });
});

test("a limit of one value keeps its plan; SQLite makes another one for another value", async (t) => {
  const limited = (limit) => (db) => db.select().from(blog.authors).limit(limit);
  const same = await counted(t, limited(2));
  assert.deepEqual(same, { prepared: 1, reused: 99, preparedAgain: 1 });
  const others = await counted(t, (db, i) => limited(1 + (i % 2))(db));
  assert.equal(others.prepared, 1);
});

test("writes are prepared once", async (t) => {
  const found = await counted(t, (db, i) =>
    db
      .update(blog.authors)
      .set({ name: `n${i}` })
      .where(eq(blog.authors.id, 1)),
  );
  assert.deepEqual(found, { prepared: 1, reused: 99, preparedAgain: 0 });
});
