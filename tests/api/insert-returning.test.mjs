// An insert gives back what RETURNING would, however the core gets it: each case runs as a query of
// the builder in one database and as SQL with RETURNING in another.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drizzle, eq, open, sql } from "virga";
import { blob, integer, real, sqliteTable, text } from "virga/sqlite-core";

const things = sqliteTable("things", {
  id: integer().primaryKey(),
  name: text(),
  weight: real(),
  code: integer(),
  raw: blob(),
});
const columns = '"id", "name", "weight", "code", "raw"';
const plain = "create table things(id integer primary key, name text, weight real, code int, raw)";

async function databaseWith(t, ddl) {
  const client = await open();
  t.after(() => client.close());
  client.exec(ddl);
  return drizzle(client);
}

/** The rows that the builder gives for these rows, one by one, and those of RETURNING. */
async function both(t, ddl, rows, { prefix = "insert" } = {}) {
  const ours = await databaseWith(t, ddl);
  const theirs = await databaseWith(t, ddl);
  const got = [];
  const expected = [];
  for (const row of rows) {
    got.push(ours.insert(things).values(row).returning().values());
    const full = { id: null, name: null, weight: null, code: null, raw: null, ...row };
    const values = sql.join(
      Object.values(full).map((value) => sql`${value}`),
      sql`, `,
    );
    const insert = sql`${sql.raw(`${prefix} into things (${columns})`)} values (${values})`;
    expected.push(theirs.values(sql`${insert} returning ${sql.raw(columns)}`));
  }
  assert.deepEqual(got, expected);
  const all = sql.raw(`select * from things`);
  assert.deepEqual(ours.values(all), theirs.values(all));
  return { ours, got };
}

const rows = [
  { name: "a", weight: 3, code: 1 },
  { id: 40, name: "é€😀", weight: -0.5, raw: new Uint8Array([0, 255]) },
  { id: -7, name: "", code: 2 ** 40 },
  { name: null, weight: null },
];

test("a plain table: the row is read by its rowid, with statements that stay prepared", async (t) => {
  const { ours } = await both(t, plain, rows);
  const before = ours.$client.counters();
  const insert = ours
    .insert(things)
    .values({ name: sql.placeholder("name") })
    .returning()
    .prepare();
  for (let i = 0; i < 100; i += 1) assert.equal(insert.get({ name: `n${i}` }).name, `n${i}`);
  const { prepared } = ours.$client.counters();
  assert.ok(prepared - before.prepared <= 2, `${prepared - before.prepared} were prepared`);
});

test("what is shown and logged is one insert with returning", async (t) => {
  const db = await databaseWith(t, plain);
  const shown = db.insert(things).values({ name: "a" }).returning({ id: things.id }).toSQL();
  assert.match(shown.sql, /^insert into "things" .* returning "id"$/);
});

const triggers = {
  "after insert":
    "after insert on things begin update things set name = 'x' where id = new.id; end",
  "that deletes": "after insert on things begin delete from things where id = new.id; end",
  "before insert": "before insert on things begin insert into log values (new.name); end",
  "that inserts": "after insert on things begin insert into log values (new.name); end",
};
for (const [name, body] of Object.entries(triggers)) {
  for (const kind of ["trigger", "temp trigger"]) {
    test(`a ${kind} ${name}: rows as they were inserted`, (t) =>
      both(t, `${plain}; create table log(x); create ${kind} t ${body}`, rows));
  }
}

test("a trigger that is made after the query was prepared, and dropped again", async (t) => {
  const db = await databaseWith(t, plain);
  const insert = db.insert(things).values({ name: "a" }).returning({ name: things.name }).prepare();
  assert.deepEqual(insert.get(), { name: "a" });
  db.$client.exec(`create trigger t ${triggers["that deletes"]}`);
  assert.deepEqual(insert.get(), { name: "a" });
  db.$client.exec("drop trigger t");
  assert.deepEqual(insert.get(), { name: "a" });
  assert.equal(await db.$count(things), 2);
});

test("tables of other kinds than the schema says", async (t) => {
  const body = "name text, weight real, code int, raw";
  await both(t, `create table things(id integer primary key desc, ${body})`, rows);
  await both(t, `create table things(id int primary key, ${body})`, rows);
  await both(t, `create table things(rowid text, id integer primary key, ${body})`, rows);
  await both(t, `create table things(id integer primary key, ${body}) without rowid`, [rows[1]]);
  await both(t, `${plain}; create temp table things(id integer primary key, ${body})`, rows);
});

test("an instead-of trigger of a view", async (t) => {
  const instead = "create trigger t instead of insert on things begin select 1; end";
  await both(
    t,
    `create view things as select 1 id, 'v' name, 1 weight, 1 code, 1 raw; ${instead}`,
    rows,
  );
});

test("conflict clauses of the table: a row that is left out is none", async (t) => {
  const ddl = (clause) =>
    `create table things(id integer primary key, name text unique on conflict ${clause}, weight real, code int, raw)`;
  const twice = [{ name: "a", code: 1 }, { name: "b" }, { name: "a", code: 2 }];
  const ignored = await both(t, ddl("ignore"), twice);
  assert.deepEqual(ignored.got[2], []);
  const replaced = await both(t, ddl("replace"), twice);
  assert.equal(replaced.got[2].length, 1);
});

test("an insert that fails leaves nothing, and says the same", async (t) => {
  const db = await databaseWith(t, `${plain}; create unique index u on things(name)`);
  const insert = (name) => db.insert(things).values({ name }).returning().get();
  assert.equal(insert("a").id, 1);
  assert.throws(() => insert("a"), /UNIQUE constraint failed: things\.name/);
  assert.equal(db.select().from(things).where(eq(things.name, "a")).all().length, 1);
});
