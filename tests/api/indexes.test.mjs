// Relations are read by the keys and indexes that the database has.
import assert from "node:assert/strict";
import { test } from "node:test";
import { desc, drizzle, load, openSync, relations } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";

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

test("the children of a page are read by a range of keys, where the keys leave none out", (t) => {
  const client = openSync();
  t.after(() => client.close());
  client.exec(`create table users (id integer primary key);
    create table posts (id integer primary key, user_id integer, title text);
    create index posts_user on posts (user_id);
    insert into users values (1), (2), (3), (4), (5);
    insert into posts values (1, 2, 'b'), (2, 1, 'c'), (3, 2, 'a'), (4, 2.5, 'of nobody'),
      (5, null, 'of nobody'), (6, 4, 'd'), (7, 5, 'e')`);
  const users = sqliteTable("users", { id: integer("id").primaryKey() });
  const posts = sqliteTable("posts", {
    id: integer("id").primaryKey(),
    userId: integer("user_id"),
    title: text("title"),
  });
  const ofUsers = relations(users, ({ many }) => ({ posts: many(posts) }));
  const ofPosts = relations(posts, ({ one }) => ({
    user: one(users, { fields: [posts.userId], references: [users.id] }),
  }));
  const db = drizzle(client, { schema: { users, posts, ofUsers, ofPosts } });
  const titles = (query) => query.sync().map((user) => user.posts.map(({ title }) => title));
  const runs = (query) => query.explain().statements.map((statement) => statement.runs);

  const page = (own) =>
    db.query.users.findMany({
      limit: 4,
      orderBy: users.id,
      with: { posts: { columns: { title: true }, ...own } },
    });
  assert.deepEqual(titles(page()), [["c"], ["b", "a"], [], ["d"]]);
  assert.deepEqual(runs(page()), [1, 0, 1]);
  assert.deepEqual(titles(page({ orderBy: posts.title })), [["c"], ["a", "b"], [], ["d"]]);
  assert.deepEqual(runs(page({ orderBy: desc(posts.title) })), [1, 0, 1]);
  assert.equal(page().toSQL().statements.length, 2);
  const last = { limit: 3, orderBy: desc(users.id), with: { posts: true } };
  assert.deepEqual(titles(db.query.users.findMany(last)), [["e"], ["d"], []]);
  assert.deepEqual(runs(db.query.users.findMany(last)), [1, 0, 1]);

  client.exec("delete from users where id = 3");
  assert.deepEqual(titles(page()), [["c"], ["b", "a"], ["d"], ["e"]]);
  assert.deepEqual(runs(page()), [1, 0, 2]);
  client.exec("delete from users where id = 2");
  assert.deepEqual(titles(page()), [["c"], ["d"], ["e"]]);
  assert.deepEqual(runs(page()), [1, 1, 1]);
});
