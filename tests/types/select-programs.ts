// Selects as programs write them: helpers of any table, dynamic queries, self joins, decoders.
import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  inArray,
  like,
  max,
  or,
  sql,
  type AnyColumn,
  type InferSelectModel,
  type Query,
  type SQL,
  type SQLChunk,
  type SQLWrapper,
} from "virga";
import { drizzle } from "virga/better-sqlite3";
import {
  alias,
  integer,
  real,
  sqliteTable,
  text,
  type AnySQLiteColumn,
  type SQLiteTable,
} from "virga/sqlite-core";
import { expect, type Equal } from "./expect.js";

const users = sqliteTable("users", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  name: text("name").notNull(),
  role: text({ enum: ["admin", "guest"] })
    .notNull()
    .default("guest"),
  createdAt: integer("created_at", { mode: "timestamp" })
    .notNull()
    .$defaultFn(() => new Date()),
  settings: text({ mode: "json" }).$type<{ dark: boolean }>(),
  parent: integer().references((): AnySQLiteColumn => users.id),
});
const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  userId: integer("user_id").references(() => users.id),
  score: real(),
});
type User = InferSelectModel<typeof users>;

const db = drizzle(":memory:");

// ---- functions of any table

async function countRows(table: SQLiteTable, where?: SQL): Promise<number> {
  const fields = { count: sql<number>`count(*)`.mapWith(Number) };
  const [row] = await db.select(fields).from(table).where(where);
  return row?.count ?? 0;
}
function sorted<T extends SQLiteTable>(table: T, order: AnyColumn) {
  return db.select().from(table).orderBy(desc(order));
}
void countRows(users, eq(users.id, 1));
const list: User[] = await sorted(users, users.id);
void list;

const { settings: _settings, ...others } = getTableColumns(users);
const partial = await db.select(others).from(users);
expect<
  Equal<
    (typeof partial)[number],
    { id: number; name: string; role: "admin" | "guest"; createdAt: Date; parent: number | null }
  >
>();

// ---- conditions

eq(users.role, "admin");
inArray(users.role, ["admin"] as const);
// @ts-expect-error not one of the enum's values
eq(users.role, "owner");
const conditions: (SQL | undefined)[] = [eq(users.id, 1), undefined];
const dark = eq(users.settings, { dark: true });
const where = and(...conditions, or(like(users.name, "%a%"), dark));
void db.select().from(users).where(where);
const wrappers: SQLWrapper[] = [];
void and(...wrappers);
const chunks: SQLChunk[] = [sql`a`, users, users.id, 1, ["x"], undefined];
void sql.join(chunks, sql` `);

// ---- joins of a table with itself, groups, subqueries

const parents = alias(users, "parents");
const tree = await db
  .select({
    id: users.id,
    parent: { id: parents.id, name: parents.name },
    last: max(users.createdAt),
    posts: count(posts.id),
  })
  .from(users)
  .leftJoin(parents, eq(parents.id, users.parent))
  .leftJoin(posts, eq(posts.userId, users.id))
  .groupBy(users.id, parents.id)
  .having((fields) => sql`${fields.posts} > 1`)
  .orderBy(asc(users.name), desc(parents.id))
  .limit(sql.placeholder("limit"));
expect<
  Equal<
    (typeof tree)[number],
    {
      id: number;
      parent: { id: number; name: string } | null;
      last: Date | null;
      posts: number;
    }
  >
>();

const best = db
  .select({ userId: posts.userId, score: max(posts.score).as("score") })
  .from(posts)
  .groupBy(posts.userId)
  .as("best");
const scores = await db
  .select({ name: users.name, score: best.score, user: best.userId })
  .from(users)
  .innerJoin(best, eq(best.userId, users.id));
expect<
  Equal<(typeof scores)[number], { name: string; score: number | null; user: number | null }>
>();

// ---- dynamic queries and decoders

let query = db.select().from(users).$dynamic();
if (scores.length > 1) query = query.where(eq(users.id, 1)).limit(1);
const all = query.all();
expect<Equal<typeof all, User[]>>();
const written: Query = query.toSQL();
void written;

const decoded = await db
  .select({
    date: sql`${users.createdAt}`.mapWith(users.createdAt),
    text: sql`1`.mapWith(String),
    large: sql`1`.mapWith((stored: number) => stored > 0),
    maybe: sql`null`.mapWith(Number).nullable(),
  })
  .from(users);
expect<
  Equal<
    (typeof decoded)[number],
    { date: Date; text: string; large: boolean; maybe: number | null }
  >
>();
