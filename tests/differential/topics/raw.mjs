// Raw statements, and transactions around everything.
import { topic, with_ } from "../cases.mjs";
import { store } from "../schemas/store.mjs";

const raw = topic(
  "raw",
  store,
  { writes: true },
  {
    "all of a string": ({ db }) => db.all("select * from items order by id"),
    "all of sql": ({ db, s, orm: { sql } }) =>
      db.all(
        sql`select ${s.items.id}, sku as "Key" from ${s.items} where ${s.items.id} > ${1} order by 1`,
      ),
    "all of none": ({ db, orm: { sql } }) => db.all(sql`select * from log`),
    get: ({ db, orm: { sql } }) => db.get(sql`select count(*) as n, ${"x"} as x from items`),
    "get of none": ({ db, orm: { sql } }) => db.get(sql`select * from log`),
    values: ({ db, orm: { sql } }) =>
      db.values(sql`select id, sku, price, null, x'00ff' from items order by id`),
    "run an insert": ({ db, orm: { sql } }) =>
      db.run(sql`insert into log (text) values (${"a"}), (${"b"})`),
    "run a string": ({ db }) => db.run("update items set stock = 1 where id > 1").changes,
    "run a create table": ({ db, orm: { sql } }) => {
      db.run(sql`create table made (a text, b integer)`);
      db.run(sql`insert into made values (${"x"}, ${1})`);
      return db.all(sql`select * from made`);
    },
    "run a pragma": ({ db, orm: { sql } }) => db.all(sql`pragma table_info(log)`),
    "identifier and raw": ({ db, orm: { sql } }) =>
      db.all(
        sql`select ${sql.identifier("sku")} from ${sql.identifier("items")} ${sql.raw("order by id desc")}`,
      ),
    "columns of one name": ({ db, orm: { sql } }) => db.values(sql`select 1 as a, 2 as a`),
    "types of values": ({ db, orm: { sql } }) =>
      db.get(
        sql`select 1 as i, 1.5 as r, 't' as t, x'01' as b, null as n, ${null} as p, ${7} as q`,
      ),
    "explain query plan": async ({ db, orm: { sql } }) =>
      (await db.all(sql`explain query plan select 1`)).length,
    "insert returning": ({ db, orm: { sql } }) =>
      db.all(sql`insert into log (text) values (${"r"}) returning id, text`),
    $client: ({ db }) => typeof db.$client.exec,
    "what _ knows": with_({ lines: ["0.45"] }, ({ db, s }) => [
      db._.tableNamesMap,
      db._.fullSchema.items === s.items,
    ]),
    "the dialect": ({ db, s, orm: { sql } }) => {
      const { sql: text, params } = db.dialect.sqlToQuery(sql`select ${s.items.id} + ${1}`);
      return [text.replace("?1", "?"), params];
    },
    "a cache that is not there": async ({ db, s }) => [
      await db.$cache.invalidate({ tables: s.items }),
      await db.select({ id: s.items.id }).from(s.items).$withCache({ tag: "items" }),
      await db.$cache.invalidate({ tags: ["items"] }),
    ],
    "a syntax error": with_({ fails: true }, ({ db, orm: { sql } }) => db.run(sql`selec 1`)),
    "an unknown table": with_({ fails: true }, ({ db, orm: { sql } }) =>
      db.all(sql`select * from nope`),
    ),
  },
);

const transactions = topic(
  "transactions",
  store,
  { writes: true },
  {
    commit: ({ db, s }) => {
      const given = db.transaction((tx) => {
        tx.insert(s.log).values({ text: "a" }).run();
        return tx.select().from(s.log).all();
      });
      return [given, db.select().from(s.log).all()];
    },
    "rollback by an error": async ({ db, s }) => {
      try {
        db.transaction((tx) => {
          tx.insert(s.log).values({ text: "a" }).run();
          throw new Error("stop");
        });
      } catch (error) {
        return [error.message, await db.select().from(s.log)];
      }
    },
    "rollback()": async ({ db, s, orm: { is, TransactionRollbackError } }) => {
      try {
        db.transaction((tx) => {
          tx.insert(s.log).values({ text: "a" }).run();
          tx.rollback();
        });
      } catch (error) {
        return [error.message, is(error, TransactionRollbackError), await db.select().from(s.log)];
      }
    },
    "nested, both kept": ({ db, s }) =>
      db.transaction((tx) => {
        tx.insert(s.log).values({ text: "outer" }).run();
        tx.transaction((inner) => inner.insert(s.log).values({ text: "inner" }).run());
        return tx.select().from(s.log).all();
      }),
    "nested, the inner undone": ({ db, s }) =>
      db.transaction((tx) => {
        tx.insert(s.log).values({ text: "outer" }).run();
        try {
          tx.transaction((inner) => {
            inner.insert(s.log).values({ text: "inner" }).run();
            inner.rollback();
          });
        } catch {
          tx.insert(s.log).values({ text: "after" }).run();
        }
        return tx.select().from(s.log).all();
      }),
    "three deep": ({ db, s }) =>
      db.transaction((a) =>
        a.transaction((b) =>
          b.transaction((c) => c.insert(s.log).values({ text: "deep" }).returning().all()),
        ),
      ),
    "a failing statement inside, caught": ({ db, s }) =>
      db.transaction((tx) => {
        tx.insert(s.log).values({ id: 1, text: "a" }).run();
        try {
          tx.insert(s.log).values({ id: 1, text: "again" }).run();
        } catch {
          tx.insert(s.log).values({ id: 2, text: "b" }).run();
        }
        return tx.select().from(s.log).all();
      }),
    ...Object.fromEntries(
      ["deferred", "immediate", "exclusive"].map((behavior) => [
        behavior,
        ({ db, s }) =>
          db.transaction((tx) => tx.insert(s.log).values({ text: behavior }).returning().all(), {
            behavior,
          }),
      ]),
    ),
    "raw statements inside": ({ db, orm: { sql } }) =>
      db.transaction((tx) => {
        tx.run(sql`insert into log (text) values ('raw')`);
        return tx.values(sql`select * from log`);
      }),
    "$count inside": ({ db, s }) =>
      db.transaction((tx) =>
        tx
          .select({ n: tx.$count(s.items) })
          .from(s.log)
          .all(),
      ),
    "after a rollback the database is usable": async ({ db, s }) => {
      try {
        db.transaction((tx) => tx.rollback());
      } catch {
        return db.insert(s.log).values({ text: "later" }).returning();
      }
    },
  },
);

export default [...raw, ...transactions];
