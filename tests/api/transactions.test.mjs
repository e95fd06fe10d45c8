// Transactions: atomic, isolated from what runs beside them, nested as savepoints.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { asc, drizzle, observeTransactions, open, TransactionRollbackError } from "virga";
import { drizzle as nodePostgres } from "virga/node-postgres";
import { blog, databaseOf, tutorial } from "./schemas.mjs";

const { authors } = blog;
const names = (db) =>
  db.select({ name: authors.name }).from(authors).orderBy(asc(authors.id)).values().flat();
const add = (db, name) => db.insert(authors).values({ name });

test("an asynchronous callback is committed when its promise has settled", async (t) => {
  const db = await databaseOf(t, blog);
  const result = await db.transaction(async (tx) => {
    await add(tx, "a");
    await sleep(5);
    await add(tx, "b");
    return "done";
  });
  assert.equal(result, "done");
  assert.deepEqual(names(db), ["a", "b"]);
});

test("a failure undoes everything and is thrown again", async (t) => {
  const db = await databaseOf(t, blog);
  const failure = new Error("no");
  const work = async (tx) => {
    await add(tx, "a");
    await sleep(1);
    throw failure;
  };
  await assert.rejects(db.transaction(work), failure);
  assert.deepEqual(names(db), []);
});

test("a synchronous callback gives its value at once", async (t) => {
  const db = await databaseOf(t, blog);
  const value = db.transaction((tx) => {
    add(tx, "a").run();
    return 7;
  });
  assert.equal(value, 7);
  assert.throws(
    () =>
      db.transaction((tx) => {
        add(tx, "b").run();
        tx.rollback();
      }),
    TransactionRollbackError,
  );
  assert.deepEqual(names(db), ["a"]);
});

test("a nested transaction is a savepoint: the outer one goes on without it", async (t) => {
  const db = await databaseOf(t, blog);
  await db.transaction(async (tx) => {
    await add(tx, "outer");
    const inner = tx.transaction(async (nested) => {
      await add(nested, "inner");
      await nested.transaction(async (deepest) => void (await add(deepest, "deepest")));
      nested.rollback();
    });
    await assert.rejects(inner, TransactionRollbackError);
    await tx.transaction(async (nested) => void (await add(nested, "kept")));
  });
  assert.deepEqual(names(db), ["outer", "kept"]);
});

test("what runs beside a transaction waits and sees it whole", async (t) => {
  const db = await databaseOf(t, blog);
  const transaction = db.transaction(async (tx) => {
    await add(tx, "a");
    await sleep(10);
    await add(tx, "b");
  });
  const beside = db.select().from(authors).execute();
  assert.throws(() => names(db), { code: "transaction" });
  assert.throws(() => db.$client.exec("select 1"), { code: "transaction" });
  assert.equal((await beside).length, 2);
  await transaction;
  assert.deepEqual(names(db), ["a", "b"]);
});

test("transactions started together run one after the other", async (t) => {
  const db = await databaseOf(t, blog);
  const pair = (name, fails) => async (tx) => {
    await add(tx, `${name}1`);
    await sleep(2);
    await add(tx, `${name}2`);
    if (fails) throw new Error("no");
  };
  const settled = await Promise.allSettled([
    db.transaction(pair("a")),
    db.transaction(pair("b", true)),
    add(db, "between").execute(),
    db.transaction(pair("c")),
  ]);
  assert.deepEqual(
    settled.map(({ status }) => status === "fulfilled"),
    [true, false, true, true],
  );
  assert.deepEqual(names(db), ["a1", "a2", "between", "c1", "c2"]);
});

test("a nested transaction that nobody awaited is still part of the outer one", async (t) => {
  const db = await databaseOf(t, blog);
  await db.transaction(async (tx) => {
    void tx.transaction(async (nested) => {
      await sleep(5);
      await add(nested, "late");
    });
  });
  assert.deepEqual(names(db), ["late"]);
});

test("a transaction's object cannot be used after its end", async (t) => {
  const db = await databaseOf(t, blog);
  const escaped = await db.transaction(async (tx) => ({ tx }));
  await assert.rejects(add(escaped.tx, "x").execute(), { code: "transaction" });
  assert.throws(() => add(escaped.tx, "x").run(), { code: "transaction" });
});

test("a deferred constraint that fails at commit leaves nothing", async (t) => {
  const client = await open();
  t.after(() => client.close());
  client.exec(`create table authors (id integer primary key, full_name text, mentor_id integer
    references authors (id) deferrable initially deferred)`);
  const db = drizzle(client, { schema: blog });
  const orphan = (tx) => tx.insert(authors).values({ name: "x", mentorId: 99 }).run();
  assert.throws(() => db.transaction(orphan), { code: "constraint_foreign_key" });
  await assert.rejects(
    db.transaction(async (tx) => orphan(tx)),
    { code: "constraint_foreign_key" },
  );
  await add(db, "works");
  assert.deepEqual(names(db), ["works"]);
});

test("tables created on first use survive the rollback of that transaction", async (t) => {
  const db = nodePostgres({ schema: tutorial });
  t.after(() => db.$client.end());
  await assert.rejects(
    db.transaction((tx) => tx.rollback()),
    TransactionRollbackError,
  );
  assert.deepEqual(await db.query.users.findMany(), []);
  const other = async (tx) => {
    await tx.select().from(authors);
    tx.rollback();
  };
  await assert.rejects(db.transaction(other), TransactionRollbackError);
  assert.deepEqual(await db.select().from(authors), []);
});

test("client.transaction is synchronous", async (t) => {
  const db = await databaseOf(t, blog);
  const client = db.$client;
  client.transaction(() => add(db, "a").run(), { behavior: "immediate" });
  assert.throws(() => client.transaction(() => client.exec("nonsense")), { code: "sqlite" });
  assert.throws(() => client.transaction(async () => undefined), { code: "transaction" });
  assert.deepEqual(names(db), ["a"]);
});

test("begin and end of transactions and savepoints are told, with their depth and why", async (t) => {
  const db = await databaseOf(t, blog);
  const client = db.$client;
  const told = [];
  const stop = observeTransactions(({ verb, depth, cause, client: of }) => {
    assert.equal(of, client);
    const [{ n }] = client.peek("select count(*) as n from authors");
    told.push([verb, depth, n, ...(cause ? [cause.message] : [])]);
  });
  t.after(stop);
  await db.transaction(
    async (tx) => {
      await add(tx, "a");
      const failing = tx.transaction(async (inner) => {
        await add(inner, "b");
        throw new Error("no");
      });
      await assert.rejects(failing);
      await tx.transaction((inner) => add(inner, "c"));
    },
    { behavior: "immediate" },
  );
  assert.throws(() => client.transaction(() => client.exec("nonsense")));
  assert.deepEqual(told.slice(0, 6), [
    ["begin immediate", 1, 0],
    ["begin", 2, 1],
    ["rollback", 2, 1, "no"],
    ["begin", 2, 1],
    ["commit", 2, 2],
    ["commit", 1, 2],
  ]);
  assert.deepEqual(told[6], ["begin", 1, 2]);
  assert.match(told[7].join(), /^rollback,1,2,near "nonsense": syntax error/);
  stop();
  await db.transaction((tx) => add(tx, "d"));
  assert.equal(told.length, 8);
});

test("a commit that fails is told as the rollback that follows, with the reason", async (t) => {
  const client = await open();
  t.after(() => client.close());
  client.exec(
    "create table p (id integer primary key); " +
      "create table c (p integer references p deferrable initially deferred)",
  );
  const told = [];
  t.after(observeTransactions(({ verb, depth, cause }) => told.push([verb, depth, cause?.code])));
  assert.throws(() => client.transaction(() => client.exec("insert into c values (1)")));
  assert.deepEqual(told, [
    ["begin", 1, undefined],
    ["rollback", 1, "constraint_foreign_key"],
  ]);
});
