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
  assert.deepEqual(found, {
    compiled: 1,
    recalled: 99,
    prepared: 2,
    reused: 198,
    preparedAgain: 0,
  });
});

test("a limit of one value keeps its plan; SQLite makes another one for another value", async (t) => {
  const limited = (limit) => (db) => db.select().from(blog.authors).limit(limit);
  const same = await counted(t, limited(2));
  assert.deepEqual([same.prepared, same.reused, same.preparedAgain], [1, 99, 1]);
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
  assert.deepEqual(found, {
    compiled: 1,
    recalled: 99,
    prepared: 1,
    reused: 99,
    preparedAgain: 0,
  });
});

test("queries of many shapes are compiled again when they were not used lately", async (t) => {
  const column = (i) => ({ [`c${i}`]: blog.authors.id });
  const shapes = (n) => (db, i) => db.select(column(i % n)).from(blog.authors);
  const few = await counted(t, shapes(10));
  assert.deepEqual([few.compiled, few.recalled], [10, 90]);
  // Twice through more shapes than are kept.
  const many = await counted(t, async (db, i) => {
    for (let k = 0; k < 11; k += 1) await shapes(550)(db, i * 11 + k);
  });
  assert.equal(many.compiled + many.recalled, 1100);
  assert.ok(many.compiled > 550, `${many.compiled} were compiled`);
});
