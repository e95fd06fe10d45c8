// Subqueries, common table expressions, set operators and counts.
import { count, eq, sql, type InferSelectModel } from "virga";
import {
  QueryBuilder,
  union,
  unionAll,
  type SQLiteSelect,
  type SQLiteSelectQueryBuilder,
} from "virga/sqlite-core";
import { drizzle } from "virga/node-postgres";
import { Pool } from "virga/pg";
import { expect, type Equal } from "./expect.js";
import { posts, users } from "./blog.js";

const db = drizzle(new Pool());

// ---- subqueries

const counted = db
  .select({ authorId: posts.authorId, n: count().as("n"), editor: posts.editorId })
  .from(posts)
  .groupBy(posts.authorId)
  .as("counted");

const fromSubquery = await db.select().from(counted);
expect<Equal<typeof fromSubquery, { authorId: number; n: number; editor: number | null }[]>>();

const joined = await db.select().from(users).leftJoin(counted, eq(counted.authorId, users.id));
expect<
  Equal<
    typeof joined,
    {
      users: { id: number; name: string; inviter: number | null };
      counted: { authorId: number; n: number; editor: number | null } | null;
    }[]
  >
>();

const fields = await db
  .select({ name: users.name, author: counted.authorId, n: counted.n })
  .from(users)
  .leftJoin(counted, eq(counted.authorId, users.id));
expect<Equal<typeof fields, { name: string; author: number | null; n: number }[]>>();

const joinedInside = db
  .select()
  .from(users)
  .leftJoin(posts, eq(posts.authorId, users.id))
  .as("inside");
const outside = await db
  .select({ user: joinedInside.users.id, title: joinedInside.posts.title })
  .from(joinedInside);
expect<Equal<typeof outside, { user: number; title: string | null }[]>>();

const nameless = db.select({ n: count() }).from(posts).as("nameless");
// @ts-expect-error a field of a subquery needs a name
eq(nameless.n, 1);

const scalar = await db
  .select({
    id: users.id,
    posts: db
      .select({ n: count().as("n") })
      .from(posts)
      .as("posts"),
  })
  .from(users);
expect<Equal<typeof scalar, { id: number; posts: number | null }[]>>();

// ---- common table expressions

const cte = db
  .$with("cte")
  .as(
    db.select({ id: users.id, upper: sql<string>`upper(${users.name})`.as("upper") }).from(users),
  );
const fromCte = await db.with(cte).select().from(cte);
expect<Equal<typeof fromCte, { id: number; upper: string }[]>>();

const built = db.$with("built").as((qb) => qb.select({ title: posts.title }).from(posts));
const fromBuilt = await db.with(cte, built).select({ title: built.title }).from(built);
expect<Equal<typeof fromBuilt, { title: string }[]>>();

const numbers = db
  .$with("numbers", { n: sql<number>`n`.as("n"), user: users.name })
  .as(sql`select 1 as n, 'a' as name`);
const fromNumbers = await db.with(numbers).select().from(numbers);
expect<Equal<typeof fromNumbers, { n: number; user: string }[]>>();

// ---- set operators

const ids = db.select({ id: users.id }).from(users);
const both = await ids
  .union(db.select({ id: posts.id }).from(posts))
  .orderBy(users.id)
  .limit(1);
expect<Equal<typeof both, { id: number }[]>>();
const called = await ids.unionAll(({ union: _union }) => db.select({ id: posts.id }).from(posts));
expect<Equal<typeof called, { id: number }[]>>();
const standalone = await union(ids, ids, ids);
expect<Equal<typeof standalone, { id: number }[]>>();
// @ts-expect-error other fields
void ids.union(db.select({ title: posts.title }).from(posts));
// @ts-expect-error more fields
void ids.except(db.select({ id: posts.id, title: posts.title }).from(posts));
// @ts-expect-error another type
void unionAll(ids, db.select({ id: posts.title }).from(posts));

// ---- counts and builders

const n = await db.$count(users, eq(users.id, 1));
expect<Equal<typeof n, number>>();
const counts = await db
  .select({ id: users.id, n: db.$count(posts, eq(posts.authorId, users.id)) })
  .from(users);
expect<Equal<typeof counts, { id: number; n: number }[]>>();

function paged<T extends SQLiteSelect>(query: T, page: number) {
  return query.limit(10).offset(page * 10);
}
const page = await paged(db.select({ id: users.id }).from(users).$dynamic(), 2);
expect<Equal<typeof page, { id: number }[]>>();

function titled<T extends SQLiteSelectQueryBuilder>(query: T) {
  return query.where(eq(posts.title, "x")).leftJoin(users, eq(users.id, posts.authorId));
}
void titled(db.select().from(posts).$dynamic());

const standaloneBuilder = new QueryBuilder().select({ id: users.id }).from(users).as("qb");
const fromBuilder = await db.select().from(standaloneBuilder);
expect<
  Equal<
    typeof fromBuilder,
    InferSelectModel<typeof users>["id"] extends number ? { id: number }[] : never
  >
>();
expect<Equal<typeof ids._.result, { id: number }[]>>();
