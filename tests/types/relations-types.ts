// Queries of `defineRelations` are typed from the tables and the declared relations.
import {
  defineRelations,
  defineRelationsPart,
  drizzle,
  EmptyFilter,
  open,
  sql,
  type InferSelectModel,
} from "virga";
import { integer, primaryKey, sqliteTable, sqliteView, text } from "virga/sqlite-core";
import { expect, type Equal } from "./expect.js";

const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  inviterId: integer(),
  role: text({ enum: ["admin", "guest"] }).notNull(),
  at: integer({ mode: "timestamp" }),
});
const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  title: text().notNull(),
  authorId: integer().notNull(),
  tags: text({ mode: "json" }).$type<string[]>(),
});
const groups = sqliteTable("groups", { id: integer().primaryKey(), name: text().notNull() });
const members = sqliteTable(
  "members",
  { userId: integer().notNull(), groupId: integer().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.groupId] })],
);
const admins = sqliteView("admins").as((qb) =>
  qb
    .select({ id: users.id, loud: sql<string>`upper(${users.name})`.as("loud"), at: users.at })
    .from(users),
);
const schema = { users, posts, groups, members, admins, helper: (): number => 1 };

const relations = defineRelations(schema, (r) => ({
  users: {
    posts: r.many.posts({ from: r.users.id, to: r.posts.authorId }),
    inviter: r.one.users({ from: r.users.inviterId, to: r.users.id }),
    groups: r.many.groups({
      from: r.users.id.through(r.members.userId),
      to: r.groups.id.through(r.members.groupId),
      where: { name: { like: "a%" } },
    }),
    admin: r.one.admins({ from: r.users.id, to: r.admins.id }),
  },
  posts: {
    author: r.one.users({ from: r.posts.authorId, to: r.users.id, optional: false }),
  },
}));

const db = drizzle(await open(), { relations });

type User = InferSelectModel<typeof users>;

const plain = await db.query.users.findMany();
expect<Equal<typeof plain, User[]>>();
const first = await db.query.users.findFirst({ where: { id: 1 } });
expect<Equal<typeof first, User | undefined>>();

const nested = await db.query.users.findMany({
  columns: { name: true },
  where: {
    name: "x",
    id: { gt: 1, in: [1, 2], NOT: { eq: 3 }, OR: [1, { lt: 5 }] },
    at: { lt: new Date(0), isNotNull: true },
    role: { ne: "admin" },
    OR: [{ posts: { title: { like: "x%" } } }, { inviter: { inviter: false } }],
    NOT: { groups: true },
    RAW: (table, { eq }) => eq(table.name, "x"),
    AND: EmptyFilter,
  },
  orderBy: { name: "asc", posts: "desc(count)", inviter: { name: "desc" } },
  extras: {
    shout: sql<string>`upper(${users.name})`,
    size: (table, { sql: q }) => q<number>`length(${table.name})`,
  },
  limit: sql.placeholder("limit"),
  offset: 1,
  with: {
    posts: {
      columns: { title: true },
      with: { author: { columns: { id: true } } },
      orderBy: (table, { desc }) => desc(table.id),
      limit: 1,
    },
    inviter: { columns: { id: true }, with: { groups: true } },
    groups: { columns: { name: true } },
    admin: true,
  },
});
expect<
  Equal<
    (typeof nested)[number],
    {
      name: string;
      shout: string;
      size: number;
      posts: { title: string; author: { id: number } }[];
      inviter: { id: number; groups: { id: number; name: string }[] } | null;
      groups: { name: string }[];
      admin: { id: number; loud: string; at: Date | null } | null;
    }
  >
>();

const required = await db.query.posts.findFirst({ with: { author: true } });
expect<
  Equal<
    NonNullable<typeof required>,
    { id: number; title: string; authorId: number; tags: string[] | null; author: User }
  >
>();
required?.author.name.toUpperCase();
const filtered = await db.query.posts.findMany({ with: { author: { where: { id: 1 } } } });
// @ts-expect-error a condition may leave out the one row
filtered[0]?.author.name;

const prepared = db.query.users.findMany({
  columns: { id: true },
  where: { id: { in: sql.placeholder("ids") }, name: sql.placeholder("name") },
});
expect<
  Equal<Awaited<ReturnType<ReturnType<typeof prepared.prepare>["execute"]>>, { id: number }[]>
>();

const views = await db.query.admins.findMany({ where: { loud: "X", at: { isNull: true } } });
expect<Equal<typeof views, { id: number; loud: string; at: Date | null }[]>>();

// @ts-expect-error unknown column in a filter
void db.query.users.findMany({ where: { nmae: "x" } });
// @ts-expect-error unknown column beside a known one
void db.query.users.findMany({ where: { id: 1, nmae: "x" } });
// @ts-expect-error unknown column of a relation
void db.query.users.findMany({ where: { posts: { id: 1, tilte: "x" } } });
// @ts-expect-error a value fits the column
void db.query.users.findMany({ where: { id: "x" } });
// @ts-expect-error a value is one of the enum
void db.query.users.findMany({ where: { role: "root" } });
// @ts-expect-error an operator takes what fits the column
void db.query.users.findMany({ where: { id: { gt: "x" } } });
// @ts-expect-error the type of a relation's column
void db.query.users.findMany({ where: { posts: { title: 5 } } });
// @ts-expect-error no such relation
void db.query.users.findMany({ with: { pots: true } });
// @ts-expect-error no such option
void db.query.users.findMany({ wher: {} });
// @ts-expect-error a direction is asc or desc
void db.query.users.findMany({ orderBy: { name: "up" } });
// @ts-expect-error orders by many rows have an aggregate
void db.query.users.findMany({ orderBy: { posts: { title: "asc" } } });
// @ts-expect-error one row has no limit
void db.query.posts.findMany({ with: { author: { limit: 1 } } });
// @ts-expect-error no such table
db.query.user;
// @ts-expect-error not a table
db.query.helper;

defineRelations(schema, (r) => ({
  // @ts-expect-error no such column
  posts: { author: r.one.users({ from: r.posts.autorId, to: r.users.id }) },
}));
defineRelations(schema, (r) => ({
  // @ts-expect-error "to" is a column of the target
  posts: { author: r.one.users({ from: r.posts.authorId, to: r.groups.id }) },
}));
// @ts-expect-error no such table
defineRelations(schema, (r) => ({ pots: {} }));

const part = defineRelationsPart({ users, posts }, (r) => ({
  posts: { author: r.one.users({ from: r.posts.authorId, to: r.users.id }) },
}));
const merged = drizzle(await open(), { relations: { ...defineRelations(schema), ...part } });
const [post] = await merged.query.posts.findMany({ columns: { id: true }, with: { author: true } });
expect<Equal<typeof post, { id: number; author: User | null } | undefined>>();
const [group] = await merged.query.groups.findMany();
expect<Equal<typeof group, { id: number; name: string } | undefined>>();

export {};
