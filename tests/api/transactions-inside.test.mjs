// Calls of the database around a transaction from inside of its callback: those that would have to
// wait are refused, never a deadlock; synchronous ones are a part of the transaction.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { drizzle, sql } from "virga";
import { drizzle as nodePostgres } from "virga/node-postgres";
import { blog, databaseOf, tutorial } from "./schemas.mjs";

const { authors } = blog;
const add = (db, name) => db.insert(authors).values({ name });
const inside = { code: "transaction", message: /queries go through its tx/, hint: /tx has all/ };

const calls = {
  "a select": (db) => db.select().from(authors),
  "a relation query": (db) => db.query.authors.findMany(),
  "a write": (db) => add(db, "x"),
  "a count": (db) => db.$count(authors),
  "a prepared query": (db) => db.select().from(authors).prepare().execute(),
  "a batch": (db) => db.batch([db.select().from(authors)]),
  "a transaction": async (db) => db.transaction(async () => undefined),
  "a synchronous transaction": async (db) => db.transaction(() => undefined),
};

for (const [name, call] of Object.entries(calls)) {
  test(`${name}: at the beginning, and after an await`, async (t) => {
    const db = await databaseOf(t, blog);
    await db.transaction(async (tx) => {
      await assert.rejects(async () => await call(db), inside);
      await add(tx, "kept");
      await sleep(1);
      await assert.rejects(async () => await call(db), inside);
    });
    assert.equal(db.$count(authors).sync(), 1);
  });
}

test("synchronous calls are a part of the transaction", async (t) => {
  const db = await databaseOf(t, blog);
  const prepared = db
    .insert(authors)
    .values({ name: sql.placeholder("name") })
    .prepare();
  const names = () => db.select({ name: authors.name }).from(authors).values().flat();
  const work = (tx) => {
    prepared.run({ name: "prepared before" });
    tx.transaction(() => add(db, "in a savepoint").run());
    assert.throws(() =>
      tx.transaction(() => {
        prepared.run({ name: "rolled back with its savepoint" });
        throw new Error("no");
      }),
    );
    db.$client.exec("insert into authors (full_name) values ('by the client')");
    assert.equal(db.all("select 1").length, 1);
    return names();
  };
  const all = ["prepared before", "in a savepoint", "by the client"];
  assert.deepEqual(db.transaction(work), all);
  assert.throws(() => db.transaction((tx) => [work(tx), tx.rollback()]), { name: /Rollback/ });
  assert.deepEqual(names(), all);
  await db.transaction(async (tx) => {
    await sleep(1);
    assert.equal(work(tx).length, 6);
  });
  assert.equal(names().length, 6);
});

test("the error rolls the transaction back like any other", async (t) => {
  const db = await databaseOf(t, blog);
  const work = async (tx) => {
    await add(tx, "a");
    await add(db, "b");
  };
  await assert.rejects(db.transaction(work), inside);
  assert.equal(db.$count(authors).sync(), 0);
});

test("in an asynchronous database too", async (t) => {
  const db = nodePostgres({ schema: tutorial });
  t.after(() => db.$client.end());
  await db.transaction(async () => {
    await assert.rejects(async () => await db.select().from(tutorial.users), inside);
    await assert.rejects(
      db.transaction(async () => undefined),
      inside,
    );
  });
});

test("tx inside of its own nested transaction", async (t) => {
  const db = await databaseOf(t, blog);
  await db.transaction(async (tx) => {
    await tx.transaction(async (nested) => {
      await assert.rejects(add(tx, "x").execute(), inside);
      await assert.rejects(add(db, "x").execute(), inside);
      await add(nested, "kept");
    });
    await add(tx, "kept too");
  });
  assert.equal(db.$count(authors).sync(), 2);
});

test("a database within the transaction of another one", async (t) => {
  const [one, two] = [await databaseOf(t, blog), await databaseOf(t, blog)];
  await one.transaction(async () => {
    await add(two, "fine");
    await two.transaction(async () => {
      await assert.rejects(add(one, "x").execute(), inside);
    });
  });
  assert.equal(two.$count(authors).sync(), 1);
});

test("others wait and succeed, however long the callback takes", async (t) => {
  const db = await databaseOf(t, blog);
  let release;
  const answer = new Promise((resolve) => (release = resolve));
  const transaction = db.transaction(async (tx) => {
    await add(tx, "a");
    await answer;
  });
  const beside = [add(db, "b").execute(), db.transaction(async (tx) => void (await add(tx, "c")))];
  await sleep(30);
  release();
  await Promise.all([transaction, ...beside]);
  assert.equal(db.$count(authors).sync(), 3);
});

test("what a callback has left running may use the database when the transaction has ended", async (t) => {
  const db = await databaseOf(t, blog);
  let later;
  await db.transaction(async () => {
    later = sleep(5).then(() => add(db, "later"));
  });
  await later;
  assert.equal(db.$count(authors).sync(), 1);
});

test("a synchronous callback cannot wait: it is refused while a transaction is open", async (t) => {
  const db = await databaseOf(t, blog);
  const open = db.transaction(async () => await sleep(5));
  assert.throws(() => db.transaction((tx) => add(tx, "a").run()), { code: "transaction" });
  await open;
  assert.equal(db.transaction((tx) => add(tx, "a").run()).changes, 1);
});

test("with a transactionTimeout, a call gives up when nothing happens in the transaction", async (t) => {
  const { $client } = await databaseOf(t, blog);
  const db = drizzle($client, { schema: blog, transactionTimeout: 40 });
  const open = db.transaction(async (tx) => {
    for (let count = 0; count < 8; count += 1) {
      await sleep(10);
      await add(tx, "busy");
    }
    await sleep(100);
  });
  let settled = false;
  const waiting = add(db, "x")
    .execute()
    .finally(() => (settled = true));
  const expired = assert.rejects(waiting, { code: "transaction", message: /^For 40 ms/ });
  await sleep(60);
  assert.equal(settled, false);
  await expired;
  await open;
  await add(db, "after");
  assert.equal(db.$count(authors).sync(), 9);
});

test("where there is no AsyncLocalStorage, calls are known until the first await", () => {
  const script = `
    process.getBuiltinModule = undefined;
    const { drizzle, open } = await import("virga");
    const db = drizzle(await open(), { transactionTimeout: 20 });
    const failures = [];
    const note = (error) => void failures.push(error.message.slice(0, 9));
    await db.transaction(async () => {
      await undefined;
      try { db.all("select 1"); } catch (error) { note(error); }
    });
    await db.transaction(async () => {
      await undefined;
      await db.execute("select 1").catch(note);
    });
    await db.transaction(async () => {
      await db.execute("select 1").catch(note);
    });
    console.log(JSON.stringify(failures));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { cwd: fileURLToPath(new URL(".", import.meta.url)), encoding: "utf8" },
  );
  assert.equal(stderr, "");
  assert.deepEqual(JSON.parse(stdout), ["A synchro", "For 20 ms", "Inside th"]);
});
