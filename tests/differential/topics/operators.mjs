// Every operator, on columns of several kinds, with values, columns, SQL and subqueries.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

const date = new Date(1700000000 * 1000);

/** Conditions on users, by how they are written; each is also negated. */
const conditions = {
  "eq number": ({ o, u }) => o.eq(u.age, 20),
  "eq text": ({ o, u }) => o.eq(u.name, "Bo"),
  "eq boolean": ({ o, u }) => o.eq(u.verified, true),
  "eq Date": ({ o, u }) => o.eq(u.createdAt, date),
  "eq json": ({ o, u }) => o.eq(u.meta, [1, 2, null]),
  "eq column": ({ o, u }) => o.eq(u.id, u.invitedBy),
  "eq sql": ({ o, u }) => o.eq(u.name, o.sql`upper(${u.name})`),
  "eq sql on the left": ({ o, u }) => o.eq(o.sql`length(${u.name})`, 3),
  "ne number": ({ o, u }) => o.ne(u.age, 20),
  "ne boolean": ({ o, u }) => o.ne(u.verified, true),
  "gt number": ({ o, u }) => o.gt(u.age, 20),
  "gt Date": ({ o, u }) => o.gt(u.createdAt, date),
  "gt real": ({ o, u }) => o.gt(u.score, 0),
  "gt text": ({ o, u }) => o.gt(u.name, "Bo"),
  "gte number": ({ o, u }) => o.gte(u.age, 20),
  "lt number": ({ o, u }) => o.lt(u.age, 36),
  "lt column": ({ o, u }) => o.lt(u.invitedBy, u.id),
  "lte real": ({ o, u }) => o.lte(u.score, -1.25),
  isNull: ({ o, u }) => o.isNull(u.email),
  isNotNull: ({ o, u }) => o.isNotNull(u.createdAt),
  "isNull of sql": ({ o, u }) => o.isNull(o.sql`nullif(${u.age}, ${20})`),
  "inArray numbers": ({ o, u }) => o.inArray(u.id, [1, 3, 99]),
  "inArray one": ({ o, u }) => o.inArray(u.name, ["Ada"]),
  "inArray Dates": ({ o, u }) => o.inArray(u.createdAt, [date, new Date(0)]),
  "inArray of nothing": ({ o, u }) => o.inArray(u.id, []),
  "inArray with null rows": ({ o, u }) => o.inArray(u.age, [20, 51]),
  "inArray with columns": ({ o, u }) => o.inArray(u.id, [u.invitedBy, 5]),
  "inArray subquery": ({ o, u, db, s }) =>
    o.inArray(u.id, db.select({ id: s.posts.ownerId }).from(s.posts)),
  "notInArray numbers": ({ o, u }) => o.notInArray(u.id, [1, 3]),
  "notInArray of nothing": ({ o, u }) => o.notInArray(u.id, []),
  "notInArray subquery": ({ o, u, db, s }) =>
    o.notInArray(
      u.id,
      db.select({ id: s.comments.id }).from(s.comments).where(o.lt(s.comments.id, 3)),
    ),
  "between numbers": ({ o, u }) => o.between(u.age, 20, 36),
  "between Dates": ({ o, u }) => o.between(u.createdAt, new Date(1600000000000), date),
  "between columns": ({ o, u }) => o.between(o.sql`3`, u.invitedBy, u.id),
  notBetween: ({ o, u }) => o.notBetween(u.age, 30, 40),
  like: ({ o, u }) => o.like(u.name, "%o%"),
  "like ignores ASCII case": ({ o, u }) => o.like(u.name, "B_"),
  notLike: ({ o, u }) => o.notLike(u.email, "%@x.org"),
  exists: ({ o, u, db, s }) =>
    o.exists(
      db
        .select({ one: o.sql`1` })
        .from(s.posts)
        .where(o.eq(s.posts.ownerId, u.id)),
    ),
  "exists of all columns": ({ o, u, db, s }) =>
    o.exists(
      db
        .select()
        .from(s.posts)
        .where(o.and(o.eq(s.posts.ownerId, u.id), o.gt(s.posts.likes, 4))),
    ),
  notExists: ({ o, u, db, s }) =>
    o.notExists(db.select().from(s.posts).where(o.eq(s.posts.ownerId, u.id))),
  "exists of sql": ({ o, u, s }) =>
    o.exists(o.sql`(select 1 from ${s.posts} where ${s.posts.ownerId} = ${u.id})`),
  and: ({ o, u }) => o.and(o.gt(u.id, 1), o.eq(u.verified, true)),
  "and of one": ({ o, u }) => o.and(o.gt(u.id, 1)),
  "and skips undefined": ({ o, u }) => o.and(undefined, o.gt(u.id, 1), undefined, o.lt(u.id, 4)),
  or: ({ o, u }) => o.or(o.eq(u.id, 1), o.eq(u.id, 4)),
  "or of one": ({ o, u }) => o.or(o.eq(u.id, 4)),
  "or skips undefined": ({ o, u }) => o.or(undefined, o.eq(u.id, 4)),
  "or in and": ({ o, u }) => o.and(o.or(o.eq(u.id, 1), o.gt(u.age, 40)), o.lt(u.id, 5)),
  "and in or": ({ o, u }) =>
    o.or(o.and(o.gt(u.id, 1), o.lt(u.id, 3)), o.and(o.gt(u.id, 4), o.isNotNull(u.age))),
  "or in and, in sql": ({ o, u }) => o.and(o.sql`${u.id} = 1 or ${u.id} = 2`, o.eq(u.age, 20)),
  "bare column": ({ o, u }) => o.sql`${u.verified}`,
};

const where =
  (condition) =>
  ({ db, s, orm }) =>
    db
      .select({ id: s.users.id, name: s.users.name })
      .from(s.users)
      .where(condition({ o: orm, u: s.users, s, db }))
      .orderBy(s.users.id);

const positive = Object.entries(conditions).map(([name, condition]) => [name, where(condition)]);
const negative = Object.entries(conditions).map(([name, condition]) => [
  `not ${name}`,
  where((side) => side.o.not(condition(side))),
]);

/** Orders of users. */
const orders = {
  asc: ({ o, u }) => [o.asc(u.age), o.asc(u.id)],
  desc: ({ o, u }) => [o.desc(u.age), o.desc(u.id)],
  "asc and desc": ({ o, u }) => [o.asc(u.age), o.desc(u.id)],
  "a bare column": ({ u }) => [u.name],
  "by sql": ({ o, u }) => [o.sql`length(${u.name})`, o.sql`${u.name} collate nocase desc`],
  "by desc of sql": ({ o, u }) => [o.desc(o.sql`abs(${u.score})`), u.id],
  "nulls last by sql": ({ o, u }) => [o.sql`${u.age} asc nulls last`, u.id],
  "by text": ({ o, u }) => [o.desc(u.name)],
  "by boolean": ({ o, u }) => [u.verified, o.desc(u.id)],
};
const ordered = Object.entries(orders).map(([name, order]) => [
  `order ${name}`,
  ({ db, s, orm }) =>
    db
      .select()
      .from(s.users)
      .orderBy(...order({ o: orm, u: s.users })),
]);

const fields =
  (make) =>
  ({ db, s, orm }) =>
    db
      .select({ id: s.users.id, value: make({ o: orm, u: s.users }) })
      .from(s.users)
      .orderBy(s.users.id);

export default topic(
  "operators",
  shop,
  {},
  {
    ...Object.fromEntries([...positive, ...negative, ...ordered]),
    "and of nothing": ({ db, s, orm }) =>
      db.select().from(s.users).where(orm.and()).orderBy(s.users.id),
    "and of undefined": ({ db, s, orm }) =>
      db.select().from(s.users).where(orm.and(undefined)).orderBy(s.users.id),
    "where undefined": ({ db, s }) =>
      db.select().from(s.users).where(undefined).orderBy(s.users.id),
    "a condition as a field": fields(({ o, u }) => o.sql`${o.gt(u.age, 20)}`),
    "a condition as a decoded field": fields(({ o, u }) =>
      o.sql`${o.eq(u.verified, true)}`.mapWith(Boolean),
    ),
    "conditions nested in a field": fields(
      ({ o, u }) => o.sql`${o.or(o.isNull(u.age), o.like(u.name, "b%"))}`,
    ),
    "inArray placeholder-free mix": fields(({ o, u }) => o.sql`${o.inArray(u.id, [1, 2])} + ${1}`),
    "eq null finds nothing": ({ db, s, orm }) =>
      db.select().from(s.users).where(orm.eq(s.users.age, null)),
    "exists in a field": ({ db, s, orm: { exists, sql, eq } }) =>
      db
        .select({
          id: s.users.id,
          has: sql`${exists(db.select().from(s.posts).where(eq(s.posts.ownerId, s.users.id)))}`.mapWith(
            Boolean,
          ),
        })
        .from(s.users)
        .orderBy(s.users.id),
    "an operator on a column of another table": with_({ fails: true }, ({ db, s, orm: { eq } }) =>
      db.select().from(s.users).where(eq(s.posts.id, 1)),
    ),
  },
);
