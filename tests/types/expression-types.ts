// Operators, aggregates and the parts of `sql`.
import {
  and,
  arrayContains,
  asc,
  avg,
  avgDistinct,
  between,
  cosineDistance,
  count,
  countDistinct,
  desc,
  eq,
  exists,
  fillPlaceholders,
  getOperators,
  getOrderByOperators,
  gt,
  ilike,
  inArray,
  isNotNull,
  isNull,
  l2Distance,
  like,
  lte,
  max,
  min,
  ne,
  not,
  notBetween,
  notExists,
  notInArray,
  notLike,
  or,
  sql,
  sum,
  sumDistinct,
  type AliasedSQL,
  type SQL,
} from "virga";
import { QueryBuilder, integer, sqliteTable, text } from "virga/sqlite-core";
import { expect, type Equal } from "./expect.js";

const items = sqliteTable("items", {
  id: integer().primaryKey(),
  name: text().notNull(),
  state: text({ enum: ["open", "closed"] }),
  at: integer({ mode: "timestamp" }).notNull(),
});
const qb = new QueryBuilder();
const ids = qb.select({ id: items.id }).from(items);

// ---- comparisons: the right side is of the left side's type, or SQL

expect<Equal<ReturnType<typeof eq>, SQL>>();
eq(items.id, 1);
eq(items.at, new Date());
ne(items.state, "open");
gt(items.at, items.at);
lte(items.id, sql`1`);
eq(items.id, sql.placeholder("id"));
eq(sql<number>`1`, 2);
// @ts-expect-error: a number
eq(items.id, "1");
// @ts-expect-error: not in the enum
ne(items.state, "gone");
// @ts-expect-error: a date
gt(items.at, 1);
// @ts-expect-error: SQL of numbers
eq(sql<number>`1`, "2");
// @ts-expect-error: a value has no column to be encoded by
eq("id", 1);
// @ts-expect-error: null equals nothing
eq(items.id, null);

between(items.id, 1, 2);
notBetween(items.at, new Date(0), sql`unixepoch()`);
// @ts-expect-error: numbers
between(items.id, 1, "2");
inArray(items.state, ["open"]);
inArray(items.id, ids);
notInArray(items.id, sql.placeholder("ids"));
// @ts-expect-error: not in the enum
inArray(items.state, ["gone"]);
// @ts-expect-error: a list
notInArray(items.id, 1);
like(items.name, "a%");
ilike(items.name, sql`'a%'`);
// @ts-expect-error: a pattern is a text
notLike(items.name, 1);
isNull(items.state);
isNotNull(sql`1`);
// @ts-expect-error: a column or SQL
isNull("state");
exists(ids);
notExists(ids);
// @ts-expect-error: a subquery
exists(true);
arrayContains(sql`'[]'`, ["a"]);
// @ts-expect-error: a list
arrayContains(sql`'[]'`, 1);

// ---- conditions together

expect<Equal<ReturnType<typeof and>, SQL | undefined>>();
expect<Equal<ReturnType<typeof or>, SQL | undefined>>();
expect<Equal<ReturnType<typeof not>, SQL>>();
and(undefined, eq(items.id, 1));
// @ts-expect-error: a condition is SQL
and(true);
// @ts-expect-error: there has to be one
not(undefined);

// ---- orders and aggregates

asc(items.id);
desc(sql`1`);
// @ts-expect-error: a column or SQL
asc("id");
const of = <T>(_expression: SQL<T>): T => undefined as T;
const total = of(sum(items.id));
expect<Equal<typeof total, string | null>>();
const distinctTotal = of(sumDistinct(items.id));
expect<Equal<typeof distinctTotal, string | null>>();
const mean = of(avg(items.id));
expect<Equal<typeof mean, string | null>>();
const distinctMean = of(avgDistinct(items.id));
expect<Equal<typeof distinctMean, string | null>>();
const rows = of(count());
expect<Equal<typeof rows, number>>();
const distinct = of(countDistinct(items.state));
expect<Equal<typeof distinct, number>>();
const latest = of(max(items.at));
expect<Equal<typeof latest, Date | null>>();
const lowest = of(min(items.state));
expect<Equal<typeof lowest, "open" | "closed" | null>>();
const ofSql = of(max(sql<number>`1`));
expect<Equal<typeof ofSql, string | null>>();
// @ts-expect-error: a column or SQL
sum("id");
// @ts-expect-error: a column or SQL
max(1);
l2Distance(items.name, [1, 2]);
cosineDistance(items.name, ids);
// @ts-expect-error: a vector
l2Distance(items.name, 1);

// ---- sql

const typed = sql<number>`${items.id} + ${1}`;
expect<Equal<typeof typed, SQL<number>>>();
const nullable = typed.nullable();
expect<Equal<typeof nullable, SQL<number | null>>>();
const inline = typed.inlineParams();
expect<Equal<typeof inline, SQL<number>>>();
const perhaps = typed.if(false);
expect<Equal<typeof perhaps, SQL<number> | undefined>>();
const named = typed.as("n");
expect<Equal<typeof named, AliasedSQL<number>>>();
const renamed = sql`1`.as<boolean>("b");
expect<Equal<typeof renamed, AliasedSQL<boolean>>>();
const asColumn = sql`1`.mapWith(items.at);
expect<Equal<typeof asColumn, SQL<Date>>>();
const mapped = sql`1`.mapWith(String);
expect<Equal<typeof mapped, SQL<string>>>();
typed.append(sql`1`);
sql.join([sql.raw("1"), sql.identifier("a"), sql.empty(), sql.param(1, items.id)], sql`, `);
// @ts-expect-error: a name is a text
sql.identifier(1);
// @ts-expect-error: the text of SQL
sql.raw(1);
// @ts-expect-error: a name is a text
typed.as(1);
// @ts-expect-error: SQL, not its text
typed.append("1");
// @ts-expect-error: decodes nothing
typed.mapWith("number");
const filled = fillPlaceholders([sql.placeholder("id"), 1], { id: 1 });
filled satisfies readonly unknown[];
// @ts-expect-error: values by name
fillPlaceholders([sql.placeholder("id")], 1);
getOperators().eq(items.id, 1);
// @ts-expect-error: a number
getOperators().eq(items.id, "1");
getOrderByOperators().desc(items.id);
// @ts-expect-error: no condition is made of orders
getOrderByOperators().eq;
