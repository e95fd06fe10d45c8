// Results of many rows come in parts, so that the module's memory, which never shrinks, need not hold them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { grown, megabyte } from "./module-memory.mjs";
import { and, drizzle, eq, gt, like, openSync, relations, sql } from "virga";
import { customType, integer, sqliteTable, text } from "virga/sqlite-core";

const count = 300_000;
let decoded = () => undefined;
const told = customType({
  dataType: () => "text",
  fromDriver(value) {
    decoded(value);
    return value;
  },
});
const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
const names = sqliteTable("users", { id: integer().primaryKey(), name: told() });
const accounts = sqliteTable("accounts", {
  id: integer().primaryKey(),
  userId: integer("user_id"),
});
const desks = sqliteTable("desks", {
  id: integer().primaryKey(),
  userId: integer("user_id").notNull().unique(),
});
const usersRelations = relations(users, ({ one }) => ({
  account: one(accounts, { fields: [users.id], references: [accounts.userId] }),
  desk: one(desks, { fields: [users.id], references: [desks.userId] }),
}));

const client = openSync();
client.exec(`create table users (id integer primary key, name text not null);
create table accounts (id integer primary key, user_id integer unique);
create table desks (id integer primary key, user_id integer not null unique);
with recursive n(i) as (select 1 union all select i + 1 from n limit ${count})
  insert into users select i, 'the name of user ' || i from n;
insert into accounts select id, id from users where id % 2 = 0;
insert into desks select id, ${count} + 1 - id from users where id % 3 = 0;`);
const db = drizzle(client, { schema: { users, accounts, desks, usersRelations } });

/** What the work gives, for which the module's memory must grow by a few megabytes at most. */
function small(work) {
  let result;
  const bytes = grown(() => (result = work()));
  assert.ok(bytes <= 6 * megabyte, `${bytes} bytes`);
  return result;
}

const nameOf = (id) => `the name of user ${id}`;

test("rows of a select, with a text to look for", () => {
  const found = small(() =>
    db
      .select()
      .from(users)
      .where(and(gt(users.id, 5), like(users.name, "%name of%")))
      .all(),
  );
  assert.equal(found.length, count - 5);
  assert.ok(found.every(({ id, name }, index) => id === index + 6 && name === nameOf(id)));
});

test("rows as arrays", () => {
  const found = small(() => db.select().from(users).values());
  assert.equal(found.length, count);
  assert.deepEqual(found.at(-1), [count, nameOf(count)]);
});

test("rows with a relation that is joined", () => {
  const found = small(() => db.query.users.findMany({ with: { account: true } }).sync());
  assert.equal(found.length, count);
  for (const { id, account } of found)
    assert.deepEqual(account, id % 2 === 0 ? { id, userId: id } : null);
});

test("rows that are paired one to one, few of them read apart, many joined", () => {
  const desk = (id) => {
    const own = count + 1 - id;
    return own % 3 === 0 ? { id: own, userId: id } : null;
  };
  const query = db.query.users.findMany({ with: { desk: true } });
  const found = small(() => query.sync());
  assert.deepEqual(
    found.map((user) => user.desk),
    Array.from({ length: count }, (_, index) => desk(index + 1)),
  );
  client.exec("begin; delete from users where id > 3000");
  assert.deepEqual(query.sync(), found.slice(0, 3000));
  client.exec("rollback");
  assert.equal(query.toSQL().statements.length, 2);
});

test("a write that gives many rows back is done once", () => {
  client.exec("begin");
  const found = db
    .update(users)
    .set({ name: sql`${users.name} || '!'` })
    .returning()
    .all();
  assert.equal(found.length, count);
  assert.ok(found.every(({ id, name }) => name === `${nameOf(id)}!`));
  assert.equal(db.select().from(users).get().name, `${nameOf(1)}!`);
  client.exec("rollback");
});

test("decoders may ask and change meanwhile, and see no later rows changed", () => {
  let asked = 0;
  decoded = (name) => {
    if (name === nameOf(10_000))
      db.update(users).set({ name: "other" }).where(gt(users.id, 20_000)).run();
    if (/0000$/.test(name))
      asked += db.select().from(users).where(eq(users.name, name)).limit(1).all().length;
  };
  client.exec("begin");
  const found = db.select().from(names).all();
  client.exec("rollback");
  decoded = () => undefined;
  assert.equal(found.length, count);
  assert.ok(found.every(({ id, name }) => name === nameOf(id)));
  assert.ok(asked >= 2);
});

test("a decoder that fails leaves no statement open", () => {
  const query = () => db.select().from(names).all();
  assert.equal(query().length, count);
  const { prepared } = client.counters();
  decoded = () => {
    throw new Error("no such name");
  };
  assert.throws(query, /no such name/);
  decoded = () => undefined;
  assert.equal(query().length, count);
  assert.equal(client.counters().prepared, prepared);
});

test("an error in a later part fails the whole", () => {
  const late = sql`json(case when ${users.id} = ${200_000} then '{' else '1' end)`;
  assert.throws(() => db.select({ late }).from(users).all(), /malformed JSON/);
  assert.equal(db.select().from(users).limit(1).all().length, 1);
});
