// Simple selects: fields, order, limits, distinct, the ways to run them, callbacks, $dynamic.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

export default topic(
  "select",
  shop,
  {},
  {
    "all columns": ({ db, s }) => db.select().from(s.users).orderBy(s.users.id),
    "all of an empty table": ({ db, s }) => db.select().from(s.empty),
    "some columns, other order of keys": ({ db, s }) =>
      db.select({ name: s.users.name, id: s.users.id }).from(s.users).orderBy(s.users.id),
    "nested fields of one table": ({ db, s }) =>
      db
        .select({
          id: s.users.id,
          more: { name: s.users.name, deep: { age: s.users.age, at: s.users.createdAt } },
        })
        .from(s.users)
        .orderBy(s.users.id),
    "a nested object of nullable columns": ({ db, s }) =>
      db
        .select({ id: s.users.id, more: { age: s.users.age, score: s.users.score } })
        .from(s.users)
        .orderBy(s.users.id),
    "the table as a field": ({ db, s }) =>
      db.select({ user: s.users, id: s.users.id }).from(s.users).orderBy(s.users.id),
    "getTableColumns without one": ({ db, s, orm: { getTableColumns } }) => {
      const { meta, ...rest } = getTableColumns(s.users);
      return db.select(rest).from(s.users).orderBy(s.users.id);
    },
    "getTableColumns and more": ({ db, s, orm: { getTableColumns, sql } }) =>
      db
        .select({ ...getTableColumns(s.posts), twice: sql`${s.posts.likes} * 2` })
        .from(s.posts)
        .orderBy(s.posts.id),
    "through an alias": ({ db, s, core: { alias }, orm: { gt } }) => {
      const u = alias(s.users, "u");
      return db.select().from(u).where(gt(u.id, 2)).orderBy(u.id);
    },
    distinct: ({ db, s }) =>
      db.selectDistinct({ age: s.users.age }).from(s.users).orderBy(s.users.age),
    "distinct of several": ({ db, s }) =>
      db
        .selectDistinct({ likes: s.posts.likes, owner: s.posts.ownerId })
        .from(s.posts)
        .orderBy(s.posts.ownerId, s.posts.likes),
    limit: ({ db, s }) => db.select().from(s.users).orderBy(s.users.id).limit(2),
    "limit 0": ({ db, s }) => db.select().from(s.users).limit(0),
    "limit -1": ({ db, s }) => db.select().from(s.users).orderBy(s.users.id).limit(-1),
    "limit and offset": ({ db, s }) =>
      db.select().from(s.users).orderBy(s.users.id).limit(2).offset(3),
    "offset past the end": ({ db, s }) =>
      db.select().from(s.users).orderBy(s.users.id).limit(5).offset(50),
    "offset 0": ({ db, s }) => db.select().from(s.users).orderBy(s.users.id).limit(3).offset(0),
    "where called twice: the last holds": ({ db, s, orm: { eq } }) =>
      db.select().from(s.users).where(eq(s.users.id, 1)).where(eq(s.users.id, 2)),
    "orderBy with a callback": ({ db, s }) =>
      db
        .select({ id: s.users.id, n: s.users.name })
        .from(s.users)
        .orderBy((f) => f.n),
    "orderBy with a callback of several": ({ db, s, orm: { desc } }) =>
      db
        .select({ id: s.users.id, age: s.users.age })
        .from(s.users)
        .orderBy((f) => [f.age, desc(f.id)]),
    "orderBy with a callback on an alias": ({ db, s, orm: { sql } }) =>
      db
        .select({ id: s.users.id, low: sql`lower(${s.users.name})`.as("low") })
        .from(s.users)
        .orderBy((f) => f.low),
    "where with a callback": ({ db, s, orm: { eq } }) =>
      db
        .select({ id: s.users.id, n: s.users.name })
        .from(s.users)
        .where((f) => eq(f.n, "Bo")),
    "where with a callback on sql": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ id: s.users.id, len: sql`length(${s.users.name})`.as("len") })
        .from(s.users)
        .where((f) => eq(f.len, 3))
        .orderBy(s.users.id),
    "all()": ({ db, s }) => db.select().from(s.groups).orderBy(s.groups.id).all(),
    "get()": ({ db, s }) => db.select().from(s.groups).orderBy(s.groups.id).get(),
    "get() of none": ({ db, s }) => db.select().from(s.empty).get(),
    "get() of partial fields": ({ db, s }) =>
      db
        .select({ n: s.users.name, o: { at: s.users.createdAt } })
        .from(s.users)
        .orderBy(s.users.id)
        .get(),
    "values()": ({ db, s }) => db.select().from(s.users).orderBy(s.users.id).values(),
    "values() of none": ({ db, s }) => db.select().from(s.empty).values(),
    "execute()": ({ db, s }) => db.select().from(s.groups).orderBy(s.groups.id).execute(),
    then: ({ db, s }) =>
      db
        .select()
        .from(s.groups)
        .orderBy(s.groups.id)
        .then((rows) => rows.length),
    dynamic: ({ db, s, orm: { gt } }) => {
      const page = (query, number) => query.limit(2).offset(2 * number);
      return page(
        db.select().from(s.users).$dynamic().where(gt(s.users.id, 0)).orderBy(s.users.id),
        1,
      );
    },
    "dynamic where twice": ({ db, s, orm: { gt, eq } }) =>
      db.select().from(s.users).$dynamic().where(gt(s.users.id, 3)).where(eq(s.users.id, 2)),
    $count: ({ db, s }) => db.$count(s.users),
    "$count with a filter": ({ db, s, orm: { gt } }) => db.$count(s.users, gt(s.users.id, 2)),
    "$count of a subquery": ({ db, s, orm: { gt } }) =>
      db.$count(db.select({ id: s.users.id }).from(s.users).where(gt(s.users.age, 19)).as("old")),
    "$count in a field": ({ db, s, orm: { eq } }) =>
      db
        .select({ id: s.users.id, posts: db.$count(s.posts, eq(s.posts.ownerId, s.users.id)) })
        .from(s.users)
        .orderBy(s.users.id),
    "concat and substring": ({ db, s, core, orm: { sql } }) =>
      db
        .select({ v: sql`substr(${s.users.name}, 1, 2)` })
        .from(s.users)
        .orderBy(s.users.id),
    "the same builder twice": async ({ db, s }) => {
      const query = db.select().from(s.groups).orderBy(s.groups.id);
      return [await query, await query];
    },
    "no fields": with_({ fails: true }, ({ db, s }) => db.select({ x: undefined }).from(s.users)),
    "no table": with_({ fails: true }, ({ db }) => db.select().from(undefined)),
  },
);
