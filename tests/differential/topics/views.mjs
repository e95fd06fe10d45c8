// Views of every kind, and tables made by creators and with other names.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

const ddl = `${shop.ddl}
create view adults as select id, name, created_at from users where age > 19;
create view totals as select owner_id, count(*) as posts, sum(likes) as likes from posts group by owner_id;
create view titled as select u.id as id, u.name as name, p.content as content
  from users u left join posts p on p.owner_id = u.id;
`;

function define(side) {
  const { core, orm } = side;
  const { sqliteView, integer, text } = core;
  const { gt, sql, count, sum, eq } = orm;
  const tables = shop.define(side);
  const { users, posts } = tables;
  const adults = sqliteView("adults").as((qb) =>
    qb
      .select({ id: users.id, name: users.name, at: users.createdAt })
      .from(users)
      .where(gt(users.age, 19)),
  );
  const totals = sqliteView("totals").as((qb) =>
    qb
      .select({
        ownerId: posts.ownerId,
        posts: count().as("posts"),
        likes: sum(posts.likes).as("likes"),
      })
      .from(posts)
      .groupBy(posts.ownerId),
  );
  const titled = sqliteView("titled", {
    id: integer("id"),
    name: text("name"),
    content: text("content"),
  }).as(
    sql`select u.id as id, u.name as name, p.content as content from users u left join posts p on p.owner_id = u.id`,
  );
  const existing = sqliteView("adults", {
    key: integer("id"),
    at: integer("created_at", { mode: "timestamp" }),
  }).existing();
  return { ...tables, adults, totals, titled, existing };
}

const views = topic(
  "views",
  { ddl, define },
  {},
  {
    "of a query": ({ db, s }) => db.select().from(s.adults).orderBy(s.adults.id),
    "of a query, some columns": ({ db, s }) =>
      db.select({ when: s.adults.at, n: s.adults.name }).from(s.adults).orderBy(s.adults.id),
    where: ({ db, s, orm: { eq } }) => db.select().from(s.adults).where(eq(s.adults.name, "Ada")),
    "where Date": ({ db, s, orm: { eq } }) =>
      db
        .select()
        .from(s.adults)
        .where(eq(s.adults.at, new Date(1700000000000)))
        .orderBy(s.adults.id),
    "of aggregates": ({ db, s }) => db.select().from(s.totals).orderBy(s.totals.ownerId),
    "of sql": ({ db, s }) => db.select().from(s.titled).orderBy(s.titled.id, s.titled.content),
    existing: ({ db, s }) => db.select().from(s.existing).orderBy(s.existing.key),
    joined: ({ db, s, orm: { eq } }) =>
      db
        .select()
        .from(s.users)
        .leftJoin(s.totals, eq(s.totals.ownerId, s.users.id))
        .orderBy(s.users.id),
    "joined with a view": ({ db, s, orm: { eq } }) =>
      db
        .select()
        .from(s.adults)
        .innerJoin(s.totals, eq(s.totals.ownerId, s.adults.id))
        .orderBy(s.adults.id),
    "joined, partial": ({ db, s, orm: { eq } }) =>
      db
        .select({ name: s.users.name, n: s.totals.posts, l: s.totals.likes })
        .from(s.users)
        .leftJoin(s.totals, eq(s.totals.ownerId, s.users.id))
        .orderBy(s.users.id),
    aliased: ({ db, s, core: { alias }, orm: { gt } }) => {
      const a = alias(s.adults, "a");
      return db.select().from(a).where(gt(a.id, 1)).orderBy(a.id);
    },
    "in a subquery": ({ db, s, orm: { inArray } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(inArray(s.users.id, db.select({ id: s.adults.id }).from(s.adults)))
        .orderBy(s.users.id),
    counted: ({ db, s }) => db.$count(s.adults),
    "in sql": ({ db, s, orm: { sql } }) =>
      db.all(sql`select ${s.adults.id} from ${s.adults} order by 1`),
    grouped: ({ db, s, orm: { count } }) =>
      db
        .select({ name: s.titled.name, n: count() })
        .from(s.titled)
        .groupBy(s.titled.name)
        .orderBy(s.titled.name),
    getViewConfig: ({ s, core: { getViewConfig } }) => {
      const { name, originalName, isExisting, isAlias, selectedFields } = getViewConfig(s.adults);
      return {
        name,
        originalName,
        isExisting: !!isExisting,
        isAlias: !!isAlias,
        keys: Object.keys(selectedFields),
      };
    },
    getViewName: ({ s, orm: { getViewName } }) => getViewName(s.adults),
    "is not written": with_({ fails: true }, ({ db, s }) =>
      db.insert(s.adults).values({ id: 1, name: "x" }),
    ),
  },
);

/** A database in which views take part in relations. */
const related = ({ db, s, drizzle, orm: { defineRelations } }) => {
  const { users, posts, adults, totals } = s;
  const relations = defineRelations({ users, posts, adults, totals }, (r) => ({
    adults: {
      posts: r.many.posts({ from: r.adults.id, to: r.posts.ownerId }),
      total: r.one.totals({ from: r.adults.id, to: r.totals.ownerId }),
    },
    users: { adult: r.one.adults({ from: r.users.id, to: r.adults.id }) },
  }));
  return drizzle({ client: db.$client, relations }).query;
};
const orderBy = { id: "asc" };
const inRelations = topic(
  "views in relations",
  { ddl, define },
  { lines: ["v1"] },
  {
    queried: (side) => related(side).adults.findMany({ orderBy }),
    "with relations": (side) =>
      related(side).adults.findMany({ orderBy, with: { posts: { orderBy }, total: true } }),
    "as the target": (side) =>
      related(side).users.findMany({ columns: { id: true }, orderBy, with: { adult: true } }),
    filtered: (side) =>
      related(side).adults.findMany({ orderBy, where: { posts: { likes: { gt: 2 } } } }),
    "as a filter": (side) =>
      related(side).users.findMany({ columns: { id: true }, orderBy, where: { adult: true } }),
  },
);

export default [...views, ...inRelations];
