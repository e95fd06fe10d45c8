// Relations are read by the keys and indexes that the database has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drizzle, load, openSync, relations } from "virga";
import { integer, sqliteTable } from "virga/sqlite-core";

await load();

/** Users with at most one account each; whether the schema says so is `declared`. */
function database(t, declared, ddl = "") {
  const client = openSync();
  t.after(() => client.close());
  client.exec(`create table users (id integer primary key);
    create table accounts (id integer primary key, user_id integer); ${ddl};
    insert into users values (1), (2); insert into accounts values (1, 1), (2, 2)`);
  const users = sqliteTable("users", { id: integer("id").primaryKey() });
  const userId = integer("user_id");
  const accounts = sqliteTable("accounts", {
    id: integer("id").primaryKey(),
    userId: declared ? userId.unique() : userId,
  });
  const ofUsers = relations(users, ({ one }) => ({ account: one(accounts) }));
  const ofAccounts = relations(accounts, ({ one }) => ({
    user: one(users, { fields: [accounts.userId], references: [users.id] }),
  }));
  const db = drizzle(client, { schema: { users, accounts, ofUsers, ofAccounts } });
  return { client, query: db.query.users.findMany({ with: { account: true } }) };
}

test("a unique key that only the schema has repeats no row", (t) => {
  const { client, query } = database(t, true);
  client.exec("insert into accounts values (3, 1)");
  assert.deepEqual(
    query.sync().map(({ id, account }) => [id, account.id]),
    [
      [1, 1],
      [2, 2],
    ],
  );
});

test("a unique key that only the database has is used, and no longer when it is gone", (t) => {
  const { client, query } = database(t, false, "create unique index one on accounts (user_id)");
  assert.equal(query.toSQL().statements.length, 1);
  const prepared = query.prepare();
  assert.equal(prepared.all().length, 2);
  client.exec("drop index one; insert into accounts values (3, 1)");
  assert.equal(prepared.all().length, 2);
  assert.equal(query.explain().statements.length, 2);
});
