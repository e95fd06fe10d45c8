// Aggregates with their types, groups and having.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

const functions = {
  count: ({ o }) => o.count(),
  "count of a column": ({ o, u }) => o.count(u.age),
  countDistinct: ({ o, u }) => o.countDistinct(u.age),
  sum: ({ o, u }) => o.sum(u.age),
  sumDistinct: ({ o, u }) => o.sumDistinct(u.age),
  "sum of reals": ({ o, u }) => o.sum(u.score),
  avg: ({ o, u }) => o.avg(u.age),
  avgDistinct: ({ o, u }) => o.avgDistinct(u.age),
  "max of integer": ({ o, u }) => o.max(u.age),
  "min of integer": ({ o, u }) => o.min(u.age),
  "max of text": ({ o, u }) => o.max(u.name),
  "max of timestamp": ({ o, u }) => o.max(u.createdAt),
  "min of timestamp": ({ o, u }) => o.min(u.createdAt),
  "max of boolean": ({ o, u }) => o.max(u.verified),
  "min of real": ({ o, u }) => o.min(u.score),
  "max of sql": ({ o, u }) => o.max(o.sql`length(${u.name})`),
  "min of sql text": ({ o, u }) => o.min(o.sql`upper(${u.name})`),
  "count of sql": ({ o, u }) => o.count(o.sql`nullif(${u.age}, ${20})`),
  "sum of sql": ({ o, u }) => o.sum(o.sql`${u.id} * 2`),
  "avg of sql": ({ o, u }) => o.avg(o.sql`${u.id} * ${1.5}`),
  "sql count": ({ o }) => o.sql`count(*)`,
  "sql group_concat": ({ o, u }) => o.sql`group_concat(${u.name}, ${"+"} order by ${u.id})`,
  "mapWith of an aggregate": ({ o, u }) => o.sum(u.age).mapWith(Number),
  "in sql": ({ o, u }) => o.sql`${o.max(u.age)} - ${o.min(u.age)}`,
};

const each = (title, run) =>
  Object.entries(functions).map(([name, make]) => [
    `${name} ${title}`,
    (side) => run(side, make({ o: side.orm, u: side.s.users })),
  ]);

/** Users with their posts, counted, two of them from the second on; `more` says what else of the query. */
const page =
  (more, fields = () => ({})) =>
  (side) => {
    const { db, s, orm } = side;
    const all = db
      .select({ id: s.users.id, posts: orm.count(s.posts.id), ...fields(side) })
      .from(s.users)
      .leftJoin(s.posts, orm.eq(s.posts.ownerId, s.users.id));
    return more(all, side).limit(2).offset(1);
  };

const pages = {
  "page of groups": page((all, { s: { users } }) => all.groupBy(users.id).orderBy(users.id)),
  "page of groups, backwards": page((all, { s: { users }, orm: { desc } }) =>
    all.groupBy(users.id, users.name).orderBy(users.verified, desc(users.id)),
  ),
  "page of groups with a filter": page((all, { s: { users }, orm: { gt } }) =>
    all.where(gt(users.id, 1)).groupBy(users.id).orderBy(users.id),
  ),
  "page of groups with a filter of what is joined": page(
    (all, { s: { users, posts }, orm: { isNotNull } }) =>
      all.where(isNotNull(posts.id)).groupBy(users.id).orderBy(users.id),
  ),
  "page of groups that two tables make": page((all, { s: { users, posts } }) =>
    all.groupBy(users.id, posts.likes).orderBy(users.id, posts.likes),
  ),
  "page of groups with having": page((all, { s: { users, posts }, orm: { count, gt } }) =>
    all
      .groupBy(users.id)
      .having(gt(count(posts.id), 0))
      .orderBy(users.id),
  ),
  "page of groups by an aggregate": page((all, { s: { users, posts }, orm: { count, desc } }) =>
    all.groupBy(users.id).orderBy(desc(count(posts.id)), users.id),
  ),
  "page of groups beside a window": page(
    (all, { s: { users } }) => all.groupBy(users.id).orderBy(users.id),
    ({ orm: { sql } }) => ({ all: sql`count(*) over ()`, most: sql`max(count(*)) Over ()` }),
  ),
  "page of groups that are joined": ({ db, s: { users, posts }, orm: { count, eq } }) =>
    db
      .select({ id: users.id, n: count() })
      .from(users)
      .innerJoin(posts, eq(posts.ownerId, users.id))
      .groupBy(users.id)
      .orderBy(users.id)
      .limit(2)
      .offset(1),
};

export default topic(
  "aggregates",
  shop,
  {},
  {
    ...Object.fromEntries([
      ...each("of all", ({ db, s }, value) => db.select({ value }).from(s.users)),
      ...each("of none", ({ db, s, orm: { lt } }, value) =>
        db.select({ value }).from(s.users).where(lt(s.users.id, 0)),
      ),
      ...each("by group", ({ db, s }, value) =>
        db
          .select({ age: s.users.age, value })
          .from(s.users)
          .groupBy(s.users.age)
          .orderBy(s.users.age),
      ),
      ...each("nested in an object", ({ db, s }, value) =>
        db.select({ of: { value } }).from(s.users),
      ),
    ]),
    "group of two columns": ({ db, s, orm: { count } }) =>
      db
        .select({ owner: s.posts.ownerId, likes: s.posts.likes, n: count() })
        .from(s.posts)
        .groupBy(s.posts.ownerId, s.posts.likes)
        .orderBy(s.posts.ownerId, s.posts.likes),
    "group over a left join": ({ db, s, orm: { count, eq, sum } }) =>
      db
        .select({ id: s.users.id, posts: count(s.posts.id), likes: sum(s.posts.likes) })
        .from(s.users)
        .leftJoin(s.posts, eq(s.posts.ownerId, s.users.id))
        .groupBy(s.users.id)
        .orderBy(s.users.id),
    "group over three tables": ({ db, s, orm: { countDistinct, count, eq } }) =>
      db
        .select({
          name: s.users.name,
          posts: countDistinct(s.posts.id),
          comments: count(s.comments.id),
        })
        .from(s.users)
        .leftJoin(s.posts, eq(s.posts.ownerId, s.users.id))
        .leftJoin(s.comments, eq(s.comments.postId, s.posts.id))
        .groupBy(s.users.id)
        .orderBy(s.users.id),
    having: ({ db, s, orm: { count, gt, eq } }) =>
      db
        .select({ id: s.users.id, n: count(s.posts.id) })
        .from(s.users)
        .leftJoin(s.posts, eq(s.posts.ownerId, s.users.id))
        .groupBy(s.users.id)
        .having(gt(count(s.posts.id), 1))
        .orderBy(s.users.id),
    "having with a callback": ({ db, s, orm: { count, gt } }) =>
      db
        .select({ owner: s.posts.ownerId, n: count() })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .having(({ n }) => gt(n, 1))
        .orderBy(s.posts.ownerId),
    "having undefined": ({ db, s, orm: { count } }) =>
      db
        .select({ age: s.users.age, n: count() })
        .from(s.users)
        .groupBy(s.users.age)
        .having(undefined)
        .orderBy(s.users.age),
    "groupBy with a callback on an alias": ({ db, s, orm: { count, sql } }) =>
      db
        .select({ len: sql`length(${s.users.name})`.as("len"), n: count() })
        .from(s.users)
        .groupBy((f) => f.len)
        .orderBy((f) => f.len),
    "group by sql": ({ db, s, orm: { count, sql } }) =>
      db
        .select({ n: count() })
        .from(s.users)
        .groupBy(sql`${s.users.id} % ${2}`)
        .orderBy(count()),
    "order by an aggregate": ({ db, s, orm: { count, desc } }) =>
      db
        .select({ owner: s.posts.ownerId, n: count() })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .orderBy(desc(count()), s.posts.ownerId),
    "order by an aliased aggregate": ({ db, s, orm: { count, desc } }) => {
      const n = count().as("n");
      return db
        .select({ owner: s.posts.ownerId, n })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .orderBy(desc(n), s.posts.ownerId);
    },
    "aggregate beside a bare column": ({ db, s, orm: { max } }) =>
      db.select({ name: s.users.name, oldest: max(s.users.age) }).from(s.users),
    "distinct of an aggregate": ({ db, s, orm: { count } }) =>
      db.selectDistinct({ n: count() }).from(s.posts).groupBy(s.posts.ownerId).orderBy(count()),
    "limit of groups": ({ db, s, orm: { count } }) =>
      db
        .select({ owner: s.posts.ownerId, n: count() })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .orderBy(s.posts.ownerId)
        .limit(2)
        .offset(1),
    ...pages,
    "aggregate in where": with_({ fails: true }, ({ db, s, orm: { count, gt } }) =>
      db.select({ id: s.users.id }).from(s.users).where(gt(count(), 1)),
    ),
  },
);
