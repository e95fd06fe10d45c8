// Schemas and relations that contradict themselves: both sides refuse them.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

/** A case that makes a database with these relations of 0.45 and uses it. */
const latest = (relationsOf, query) => (side) => {
  const { db, s, drizzle } = side;
  const made = drizzle({ client: db.$client, schema: { ...s, ...relationsOf(side) } });
  return query(made.query);
};

/** A case that defines relations of v1. */
const defined =
  (config) =>
  ({ s, orm }) =>
    orm.defineRelations(s, config);

const old = topic(
  "mistakes in relations",
  shop,
  { lines: ["0.45"], fails: true },
  {
    "a table that the schema lacks": ({ db, s: { users, posts }, drizzle, orm: { relations } }) => {
      const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
      return drizzle({
        client: db.$client,
        schema: { users, usersRelations },
      }).query.users.findMany({ with: { posts: true } });
    },
    "many without a one that points back": latest(
      ({ s, orm: { relations } }) => ({
        r: relations(s.users, ({ many }) => ({ posts: many(s.posts) })),
      }),
      (query) => query.users.findMany({ with: { posts: true } }),
    ),
    "two relations between two tables without names": latest(
      ({ s: { users, posts }, orm: { relations } }) => ({
        a: relations(users, ({ many }) => ({ posts: many(posts) })),
        b: relations(posts, ({ one }) => ({
          first: one(users, { fields: [posts.ownerId], references: [users.id] }),
          second: one(users, { fields: [posts.likes], references: [users.id] }),
        })),
      }),
      (query) => query.users.findMany({ with: { posts: true } }),
    ),
    "one without fields and without a reverse": latest(
      ({ s: { users, posts }, orm: { relations } }) => ({
        a: relations(posts, ({ one }) => ({ owner: one(users) })),
      }),
      (query) => query.posts.findMany({ with: { owner: true } }),
    ),
  },
);

const young = topic(
  "mistakes in defined relations",
  shop,
  { lines: ["v1"], fails: "alike" },
  {
    "an empty alias": defined((r) => ({
      users: { posts: r.many.posts({ from: r.users.id, to: r.posts.ownerId, alias: "" }) },
    })),
    "an empty from": defined((r) => ({
      users: { posts: r.many.posts({ from: [], to: r.posts.ownerId }) },
    })),
    "an empty to": defined((r) => ({
      users: { posts: r.many.posts({ from: r.users.id, to: [] }) },
    })),
    "from and to of different lengths": defined((r) => ({
      users: { posts: r.many.posts({ from: [r.users.id, r.users.age], to: [r.posts.ownerId] }) },
    })),
    "from of another table": defined((r) => ({
      users: { posts: r.many.posts({ from: r.groups.id, to: r.posts.ownerId }) },
    })),
    "to of another table": defined((r) => ({
      users: { posts: r.many.posts({ from: r.users.id, to: r.groups.id }) },
    })),
    "through on one side only": with_(
      { fails: true },
      defined((r) => ({
        users: {
          groups: r.many.groups({
            from: r.users.id.through(r.usersToGroups.userId),
            to: r.groups.id,
          }),
        },
      })),
    ),
    "from without to": defined((r) => ({ users: { posts: r.many.posts({ from: r.users.id }) } })),
    "neither, and no reverse": defined((r) => ({ users: { posts: r.many.posts() } })),
    "a name that a column has": defined((r) => ({
      users: { name: r.many.posts({ from: r.users.id, to: r.posts.ownerId }) },
    })),
  },
);

const filters = topic(
  "mistakes in filters",
  shop,
  {
    lines: ["v1"],
    config: {},
  },
  {
    "undefined in a filter": ({ db, s, drizzle, orm: { defineRelations } }) =>
      drizzle({ client: db.$client, relations: defineRelations(s) }).query.users.findMany({
        where: { id: undefined },
      }),
    "an empty OR": ({ db, s, drizzle, orm: { defineRelations } }) =>
      drizzle({ client: db.$client, relations: defineRelations(s) }).query.users.findMany({
        where: { OR: [] },
      }),
    "defineRelations without relations": ({ db, s, drizzle, orm: { defineRelations } }) =>
      drizzle({ client: db.$client, relations: defineRelations(s) }).query.groups.findMany({
        orderBy: { id: "asc" },
      }),
    "parts of relations": ({ db, s, drizzle, orm: { defineRelations, defineRelationsPart } }) => {
      const relations = defineRelations(s, (r) => ({
        posts: { owner: r.one.users({ from: r.posts.ownerId, to: r.users.id }) },
      }));
      const part = defineRelationsPart(s, (r) => ({
        users: { posts: r.many.posts({ from: r.users.id, to: r.posts.ownerId }) },
      }));
      const made = drizzle({ client: db.$client, relations: { ...relations, ...part } });
      return made.query.users.findMany({
        columns: { id: true },
        orderBy: { id: "asc" },
        with: { posts: { columns: { id: true }, orderBy: { id: "asc" } } },
      });
    },
  },
);

const inserts = topic(
  "mistakes in inserts",
  shop,
  { writes: true },
  {
    "a select without a needed column": with_({ fails: true }, ({ db, s }) =>
      db.insert(s.groups).select(db.select({ id: s.users.id }).from(s.users)),
    ),
    "a select with keys in another order": ({ db, s }) =>
      db
        .insert(s.empty)
        .select(db.select({ name: s.users.name, id: s.users.id }).from(s.users))
        .returning(),
    "a select with some of the keys": ({ db, s }) =>
      db
        .insert(s.empty)
        .select(db.select({ name: s.users.name }).from(s.users))
        .returning(),
  },
);

export default [...old, ...young, ...filters, ...inserts];
