// Prepared queries with placeholders in every place.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";
import { store } from "../schemas/store.mjs";

const date = new Date(1700000000 * 1000);

const reads = topic(
  "prepared",
  shop,
  {},
  {
    "in where": ({ db, s, orm: { eq, sql } }) => {
      const query = db
        .select()
        .from(s.users)
        .where(eq(s.users.id, sql.placeholder("id")))
        .prepare();
      return [query.all({ id: 1 }), query.all({ id: 3 }), query.all({ id: 99 })];
    },
    get: ({ db, s, orm: { eq, sql } }) => {
      const query = db
        .select()
        .from(s.users)
        .where(eq(s.users.id, sql.placeholder("id")))
        .prepare();
      return [query.get({ id: 1 }), query.get({ id: 99 })];
    },
    values: ({ db, s, orm: { gt, sql } }) =>
      db
        .select({ id: s.users.id, at: s.users.createdAt })
        .from(s.users)
        .where(gt(s.users.id, sql.placeholder("id")))
        .orderBy(s.users.id)
        .prepare()
        .values({ id: 2 }),
    execute: async ({ db, s, orm: { gt, sql } }) => {
      const query = db
        .select({ id: s.users.id })
        .from(s.users)
        .where(gt(s.users.id, sql.placeholder("id")))
        .orderBy(s.users.id)
        .prepare();
      return [await query.execute({ id: 2 }), await query.execute({ id: 0 })];
    },
    "without placeholders": ({ db, s }) =>
      db.select().from(s.groups).orderBy(s.groups.id).prepare().all(),
    "in limit and offset": ({ db, s, orm: { sql } }) => {
      const query = db
        .select({ id: s.users.id })
        .from(s.users)
        .orderBy(s.users.id)
        .limit(sql.placeholder("limit"))
        .offset(sql.placeholder("offset"))
        .prepare();
      return [
        query.all({ limit: 2, offset: 1 }),
        query.all({ limit: 1, offset: 4 }),
        query.all({ limit: 0, offset: 0 }),
      ];
    },
    "encoded by the column: Date": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.createdAt, sql.placeholder("at")))
        .orderBy(s.users.id)
        .prepare()
        .all({ at: date }),
    "encoded by the column: boolean": ({ db, s, orm: { eq, sql } }) => {
      const query = db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.verified, sql.placeholder("ok")))
        .orderBy(s.users.id)
        .prepare();
      return [query.all({ ok: true }), query.all({ ok: false })];
    },
    "encoded by the column: json": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.meta, sql.placeholder("meta")))
        .prepare()
        .all({ meta: [1, 2, null] }),
    "as the driver takes it: timestamp": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.createdAt, sql.placeholder("at")))
        .orderBy(s.users.id)
        .prepare()
        .all({ at: 1700000000 }),
    "as the driver takes it: boolean": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.verified, sql.placeholder("ok")))
        .orderBy(s.users.id)
        .prepare()
        .all({ ok: 1 }),
    "as the driver takes it: json": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.meta, sql.placeholder("meta")))
        .prepare()
        .all({ meta: "[1,2,null]" }),
    "twice the same": ({ db, s, orm: { or, eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(
          or(eq(s.users.id, sql.placeholder("n")), eq(s.users.invitedBy, sql.placeholder("n"))),
        )
        .orderBy(s.users.id)
        .prepare()
        .all({ n: 1 }),
    "in sql": ({ db, s, orm: { sql } }) =>
      db
        .select({ v: sql`${s.users.id} + ${sql.placeholder("n")}` })
        .from(s.users)
        .orderBy(s.users.id)
        .prepare()
        .all({ n: 100 }),
    "in inArray, one by one": ({ db, s, orm: { inArray, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(inArray(s.users.id, [sql.placeholder("a"), sql.placeholder("b"), 5]))
        .orderBy(s.users.id)
        .prepare()
        .all({ a: 1, b: 3 }),
    "in inArray, as the whole list": ({ db, s, orm: { inArray, sql } }) => {
      const query = db
        .select({ id: s.users.id })
        .from(s.users)
        .where(inArray(s.users.id, sql.placeholder("ids")))
        .orderBy(s.users.id)
        .prepare();
      return [query.all({ ids: [1, 3] }), query.all({ ids: [] })];
    },
    "in between": ({ db, s, orm: { between, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(between(s.users.id, sql.placeholder("a"), sql.placeholder("b")))
        .orderBy(s.users.id)
        .prepare()
        .all({ a: 2, b: 4 }),
    "in like": ({ db, s, orm: { like, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(like(s.users.name, sql.placeholder("p")))
        .orderBy(s.users.id)
        .prepare()
        .all({ p: "%o" }),
    "in having": ({ db, s, orm: { count, gt, sql } }) =>
      db
        .select({ o: s.posts.ownerId, n: count() })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .having(gt(count(), sql.placeholder("n")))
        .orderBy(s.posts.ownerId)
        .prepare()
        .all({ n: 1 }),
    "in a join": ({ db, s, orm: { and, eq, gt, sql } }) =>
      db
        .select({ u: s.users.id, p: s.posts.id })
        .from(s.users)
        .leftJoin(
          s.posts,
          and(eq(s.posts.ownerId, s.users.id), gt(s.posts.likes, sql.placeholder("n"))),
        )
        .orderBy(s.users.id, s.posts.id)
        .prepare()
        .all({ n: 4 }),
    "in a subquery": ({ db, s, orm: { gt, lt, sql } }) => {
      const sub = db
        .select()
        .from(s.users)
        .where(gt(s.users.id, sql.placeholder("from")))
        .as("sub");
      return db
        .select({ id: sub.id })
        .from(sub)
        .where(lt(sub.id, sql.placeholder("to")))
        .orderBy(sub.id)
        .prepare()
        .all({ to: 5, from: 1 });
    },
    "in a cte": ({ db, s, orm: { gt, sql } }) => {
      const sub = db.$with("sub").as(
        db
          .select()
          .from(s.users)
          .where(gt(s.users.id, sql.placeholder("from"))),
      );
      return db
        .with(sub)
        .select({ id: sub.id })
        .from(sub)
        .orderBy(sub.id)
        .prepare()
        .all({ from: 3 });
    },
    "in a set operator": ({ db, s, orm: { gt, lt, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(gt(s.users.id, sql.placeholder("a")))
        .union(
          db
            .select({ id: s.posts.id })
            .from(s.posts)
            .where(lt(s.posts.id, sql.placeholder("b"))),
        )
        .orderBy(sql`1`)
        .prepare()
        .all({ a: 4, b: 2 }),
    "given to the builder itself": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.id, sql.placeholder("id")))
        .all({ id: 2 }),
    null: ({ db, s, orm: { sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(sql`${s.users.email} is ${sql.placeholder("e")}`)
        .orderBy(s.users.id)
        .prepare()
        .all({ e: null }),
    "more values than placeholders": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(eq(s.users.id, sql.placeholder("id")))
        .prepare()
        .all({ id: 2, other: 5 }),
    "a missing value": with_({ fails: "alike" }, ({ db, s, orm: { eq, sql } }) =>
      db
        .select()
        .from(s.users)
        .where(eq(s.users.id, sql.placeholder("id")))
        .prepare()
        .all({ nope: 1 }),
    ),
    "no values at all": with_({ fails: "alike" }, ({ db, s, orm: { eq, sql } }) =>
      db
        .select()
        .from(s.users)
        .where(eq(s.users.id, sql.placeholder("id")))
        .prepare()
        .all(),
    ),
  },
);

const writes = topic(
  "prepared writes",
  store,
  { writes: true },
  {
    insert: ({ db, s, orm: { sql } }) => {
      const query = db
        .insert(s.items)
        .values({ sku: sql.placeholder("sku"), title: sql.placeholder("title") })
        .returning()
        .prepare();
      return [query.get({ sku: "p1", title: "P" }), query.all({ sku: "p2", title: null })];
    },
    "insert, encoded": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.items)
        .values({ sku: "p", tags: sql.placeholder("tags"), added: sql.placeholder("added") })
        .returning()
        .prepare()
        .get({ tags: ["x"], added: new Date(9000) }),
    "insert of several rows": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.log)
        .values([{ text: sql.placeholder("a") }, { text: sql.placeholder("b") }])
        .returning()
        .prepare()
        .all({ a: "1", b: "2" }),
    "insert, run()": ({ db, s, orm: { sql } }) => {
      const query = db
        .insert(s.log)
        .values({ text: sql.placeholder("t") })
        .prepare();
      return [query.run({ t: "a" }), query.run({ t: "b" })];
    },
    upsert: ({ db, s, orm: { sql } }) =>
      db
        .insert(s.items)
        .values({ sku: sql.placeholder("sku") })
        .onConflictDoUpdate({ target: s.items.sku, set: { title: sql.placeholder("title") } })
        .returning()
        .prepare()
        .get({ sku: "a1", title: "T" }),
    update: ({ db, s, orm: { sql, eq } }) => {
      const query = db
        .update(s.items)
        .set({ stock: sql.placeholder("n") })
        .where(eq(s.items.id, sql.placeholder("id")))
        .returning({ id: s.items.id, stock: s.items.stock })
        .prepare();
      return [query.all({ n: 5, id: 1 }), query.all({ n: 6, id: 2 })];
    },
    "update, encoded": ({ db, s, orm: { sql, eq } }) =>
      db
        .update(s.items)
        .set({ tags: sql.placeholder("tags") })
        .where(eq(s.items.id, 1))
        .returning()
        .prepare()
        .get({ tags: { a: 1 } }),
    delete: ({ db, s, orm: { sql, eq } }) =>
      db
        .delete(s.items)
        .where(eq(s.items.id, sql.placeholder("id")))
        .returning()
        .prepare()
        .all({ id: 2 }),
  },
);

export default [...reads, ...writes];
