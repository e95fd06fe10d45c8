// Drizzle's API: the same source runs on drizzle-orm of both lines and on ours. Everything is called
// synchronously, as Drizzle's drivers of better-sqlite3 and sql.js allow.
import * as northwind from "./drizzle-northwind.mjs";
import { makeRelations, makeRelationsV1, makeTables } from "./drizzle-schema.mjs";
import { writes } from "./drizzle-writes.mjs";

/** The id that the i-th look-up asks for. */
export const idOf = (i) => 1 + ((i * 7919) % 10000);

/** A prepared query as a function that gives its result at once: ours and Drizzle's word differ. */
export function synchronous(query) {
  if ("sync" in query) return (values) => query.sync(values);
  return (values) => query.execute(values).sync();
}

/** A side that speaks the API of 0.45; `modules(host)` are { orm, core, drizzle }. */
export function drizzleSide(title, open, modules) {
  const start = (make) => async (host) => {
    const { orm, core, drizzle } = await modules(host);
    const s = makeTables(core);
    const schema = { ...s, ...makeRelations(orm, s) };
    const firstById = (table, limit) => ({ limit, orderBy: table.id });
    return make({ db: drizzle(host.client, { schema }), s, orm, host, firstById });
  };
  return { title, open, workloads: started({ ...reads, ...writes, ...northwind.latest }, start) };
}

/** A side that speaks the API of 1.0, with `defineRelations`; `config` is more for `drizzle`. */
export function drizzleV1Side(title, open, modules, config = {}) {
  const start = (make) => async (host) => {
    const { orm, core, drizzle } = await modules(host);
    const s = makeTables(core);
    const relations = makeRelationsV1(orm, s);
    const db = drizzle(host.client, { relations, ...config });
    const firstById = (_, limit) => ({ limit, orderBy: { id: "asc" } });
    return make({ db, s, orm, host, firstById });
  };
  const all = { ...reads, ...writes, ...readsV1, ...northwind.v1 };
  return { title, open, workloads: started(all, start) };
}

const started = (all, start) =>
  Object.fromEntries(Object.entries(all).map(([name, make]) => [name, { "": start(make) }]));

const reads = {
  "first-prepared": ({ db, s, orm: { eq, sql } }) => {
    const query = db.query.users
      .findFirst({ where: eq(s.users.id, sql.placeholder("id")), with: { account: true } })
      .prepare();
    const run = synchronous(query);
    return { op: (i) => run({ id: idOf(i) }) };
  },
  "first-anew": ({ db, s, orm: { eq } }) => ({
    op: (i) =>
      db.query.users.findFirst({ where: eq(s.users.id, idOf(i)), with: { account: true } }).sync(),
  }),
  "users-100": ({ db, s, firstById }) => ({
    op: () =>
      db.query.users.findMany({ ...firstById(s.users, 100), with: { account: true } }).sync(),
  }),
  "users-10000": ({ db }) => ({
    op: () => db.query.users.findMany({ with: { account: true } }).sync(),
  }),
  "blog-100": ({ db, s, firstById }) => ({
    op: () =>
      db.query.writers
        .findMany({ ...firstById(s.writers, 100), with: { posts: { with: { comments: true } } } })
        .sync(),
  }),
  "blog-all": ({ db }) => ({
    op: () => db.query.writers.findMany({ with: { posts: { with: { comments: true } } } }).sync(),
  }),
  // 0.45 has no many-to-many: the junction's rows are taken out by hand.
  "tags-100": ({ db, s, firstById }) => ({
    op: () =>
      db.query.posts
        .findMany({
          ...firstById(s.posts, 100),
          with: { postsTags: { columns: {}, with: { tag: true } } },
        })
        .sync()
        .map(({ postsTags, ...post }) => ({ ...post, tags: postsTags.map(({ tag }) => tag) })),
  }),
  "select-8": ({ db, s }) => ({ op: () => db.select().from(s.people).all() }),
  "join-6": ({ db, s: { users, accounts }, orm: { eq } }) => ({
    op: () =>
      db
        .select({
          id: users.id,
          name: users.name,
          email: users.email,
          accountId: accounts.id,
          provider: accounts.provider,
          token: accounts.token,
        })
        .from(users)
        .innerJoin(accounts, eq(accounts.userId, users.id))
        .all(),
  }),
};

/** The reads that 1.0 words in another way. */
const readsV1 = {
  "first-prepared": ({ db, orm: { sql } }) => {
    const query = db.query.users
      .findFirst({ where: { id: sql.placeholder("id") }, with: { account: true } })
      .prepare();
    const run = synchronous(query);
    return { op: (i) => run({ id: idOf(i) }) };
  },
  "first-anew": ({ db }) => ({
    op: (i) => db.query.users.findFirst({ where: { id: idOf(i) }, with: { account: true } }).sync(),
  }),
  "tags-100": ({ db, s, firstById }) => ({
    op: () => db.query.posts.findMany({ ...firstById(s.posts, 100), with: { tags: true } }).sync(),
  }),
};
