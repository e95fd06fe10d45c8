// Rows of selects: joins decide what may be null.
import { count, eq, max, sql, sum } from "virga";
import { alias } from "virga/sqlite-core";
import { drizzle } from "virga/node-postgres";
import { Pool } from "virga/pg";
import { expect, type Equal } from "./expect.js";
import { posts, users } from "./blog.js";

interface User {
  id: number;
  name: string;
  inviter: number | null;
}
interface Post {
  id: number;
  title: string;
  authorId: number;
  editorId: number | null;
}
type Row<T> = { [K in keyof T]: T[K] };

const db = drizzle(new Pool());
const byAuthor = eq(posts.authorId, users.id);

// ---- all fields

const plain = await db.select().from(users);
expect<Equal<typeof plain, Row<User>[]>>();

const left = await db.select().from(users).leftJoin(posts, byAuthor);
expect<Equal<typeof left, { users: Row<User>; posts: Row<Post> | null }[]>>();

const right = await db.select().from(users).rightJoin(posts, byAuthor);
expect<Equal<typeof right, { users: Row<User> | null; posts: Row<Post> }[]>>();

const inner = await db.select().from(users).innerJoin(posts, byAuthor);
expect<Equal<typeof inner, { users: Row<User>; posts: Row<Post> }[]>>();

const full = await db.select().from(users).fullJoin(posts, byAuthor);
expect<Equal<typeof full, { users: Row<User> | null; posts: Row<Post> | null }[]>>();

const cross = await db.select().from(users).crossJoin(posts);
expect<Equal<typeof cross, { users: Row<User>; posts: Row<Post> }[]>>();

const editor = alias(users, "editor");
const three = await db
  .select()
  .from(posts)
  .innerJoin(users, byAuthor)
  .leftJoin(editor, eq(editor.id, posts.editorId));
expect<Equal<typeof three, { posts: Row<Post>; users: Row<User>; editor: Row<User> | null }[]>>();

const laterRight = await db
  .select()
  .from(users)
  .leftJoin(posts, byAuthor)
  .rightJoin(editor, eq(editor.id, users.id));
expect<
  Equal<
    typeof laterRight,
    { users: Row<User> | null; posts: Row<Post> | null; editor: Row<User> }[]
  >
>();

// ---- chosen fields

const chosen = await db
  .select({
    id: users.id,
    title: posts.title,
    editor: posts.editorId,
    n: sql<number>`1`,
    m: sql<string | null>`null`.as("m"),
    total: count(),
    sum: sum(posts.id),
    latest: max(posts.id),
  })
  .from(users)
  .leftJoin(posts, byAuthor);
expect<
  Equal<
    typeof chosen,
    {
      id: number;
      title: string | null;
      editor: number | null;
      n: number;
      m: string | null;
      total: number;
      sum: string | null;
      latest: number | null;
    }[]
  >
>();

const nested = await db
  .select({
    user: { id: users.id, name: users.name },
    post: { id: posts.id, shout: sql<string>`upper(${posts.title})` },
    both: { user: users.id, post: posts.id },
    deep: { only: { id: posts.id } },
  })
  .from(users)
  .leftJoin(posts, byAuthor);
expect<
  Equal<
    typeof nested,
    {
      user: { id: number; name: string };
      post: { id: number; shout: string } | null;
      both: { user: number; post: number | null };
      deep: { only: { id: number } | null };
    }[]
  >
>();

const whole = await db
  .select({ users, post: posts, n: sql<number>`1` })
  .from(users)
  .leftJoin(posts, byAuthor);
expect<Equal<typeof whole, { users: Row<User>; post: Row<Post> | null; n: number }[]>>();

const first = db.select({ id: users.id }).from(users).get();
expect<Equal<typeof first, { id: number } | undefined>>();
const distinct = db.selectDistinct({ name: users.name }).from(users).all();
expect<Equal<typeof distinct, { name: string }[]>>();

// ---- callbacks know the fields

void db
  .select({ id: users.id, upper: sql<string>`upper(${users.name})`.as("upper") })
  .from(users)
  .where((fields) => eq(fields.upper, "A"))
  .groupBy((fields) => [fields.id, fields.upper])
  .having((fields) => eq(fields.id, 1))
  .orderBy((fields) => fields.upper);
void db
  .select()
  .from(users)
  .leftJoin(posts, (fields) => eq(fields.posts.authorId, fields.users.id))
  // @ts-expect-error a table that is not part of the query
  .where((fields) => eq(fields.editor.id, 1));
// @ts-expect-error a value of another type
void db.select().from(users).where(eq(users.id, "1"));
// @ts-expect-error neither a column nor SQL
void db.select({ id: 1 });
