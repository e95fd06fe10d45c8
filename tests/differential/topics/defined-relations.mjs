// Relation queries of v1: defineRelations, object filters, through, and every option.
import { topic, with_ } from "../cases.mjs";
import { relatedShop } from "../schemas/shop.mjs";

const orderBy = { id: "asc" };
const ids = { columns: { id: true }, orderBy };

/** Filters of users, by how they are written. */
const filters = {
  "a value": { age: 20 },
  "a boolean": { verified: true },
  "a Date": { createdAt: new Date(1700000000000) },
  "two members": { age: 20, verified: false },
  eq: { name: { eq: "Bo" } },
  ne: { age: { ne: 20 } },
  "gt and lt": { id: { gt: 1, lt: 4 } },
  "gte, lte": { id: { gte: 2, lte: 4 } },
  in: { id: { in: [1, 5, 77] } },
  "in of nothing": { id: { in: [] } },
  notIn: { id: { notIn: [1, 5] } },
  "notIn of nothing": { id: { notIn: [] } },
  like: { name: { like: "%o%" } },
  notLike: { email: { notLike: "bo%" } },
  isNull: { email: { isNull: true } },
  isNotNull: { email: { isNotNull: true } },
  "OR in a column": { age: { OR: [{ lt: 21 }, { gt: 50 }] } },
  "AND in a column": { age: { AND: [{ gt: 19 }, { lt: 40 }] } },
  "NOT in a column": { age: { NOT: { gt: 30 } } },
  "NOT of OR in a column": { age: { NOT: { OR: [{ eq: 20 }, { eq: 36 }] } } },
  AND: { AND: [{ id: { gt: 1 } }, { verified: true }] },
  OR: { OR: [{ id: 1 }, { name: { like: "D%" } }] },
  NOT: { NOT: { verified: true } },
  "nested AND OR NOT": { OR: [{ AND: [{ id: { gt: 2 } }, { NOT: { age: 20 } }] }, { id: 2 }] },
  "members beside OR": { verified: true, OR: [{ id: { lt: 2 } }, { id: { gt: 4 } }] },
  empty: {},
  "relation exists": { posts: true },
  "relation does not exist": { posts: false },
  "many with a filter": { posts: { likes: { gt: 4 } } },
  "many with an empty filter": { posts: {} },
  "one with a filter": { inviter: { name: "Ada" } },
  "one exists": { inviter: true },
  "one does not exist": { inviter: false },
  "self many": { invited: { age: 20 } },
  "self of self": { inviter: { inviter: { id: 1 } } },
  "relation of a relation": { posts: { comments: { body: "nice" } } },
  "three relations deep": { posts: { comments: { author: { verified: false } } } },
  through: { groups: { name: "sky" } },
  "through exists": { groups: true },
  "through does not exist": { groups: false },
  "relation in OR": { OR: [{ posts: { likes: 7 } }, { groups: { name: "sea" } }] },
  "relation in NOT": { NOT: { posts: { likes: { gt: 3 } } } },
  "not of a filter in a relation": { posts: { NOT: { likes: { gt: 3 } } } },
  "OR in a relation": { posts: { OR: [{ likes: 0 }, { content: { like: "C%" } }] } },
  "relation with its own where": { liked: true },
  "relation with its own where and a filter": { liked: { content: { like: "%ain%" } } },
  "two relations": { posts: true, comments: true },
  "a column and a relation": { age: 20, posts: true },
};

const filtered = Object.entries(filters).map(([name, where]) => [
  `where ${name}`,
  ({ db }) => db.query.users.findMany({ ...ids, where }),
]);
const nested = Object.entries(filters).map(([name, where]) => [
  `nested where ${name}`,
  ({ db }) =>
    db.query.posts.findMany({ ...ids, with: { owner: { columns: { id: true }, where } } }),
]);

export default topic(
  "defined relations",
  relatedShop,
  { lines: ["v1"] },
  {
    ...Object.fromEntries([...filtered, ...nested]),
    findMany: ({ db }) => db.query.users.findMany({ orderBy }),
    "findMany of none": ({ db }) => db.query.empty.findMany(),
    findFirst: ({ db }) => db.query.users.findFirst({ orderBy }),
    "findFirst of none": ({ db }) => db.query.empty.findFirst(),
    "sync()": ({ db }) => db.query.users.findMany({ orderBy }).sync(),
    "columns included": ({ db }) =>
      db.query.users.findMany({ orderBy, columns: { name: true, id: true } }),
    "columns excluded": ({ db }) =>
      db.query.users.findMany({ orderBy, columns: { meta: false, score: false } }),
    many: ({ db }) => db.query.users.findMany({ orderBy, with: { posts: { orderBy } } }),
    one: ({ db }) => db.query.posts.findMany({ orderBy, with: { owner: true } }),
    "one with a where of its own": ({ db }) =>
      db.query.posts.findMany({ ...ids, with: { verifiedOwner: { columns: { name: true } } } }),
    "many with a where of its own": ({ db }) =>
      db.query.users.findMany({ ...ids, with: { liked: { orderBy } } }),
    "self one": ({ db }) =>
      db.query.users.findMany({ ...ids, with: { inviter: { columns: { name: true } } } }),
    "self many": ({ db }) => db.query.users.findMany({ ...ids, with: { invited: ids } }),
    through: ({ db }) => db.query.users.findMany({ ...ids, with: { groups: { orderBy } } }),
    "through, reversed": ({ db }) => db.query.groups.findMany({ ...ids, with: { users: ids } }),
    "through with an alias": ({ db }) =>
      db.query.groups.findMany({ ...ids, with: { admins: ids } }),
    "through with options": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        with: {
          groups: {
            columns: { name: true },
            where: { name: { ne: "sky" } },
            orderBy: { name: "desc" },
            limit: 1,
          },
        },
      }),
    "through, there and back": ({ db }) =>
      db.query.users.findMany({ ...ids, with: { groups: { ...ids, with: { users: ids } } } }),
    "junction, not optional": ({ db }) =>
      db.query.usersToGroups.findMany({
        orderBy: { userId: "asc", groupId: "asc" },
        with: { user: { columns: { name: true } }, group: true },
      }),
    several: ({ db }) =>
      db.query.users.findMany({
        orderBy,
        with: { posts: { orderBy }, comments: { orderBy }, inviter: true },
      }),
    "four levels": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        with: {
          posts: {
            ...ids,
            with: {
              comments: {
                ...ids,
                with: { author: { columns: { id: true }, with: { inviter: true } } },
              },
            },
          },
        },
      }),
    "where in many": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        with: { posts: { orderBy, where: { likes: { gt: 2 } } } },
      }),
    "where of a relation in many": ({ db }) =>
      db.query.users.findMany({ ...ids, with: { posts: { ...ids, where: { comments: true } } } }),
    "RAW sql": ({ db, s, orm: { sql } }) =>
      db.query.users.findMany({ ...ids, where: { RAW: sql`length(name) = ${3}` } }),
    "RAW callback": ({ db, orm: { sql } }) =>
      db.query.users.findMany({ ...ids, where: { RAW: (t) => sql`${t.age} > ${30}` } }),
    "RAW callback with operators": ({ db }) =>
      db.query.users.findMany({ ...ids, where: { RAW: (t, { gt }) => gt(t.id, 3) } }),
    "RAW beside members": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        where: { verified: true, RAW: (t, { gt }) => gt(t.id, 1) },
      }),
    "RAW in OR": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        where: { OR: [{ id: 1 }, { RAW: (t, { eq }) => eq(t.id, 4) }] },
      }),
    "RAW in a relation": ({ db }) =>
      db.query.users.findMany({ ...ids, where: { posts: { RAW: (t, { gt }) => gt(t.likes, 4) } } }),
    "orderBy desc": ({ db }) => db.query.users.findMany({ orderBy: { age: "desc", id: "asc" } }),
    "orderBy callback": ({ db }) =>
      db.query.users.findMany({ orderBy: (t, { desc }) => desc(t.id) }),
    "orderBy callback list": ({ db }) =>
      db.query.users.findMany({ orderBy: (t, { desc, asc }) => [asc(t.age), desc(t.id)] }),
    "orderBy sql": ({ db }) =>
      db.query.users.findMany({ orderBy: (t, { sql }) => sql`length(${t.name}), ${t.id} desc` }),
    "limit and offset": ({ db }) => db.query.users.findMany({ ...ids, limit: 2, offset: 1 }),
    "limit 0": ({ db }) => db.query.users.findMany({ ...ids, limit: 0 }),
    "limit and offset in many": ({ db }) =>
      db.query.users.findMany({ ...ids, with: { posts: { ...ids, limit: 1, offset: 1 } } }),
    "limit at three levels": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        limit: 3,
        with: { posts: { ...ids, limit: 2, with: { comments: { ...ids, limit: 1 } } } },
      }),
    "limit in one": ({ db }) =>
      db.query.posts.findMany({ ...ids, with: { owner: { columns: { id: true } } }, limit: 3 }),
    "extras sql": ({ db, orm: { sql } }) =>
      db.query.users.findMany({ ...ids, extras: { low: sql`lower(name)` } }),
    "extras callback": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        extras: {
          low: (t, { sql }) => sql`lower(${t.name})`,
          n: (t, { sql }) => sql`${t.id} + ${1}`,
        },
      }),
    "extras with a decoder": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        extras: { n: (t, { sql }) => sql`cast(${t.id} as text)`.mapWith(Number) },
      }),
    "extras in many": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        with: { posts: { ...ids, extras: { twice: (t, { sql }) => sql`${t.likes} * 2` } } },
      }),
    "extras of a subquery": ({ db, s, orm: { eq } }) =>
      db.query.users.findMany({
        ...ids,
        extras: { n: (t) => db.$count(s.posts, eq(s.posts.ownerId, t.id)) },
      }),
    "decoding in relations": ({ db }) =>
      db.query.posts.findMany({
        ...ids,
        with: { owner: { columns: { verified: true, createdAt: true, meta: true, score: true } } },
      }),
    "key order": async ({ db, orm: { sql } }) =>
      Object.keys(
        await db.query.users.findFirst({
          with: { posts: true },
          extras: { x: sql`1` },
          columns: { name: true, id: true },
        }),
      ),
    placeholders: ({ db, orm: { sql } }) =>
      db.query.users
        .findMany({
          ...ids,
          where: { id: { gt: sql.placeholder("id") } },
          with: { posts: { ...ids, where: { likes: sql.placeholder("likes") } } },
        })
        .prepare()
        .execute({ id: 1, likes: 3 }),
    "placeholders in limits": ({ db, orm: { sql } }) =>
      db.query.users
        .findMany({
          ...ids,
          limit: sql.placeholder("n"),
          offset: sql.placeholder("o"),
          with: { posts: { ...ids, limit: sql.placeholder("m") } },
        })
        .prepare()
        .execute({ n: 2, o: 1, m: 1 }),
    "in a transaction": ({ db }) =>
      db.transaction((tx) =>
        tx.query.users.findMany({ orderBy, with: { posts: { orderBy } } }).sync(),
      ),
    "an unknown relation": with_({ fails: true }, ({ db }) =>
      db.query.users.findMany({ with: { nope: true } }),
    ),
    "an unknown filter": with_({ fails: true }, ({ db }) =>
      db.query.users.findMany({ where: { nope: 1 } }),
    ),
    "an unknown filter in a relation": with_({ fails: true }, ({ db }) =>
      db.query.users.findMany({ where: { posts: { nope: 1 } } }),
    ),
    "no fields": with_({ fails: true }, ({ db }) => db.query.users.findMany({ columns: {} })),
  },
);
