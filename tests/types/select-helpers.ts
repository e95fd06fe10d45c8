// Types that programs derive from tables and databases, by Drizzle's names.
import type {
  BuildQueryResult,
  DBQueryConfig,
  ExtractTablesWithRelations,
  GetColumnData,
  InferEnum,
  InferInsertModel,
  InferModel,
  InferModelFromColumns,
  InferSelectModel,
  InferSelectViewModel,
  SQL,
} from "virga";
import { is } from "virga";
import { drizzle } from "virga/better-sqlite3";
import {
  BaseSQLiteDatabase,
  sqliteTable,
  sqliteView,
  text,
  type AnySQLiteColumn,
  type AnySQLiteTable,
  type SQLiteDelete,
  type SQLiteInsert,
  type SQLiteSelect,
  type SQLiteTableWithColumns,
  type SQLiteUpdate,
} from "virga/sqlite-core";
import { expect, type Equal } from "./expect.js";
import * as blog from "./blog.js";

const { users, posts } = blog;
interface User {
  id: number;
  name: string;
  inviter: number | null;
}
type Row<T> = { [K in keyof T]: T[K] };
interface NewUser {
  name: string;
  id?: number | undefined;
  inviter?: number | null | undefined;
}

// ---- rows

expect<Equal<InferSelectModel<typeof users>, Row<User>>>();
expect<Equal<typeof users.$inferSelect, Row<User>>>();
expect<Equal<InferInsertModel<typeof users>, Row<NewUser>>>();
expect<Equal<typeof users.$inferInsert, Row<NewUser>>>();
expect<Equal<InferModel<typeof users>, Row<User>>>();
expect<Equal<InferModel<typeof users, "insert">, Row<NewUser>>>();
expect<Equal<InferModelFromColumns<(typeof users)["_"]["columns"]>, Row<User>>>();
expect<Equal<GetColumnData<typeof users.inviter>, number | null>>();
expect<Equal<GetColumnData<typeof users.inviter, "raw">, number>>();

// Members may have the names of SQL instead of the keys.
interface PostByName {
  id: number;
  title: string;
  author_id: number;
  editor_id: number | null;
}
type ByName = { dbColumnNames: true };
expect<Equal<InferSelectModel<typeof posts, ByName>, Row<PostByName>>>();
expect<Equal<InferModel<typeof posts, "select", ByName>, Row<PostByName>>>();
expect<Equal<InferSelectModel<typeof users, { dbColumnNames: false }>, Row<User>>>();
expect<
  Equal<keyof InferInsertModel<typeof posts, ByName>, "id" | "title" | "author_id" | "editor_id">
>();

const roles = sqliteTable("roles", { role: text({ enum: ["admin", "guest"] }) });
expect<Equal<InferEnum<typeof roles.role>, "admin" | "guest">>();

const names = sqliteView("names").as((qb) => qb.select({ name: users.name }).from(users));
expect<Equal<typeof names.$inferSelect, { name: string }>>();
expect<Equal<InferSelectViewModel<typeof names>, { name: string }>>();

// ---- relation queries

type Schema = ExtractTablesWithRelations<typeof blog>;
type UserConfig = DBQueryConfig<"many", true, Schema, Schema["users"]>;
const config = { columns: { name: true }, with: { posts: { columns: { id: true } } } } as const;
const accepted: UserConfig = config;
void accepted;
expect<
  Equal<
    BuildQueryResult<Schema, Schema["users"], typeof config>,
    { name: string; posts: { id: number }[] }
  >
>();
expect<Equal<BuildQueryResult<Schema, Schema["users"], true>, Row<User>>>();

// ---- databases, queries and tables as parameters

const db = drizzle(":memory:", { schema: blog });
function firstUser(database: BaseSQLiteDatabase<"sync", unknown, typeof blog>) {
  return database.query.users.findFirst();
}
const found = await firstUser(db);
expect<Equal<typeof found, Row<User> | undefined>>();
db.transaction((tx) => void firstUser(tx));
if (is(db, BaseSQLiteDatabase)) void db;

const table: AnySQLiteTable = users;
const column: AnySQLiteColumn = users.id;
const withColumns: SQLiteTableWithColumns<(typeof users)["_"]> = users;
void [table, column, withColumns.name];

const select: SQLiteSelect = db.select().from(posts);
const insert: SQLiteInsert = db.insert(posts).values({ title: "x", authorId: 1 });
const update: SQLiteUpdate = db.update(posts).set({ title: "x" });
const removal: SQLiteDelete = db.delete(posts);
void [select, insert, update, removal];

const filters: SQL[] = [];
void db
  .select()
  .from(users)
  .where(filters[0])
  .orderBy(...filters);

// A function of any table keeps the type of its rows.
function everything<T extends AnySQLiteTable>(source: T) {
  return db.select().from(source).all();
}
void everything(users);
