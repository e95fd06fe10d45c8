// Tables beside their columns: constraints, names, metadata, aliases; expressions of SQLite.
import { aliasedTable, getColumns, getTableColumns, getTableName, getTableUniqueName } from "virga";
import { getViewName, getViewSelectedFields, isTable, isView, sql, type SQL } from "virga";
import {
  alias,
  camelCase,
  check,
  foreignKey,
  getTableConfig,
  getViewConfig,
  index,
  integer,
  primaryKey,
  snakeCase,
  sqliteTable,
  sqliteTableCreator,
  sqliteView,
  text,
  unique,
  uniqueIndex,
  uniqueKeyName,
} from "virga/sqlite-core";
import { concat, rowId, substring } from "virga/sqlite-core/expressions";
import { expect, type Equal } from "./expect.js";
import { posts, users } from "./blog.js";

// ---- constraints: columns are those of the table

sqliteTable("seats", { row: integer().notNull(), place: integer(), userId: integer() }, (t) => [
  primaryKey({ columns: [t.row, t.place], name: "seat" }),
  foreignKey({ columns: [t.userId], foreignColumns: [users.id] })
    .onDelete("cascade")
    .onUpdate("set null"),
  index("by_place")
    .on(t.place, sql`${t.row} + 1`)
    .where(sql`${t.row} > 1`),
  uniqueIndex("seat_once").on(t.row, t.userId),
  unique("seat_user").on(t.row, t.userId),
  check("row_positive", sql`${t.row} > 0`),
]);
sqliteTable("seats", { row: integer() }, (t) => ({ byRow: index("by_row").on(t.row) }));
// @ts-expect-error: no such column
sqliteTable("seats", { row: integer() }, (t) => [index("by_place").on(t.place)]);
// @ts-expect-error: an index is of columns
sqliteTable("seats", { row: integer() }, () => [index("by_place").on()]);
// @ts-expect-error: an index is of columns, not of names
sqliteTable("seats", { row: integer() }, () => [index("by_place").on("row")]);
// @ts-expect-error: no constraint
sqliteTable("seats", { row: integer() }, (t) => [t.row]);
// @ts-expect-error: the condition is SQL
sqliteTable("seats", { row: integer() }, () => [check("positive", "row > 0")]);
// @ts-expect-error: no such action
foreignKey({ columns: [posts.authorId], foreignColumns: [users.id] }).onDelete("remove");
// @ts-expect-error: a key has columns
primaryKey({ columns: [] });
// @ts-expect-error: no such action
integer().references(() => users.id, { onDelete: "remove" });

// ---- modifiers keep to the type of the column

integer().$onUpdate(() => 1);
text().$onUpdateFn(() => sql`upper('a')`);
text().$onUpdate(() => null);
// @ts-expect-error: a number
integer().$onUpdate(() => "1");
// @ts-expect-error: a number
integer().default("1");
// @ts-expect-error: a text
text().$defaultFn(() => 1);
// @ts-expect-error: a text counts nothing
text().primaryKey({ autoIncrement: true });

// ---- names

const prefixed = sqliteTableCreator((name) => `app_${name}`)("users", { id: integer().notNull() });
expect<Equal<typeof prefixed.$inferSelect, { id: number }>>();
const cased = snakeCase.table("cased", { fullName: text().notNull() });
expect<Equal<typeof cased.$inferSelect, { fullName: string }>>();
const camel = camelCase.table("camel", { full_name: text() });
expect<Equal<typeof camel.$inferSelect, { full_name: string | null }>>();
expect<Equal<ReturnType<typeof getTableName>, string>>();
expect<Equal<ReturnType<typeof getTableUniqueName>, string>>();
expect<Equal<ReturnType<typeof uniqueKeyName>, string>>();
// @ts-expect-error: a name is no table
getTableName("users");

// ---- metadata

const names = sqliteView("names").as((qb) => qb.select({ name: users.name }).from(users));
expect<Equal<ReturnType<typeof getTableColumns<typeof users>>, (typeof users)["_"]["columns"]>>();
const columns = getColumns(users);
expect<Equal<keyof typeof columns, "id" | "name" | "inviter">>();
// @ts-expect-error: no such column
columns.title;
const config = getTableConfig(users);
expect<Equal<typeof config.name, string>>();
config.foreignKeys[0]?.reference().foreignColumns[0]?.name satisfies string | undefined;
// @ts-expect-error: no such member
config.triggers;
// @ts-expect-error: a view is no table
getTableConfig(names);
expect<Equal<ReturnType<typeof getViewConfig>["name"], string>>();
// @ts-expect-error: a table is no view
getViewConfig(users);
expect<Equal<ReturnType<typeof getViewName>, string>>();
getViewSelectedFields(names).name;
declare const anything: unknown;
if (isTable(anything)) getTableName(anything);
if (isView(anything)) getViewName(anything);

// ---- aliases

const inviters = alias(users, "inviters");
expect<Equal<typeof inviters.$inferSelect, typeof users.$inferSelect>>();
expect<Equal<(typeof inviters.id)["_"]["tableName"], "inviters">>();
const others = aliasedTable(users, "others");
expect<Equal<(typeof others.name)["_"]["tableName"], "others">>();
// @ts-expect-error: no such column
inviters.title;

// ---- expressions of SQLite

expect<Equal<ReturnType<typeof concat>, SQL<string>>>();
concat(users.name, "!");
// @ts-expect-error: a text
concat(users.name, 1);
substring(users.name, { from: 1, for: 2 });
// @ts-expect-error: positions are numbers
substring(users.name, { from: "1" });
expect<Equal<ReturnType<typeof rowId>, SQL<number>>>();
