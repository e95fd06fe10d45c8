// Relation queries of 0.45, with every option at every level.
import { topic, with_ } from "../cases.mjs";
import { relatedShop } from "../schemas/shop.mjs";

const byId = { orderBy: (t, { asc }) => asc(t.id) };

export default topic(
  "relations",
  relatedShop,
  { lines: ["0.45"] },
  {
    findMany: ({ db }) => db.query.users.findMany(byId),
    "findMany of none": ({ db }) => db.query.empty.findMany(),
    findFirst: ({ db }) => db.query.users.findFirst(byId),
    "findFirst of none": ({ db }) => db.query.empty.findFirst(),
    "sync()": ({ db }) => db.query.users.findMany(byId).sync(),
    "findFirst sync()": ({ db }) => db.query.users.findFirst(byId).sync(),
    "columns included": ({ db }) =>
      db.query.users.findMany({ ...byId, columns: { name: true, id: true } }),
    "columns excluded": ({ db }) =>
      db.query.users.findMany({ ...byId, columns: { meta: false, score: false } }),
    "columns mixed": ({ db }) =>
      db.query.users.findMany({ ...byId, columns: { name: true, score: false } }),
    "columns undefined": ({ db }) =>
      db.query.users.findMany({ ...byId, columns: { name: undefined, score: false } }),
    "no columns, only relations": ({ db }) =>
      db.query.users.findMany({ ...byId, columns: {}, with: { posts: { columns: { id: true } } } }),
    many: ({ db }) => db.query.users.findMany({ ...byId, with: { posts: true } }),
    one: ({ db }) => db.query.posts.findMany({ ...byId, with: { owner: true } }),
    "self one": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        with: { inviter: { columns: { name: true } } },
      }),
    "self many": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        with: { invited: { columns: { id: true } } },
      }),
    "self three deep": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        with: {
          invited: {
            ...byId,
            columns: { id: true },
            with: {
              invited: { columns: { id: true }, with: { inviter: { columns: { name: true } } } },
            },
          },
        },
      }),
    several: ({ db }) =>
      db.query.users.findMany({
        ...byId,
        with: { posts: true, comments: true, inviter: true, memberships: true },
      }),
    "four levels": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        with: { posts: { with: { comments: { with: { author: { with: { inviter: true } } } } } } },
      }),
    "through a junction": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        with: { memberships: { columns: { role: true }, with: { group: true } } },
      }),
    "from the junction": ({ db, s }) =>
      db.query.usersToGroups.findMany({
        orderBy: [s.usersToGroups.userId, s.usersToGroups.groupId],
        with: { user: { columns: { name: true } }, group: true },
      }),
    "relation false": ({ db }) =>
      db.query.users.findMany({ ...byId, with: { posts: false, comments: undefined } }),
    "where sql": ({ db, s, orm: { gt } }) =>
      db.query.users.findMany({ ...byId, where: gt(s.users.id, 2) }),
    "where callback": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        where: (t, { and, gt, eq }) => and(gt(t.id, 1), eq(t.verified, true)),
      }),
    "where undefined": ({ db }) => db.query.users.findMany({ ...byId, where: undefined }),
    "where sql text": ({ db, orm: { sql } }) =>
      db.query.users.findMany({ ...byId, where: sql`length(name) = ${3}` }),
    "where with exists": ({ db, s }) =>
      db.query.users.findMany({
        ...byId,
        where: (t, { exists, eq }) =>
          exists(db.select().from(s.posts).where(eq(s.posts.ownerId, t.id))),
      }),
    "where in many": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        with: { posts: { where: (t, { gt }) => gt(t.likes, 2) } },
      }),
    "where at both levels": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        where: (t, { lt }) => lt(t.id, 4),
        with: { posts: { where: (t, { isNotNull }) => isNotNull(t.content) } },
      }),
    "orderBy a column": ({ db, s }) => db.query.users.findMany({ orderBy: s.users.name }),
    "orderBy a list": ({ db, s, orm: { desc } }) =>
      db.query.users.findMany({ orderBy: [desc(s.users.age), s.users.id] }),
    "orderBy a callback list": ({ db }) =>
      db.query.users.findMany({ orderBy: (t, { desc, asc }) => [asc(t.verified), desc(t.id)] }),
    "orderBy sql": ({ db }) =>
      db.query.users.findMany({ orderBy: (t, { sql }) => sql`length(${t.name}), ${t.id} desc` }),
    "orderBy in many": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        with: { posts: { orderBy: (t, { desc }) => desc(t.likes) } },
      }),
    limit: ({ db }) => db.query.users.findMany({ ...byId, limit: 2, with: { posts: true } }),
    "limit and offset": ({ db }) =>
      db.query.users.findMany({ ...byId, limit: 2, offset: 2, with: { posts: true } }),
    "limit 0": ({ db }) => db.query.users.findMany({ ...byId, limit: 0 }),
    "limit in many": ({ db }) =>
      db.query.users.findMany({ ...byId, with: { posts: { ...byId, limit: 1 } } }),
    "limit and offset in many": ({ db }) =>
      db.query.users.findMany({ ...byId, with: { posts: { ...byId, limit: 1, offset: 1 } } }),
    "limit at three levels": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        limit: 3,
        with: { posts: { ...byId, limit: 2, with: { comments: { ...byId, limit: 1 } } } },
      }),
    "order and limit in many, where": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        with: {
          comments: {
            orderBy: (t, { desc }) => desc(t.id),
            limit: 2,
            where: (t, { ne }) => ne(t.body, "nice"),
          },
        },
      }),
    extras: ({ db, s, orm: { sql } }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        extras: { low: sql`lower(${s.users.name})`.as("low") },
      }),
    "extras callback": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        extras: (t, { sql }) => ({ low: sql`lower(${t.name})`.as("low_name") }),
      }),
    "extras with a decoder": ({ db, orm: { sql } }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        extras: (t) => ({ n: sql`cast(${t.id} as text)`.mapWith(Number).as("n") }),
      }),
    "extras in many": ({ db }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        with: {
          posts: {
            columns: { id: true },
            extras: (t, { sql }) => ({ double: sql`${t.likes} * ${2}`.as("double") }),
          },
        },
      }),
    "extras in one": ({ db, orm: { sql } }) =>
      db.query.posts.findMany({
        ...byId,
        columns: { id: true },
        with: { owner: { columns: {}, extras: (t) => ({ up: sql`upper(${t.name})`.as("up") }) } },
      }),
    "extras only": ({ db, orm: { sql } }) =>
      db.query.users.findMany({ ...byId, columns: {}, extras: { one: sql`1`.as("one") } }),
    "extras of a subquery": ({ db, s, orm: { sql } }) =>
      db.query.users.findMany({
        ...byId,
        columns: { id: true },
        extras: (t) => ({ n: sql`(select count(*) from posts where owner_id = ${t.id})`.as("n") }),
      }),
    "key order: columns, extras, relations": async ({ db, orm: { sql } }) =>
      Object.keys(
        await db.query.users.findFirst({
          with: { posts: true },
          extras: { x: sql`1`.as("x") },
          columns: { name: true, id: true },
        }),
      ),
    "decoding in relations": ({ db }) =>
      db.query.posts.findMany({
        ...byId,
        columns: { id: true },
        with: { owner: { columns: { verified: true, createdAt: true, meta: true, score: true } } },
      }),
    "one with where is a callback on the root": ({ db }) =>
      db.query.posts.findFirst({
        where: (t, { eq }) => eq(t.id, 6),
        with: { owner: { with: { posts: byId } } },
      }),
    "findFirst with offset": ({ db }) => db.query.users.findFirst({ ...byId, offset: 2 }),
    placeholders: ({ db }) =>
      db.query.users
        .findMany({
          ...byId,
          where: (t, { gt, sql }) => gt(t.id, sql.placeholder("id")),
          columns: { id: true },
          with: {
            posts: {
              columns: { id: true },
              where: (t, { gt, sql }) => gt(t.likes, sql.placeholder("likes")),
            },
          },
        })
        .prepare()
        .execute({ id: 1, likes: 2 }),
    "placeholders in limits": ({ db, orm: { sql } }) =>
      db.query.users
        .findMany({
          ...byId,
          limit: sql.placeholder("n"),
          offset: sql.placeholder("o"),
          columns: { id: true },
          with: { posts: { ...byId, columns: { id: true }, limit: sql.placeholder("m") } },
        })
        .prepare()
        .execute({ n: 2, o: 1, m: 1 }),
    "prepared, run twice": async ({ db, orm: { sql } }) => {
      const query = db.query.users
        .findFirst({ where: (t, { eq }) => eq(t.id, sql.placeholder("id")), with: { posts: true } })
        .prepare();
      return [
        await query.execute({ id: 1 }),
        await query.execute({ id: 3 }),
        await query.execute({ id: 77 }),
      ];
    },
    "in a transaction": ({ db }) =>
      db.transaction((tx) => tx.query.users.findMany({ ...byId, with: { posts: true } }).sync()),
    "a relation that has no rows": ({ db }) =>
      db.query.groups.findMany({ ...byId, with: { memberships: true } }),
    "no fields": with_({ fails: true }, ({ db }) => db.query.users.findMany({ columns: {} })),
    "no fields in a relation": with_({ fails: true }, ({ db }) =>
      db.query.users.findMany({ with: { posts: { columns: {} } } }),
    ),
    "an unknown relation": with_({ fails: true }, ({ db }) =>
      db.query.users.findMany({ with: { nope: true } }),
    ),
  },
);
