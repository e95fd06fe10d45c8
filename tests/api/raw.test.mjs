// Statements as they are written, and batches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asc, DrizzleQueryError, eq, placeholder, sql, VirgaError } from "virga";
import { drizzle as nodePostgres } from "virga/node-postgres";
import { blog, databaseOf, seededBlog, tutorial } from "./schemas.mjs";

const { authors } = blog;
const add = (db, name) => db.insert(authors).values({ name });

test("run, all, get, values of text and of sql", async (t) => {
  const db = await seededBlog(t);
  const counts = db.run(sql`update ${authors} set full_name = ${"X"} where ${authors.id} > ${1}`);
  assert.equal(counts.changes, 2);
  assert.equal(db.run("insert into authors (id, full_name) values (50, 'Y')").lastInsertRowid, 50);
  const rows = db.all(
    sql`select id, full_name as "Name" from ${authors} where id > ${2} order by 1`,
  );
  assert.deepEqual(rows, [
    { id: 3, Name: "X" },
    { id: 50, Name: "Y" },
  ]);
  assert.deepEqual(db.get("select count(*) as n from authors"), { n: 4 });
  assert.equal(db.get(sql`select * from authors where id = ${99}`), undefined);
  assert.deepEqual(db.values("select 1 as a, 2 as a, x'00ff' as b"), [
    [1, 2, Buffer.from([0, 255])],
  ]);
  assert.deepEqual(db.all("select * from authors where 0"), []);
});

test("a statement that gives no columns", async (t) => {
  const db = await databaseOf(t, blog);
  assert.deepEqual(db.all("create table made (a, b)"), []);
  assert.deepEqual(db.values(sql`insert into made values (${1}, ${null})`), []);
  assert.deepEqual(db.all("insert into made values (2, 3) returning *"), [{ a: 2, b: 3 }]);
});

test("an asynchronous database gives promises, and execute as node-postgres does", async (t) => {
  const db = nodePostgres({ schema: tutorial });
  t.after(() => db.$client.end());
  const given = db.run("insert into users (name, email) values ('a', 'b')");
  assert.ok(given instanceof Promise);
  assert.equal((await given).changes, 1);
  assert.deepEqual(await db.get("select name from users"), { name: "a" });
  const result = await db.execute(sql`select id, name from ${tutorial.users}`);
  assert.deepEqual(result, { rows: [{ id: 1, name: "a" }], rowCount: 1 });
  assert.equal((await db.execute("update users set name = 'c'")).rowCount, 1);
});

test("a failing statement is an error with its SQL", async (t) => {
  const db = await databaseOf(t, blog);
  assert.throws(() => db.run("selec 1"), { code: "sqlite", query: "selec 1" });
  assert.throws(
    () => db.all(sql`select * from nope where a = ${1}`),
    (error) => {
      assert.ok(error instanceof DrizzleQueryError && error instanceof VirgaError);
      assert.deepEqual([error.sql, error.params], ["select * from nope where a = ?1", [1]]);
      assert.match(error.message, /no such table: nope/);
      assert.equal(error.cause.message, error.message);
      return true;
    },
  );
});

test("statements in a transaction are undone with it", async (t) => {
  const db = await databaseOf(t, blog);
  const work = (tx) => {
    tx.run("insert into authors (full_name) values ('a')");
    assert.deepEqual(tx.values("select full_name from authors"), [["a"]]);
    tx.rollback();
  };
  assert.throws(() => db.transaction(work));
  assert.equal(db.$count(authors).sync(), 0);
});

test("a batch gives every result, in one transaction", async (t) => {
  const db = await databaseOf(t, blog);
  const [counts, rows, all, first, count] = await db.batch([
    add(db, "a"),
    add(db, "b").returning({ id: authors.id }),
    db.select({ name: authors.name }).from(authors).orderBy(asc(authors.id)),
    db.query.authors.findFirst({ columns: { name: true } }),
    db.$count(authors),
  ]);
  assert.deepEqual(counts, { changes: 1, lastInsertRowid: 1 });
  assert.deepEqual(
    [rows, all, first, count],
    [[{ id: 2 }], [{ name: "a" }, { name: "b" }], { name: "a" }, 2],
  );
});

test("when one query of a batch fails, none has happened", async (t) => {
  const db = await databaseOf(t, blog);
  const failing = db.batch([add(db, "a"), db.insert(authors).values({ id: 1, name: "again" })]);
  await assert.rejects(failing, { code: "constraint_primary_key" });
  assert.equal(db.$count(authors).sync(), 0);
  const missing = db
    .select()
    .from(authors)
    .where(eq(authors.id, placeholder("id")));
  await assert.rejects(db.batch([add(db, "a"), missing]), { code: "missing_parameter" });
  assert.equal(db.$count(authors).sync(), 0);
});

test("a batch waits for its turn, nests, and takes queries of its own client only", async (t) => {
  const [db, other] = [await databaseOf(t, blog), await databaseOf(t, blog)];
  const open = db.transaction(async (tx) => {
    await add(tx, "a");
    await assert.rejects(tx.batch([add(db, "b"), add(other, "c")]), /queries of one database/);
    await tx.batch([add(tx, "d")]);
  });
  const [rows] = await db.batch([db.select().from(authors)]);
  await open;
  assert.equal(rows.length, 2);
});
