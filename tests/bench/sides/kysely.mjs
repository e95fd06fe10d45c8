// Kysely on better-sqlite3: relations with its jsonArrayFrom and jsonObjectFrom, whose JSON text it
// parses by ParseJSONResultsPlugin. Kysely has no prepared queries; a compiled one that gets other
// parameters is the nearest thing.
import { createRequire } from "node:module";
import { CompiledQuery, Kysely, ParseJSONResultsPlugin, SqliteDialect } from "kysely";
import { jsonArrayFrom, jsonObjectFrom } from "kysely/helpers/sqlite";
import { idOf } from "./drizzle.mjs";
import { accountOf, batchesOf, newUser, removeNew, updatesOf } from "./written.mjs";

/** The side; a query is awaited, as all of Kysely's are. */
export function kyselySide(title, open) {
  const start = (make) => async (host) => {
    const db = new Kysely({
      dialect: new SqliteDialect({ database: host.client }),
      plugins: [new ParseJSONResultsPlugin()],
    });
    return make(db, host);
  };
  const workloads = Object.entries(all).map(([name, make]) => [name, { "": start(make) }]);
  return { title, open, workloads: Object.fromEntries(workloads) };
}

const userFields = ["id", "name", "email"];
const accountFields = ["id", "user_id as userId", "provider", "token"];
const postFields = ["id", "writer_id as writerId", "title", "views"];

const usersWithAccounts = (db) =>
  db
    .selectFrom("users")
    .select((row) => [
      ...userFields,
      jsonObjectFrom(
        row.selectFrom("accounts").select(accountFields).whereRef("user_id", "=", "users.id"),
      ).as("account"),
    ]);

const writersWithPosts = (db) =>
  db.selectFrom("writers").select((writer) => [
    "id",
    "name",
    jsonArrayFrom(
      writer
        .selectFrom("posts")
        .select((post) => [
          ...postFields,
          jsonArrayFrom(
            post
              .selectFrom("comments")
              .select(["id", "post_id as postId", "body"])
              .whereRef("post_id", "=", "posts.id"),
          ).as("comments"),
        ])
        .whereRef("writer_id", "=", "writers.id"),
    ).as("posts"),
  ]);

/** A query of two parts: compiled once, and run with other parameters. */
const compiled = (db, query) => {
  const { sql } = query.compile();
  return async (...values) => (await db.executeQuery(CompiledQuery.raw(sql, values))).rows;
};

const times = async (count, work) => {
  const results = [];
  for (let index = 0; index < count; index += 1) results.push(await work(index));
  return results;
};

const insertUser = (db, values) =>
  db.insertInto("users").values(values).returning(userFields).executeTakeFirst();

const reads = {
  "first-prepared": (db) => {
    const get = compiled(db, usersWithAccounts(db).where("id", "=", 0));
    return { op: async (i) => (await get(idOf(i)))[0] };
  },
  "first-anew": (db) => ({
    op: (i) => usersWithAccounts(db).where("id", "=", idOf(i)).executeTakeFirst(),
  }),
  "users-100": (db) => ({ op: () => usersWithAccounts(db).orderBy("id").limit(100).execute() }),
  "users-10000": (db) => ({ op: () => usersWithAccounts(db).execute() }),
  "blog-100": (db) => ({ op: () => writersWithPosts(db).orderBy("id").limit(100).execute() }),
  "blog-all": (db) => ({ op: () => writersWithPosts(db).execute() }),
  "tags-100": (db) => ({
    op: () =>
      db
        .selectFrom("posts")
        .select((post) => [
          ...postFields,
          jsonArrayFrom(
            post
              .selectFrom("posts_tags")
              .innerJoin("tags", "tags.id", "tag_id")
              .select(["tags.id", "tags.name"])
              .whereRef("post_id", "=", "posts.id"),
          ).as("tags"),
        ])
        .orderBy("id")
        .limit(100)
        .execute(),
  }),
  "select-8": (db) => ({ op: () => db.selectFrom("people").selectAll().execute() }),
  "join-6": (db) => ({
    op: () =>
      db
        .selectFrom("users")
        .innerJoin("accounts", "accounts.user_id", "users.id")
        .select(["users.id", "name", "email", "accounts.id as accountId", "provider", "token"])
        .execute(),
  }),
};

const writes = {
  "insert-prepared": (db, host) => {
    const insert = db.insertInto("users").values(newUser(0)).returning(userFields);
    return {
      op: (i) =>
        db.transaction().execute((tx) => {
          const run = compiled(tx, insert);
          return times(200, async (index) => {
            const { name, email } = newUser(i * 200 + index);
            return (await run(name, email))[0];
          });
        }),
      reset: removeNew(host),
    };
  },
  "insert-anew": (db, host) => ({
    op: (i) =>
      db
        .transaction()
        .execute((tx) => times(200, (index) => insertUser(tx, newUser(i * 200 + index)))),
    reset: removeNew(host),
  }),
  "insert-100": (db, host) => ({
    op: async (i) => {
      for (const rows of batchesOf(i)) await db.insertInto("users").values(rows).execute();
    },
    reset: removeNew(host),
  }),
  "update-prepared": (db) => {
    const update = db.updateTable("users").set({ name: "" }).where("id", "=", 0);
    return {
      op: (i) =>
        db.transaction().execute(async (tx) => {
          const run = compiled(tx, update);
          for (const { id, name } of updatesOf(i)) await run(name, id);
        }),
    };
  },
  "update-anew": (db) => ({
    op: (i) =>
      db.transaction().execute(async (tx) => {
        for (const { id, name } of updatesOf(i))
          await tx.updateTable("users").set({ name }).where("id", "=", id).execute();
      }),
  }),
  "pair-anew": (db, host) => {
    const pair = (i) =>
      db.transaction().execute(async (tx) => {
        const created = await insertUser(tx, newUser(i));
        const { userId, provider, token } = accountOf(created.id);
        const account = await tx
          .insertInto("accounts")
          .values({ user_id: userId, provider, token })
          .returning(accountFields)
          .executeTakeFirst();
        return { ...created, account };
      });
    return { op: (i) => times(100, (index) => pair(i * 100 + index)), reset: removeNew(host) };
  },
};

const all = { ...reads, ...writes };
