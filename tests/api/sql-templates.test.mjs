// `sql` in every form: what may stand in a template, and what can be done with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AliasedSQL,
  asc,
  eq,
  gt,
  is,
  mapColumnsInAliasedSQLToAlias,
  mapColumnsInSQLToAlias,
  name,
  Name,
  Param,
  param,
  Placeholder,
  placeholder,
  SQL,
  sql,
  StringChunk,
} from "virga";
import {
  alias,
  customType,
  integer,
  SQLiteAsyncDialect,
  SQLiteDialect,
  SQLiteSyncDialect,
  sqliteTable,
  text,
} from "virga/sqlite-core";
import { blog, databaseOf, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;

test("tables, columns, aliases, lists, nested SQL, nothing", async (t) => {
  const db = await seededBlog(t);
  const value = async (expression) =>
    (await db.select({ value: expression }).from(authors).where(eq(authors.id, 1)))[0].value;
  assert.equal(await value(sql`(select count(*) from ${posts})`), 3);
  const own = sql`${posts.authorId} = ${authors.id}`;
  assert.equal(await value(sql`(select count(*) from ${posts} where ${own})`), 2);
  const other = alias(authors, "other");
  assert.equal(await value(sql`(select max(${other.name}) from ${other})`), "Cy");
  assert.equal(await value(sql`${authors.name} in ${["Ada", "Bo"]}`), 1);
  assert.equal(await value(sql`${2}${sql` + ${sql`${3}`}`}${undefined}`), 5);
  assert.equal(
    await value(sql`${new Param("x")} || ${new StringChunk(["'y'", " || 'z'"])}`),
    "xyz",
  );
  assert.equal(await value(sql`${null} is null`), 1);
  assert.equal(await value(sql`${new Uint8Array([104, 105])} = x'6869'`), 1);
});

test("a subquery and a common table expression in a template", async (t) => {
  const db = await seededBlog(t);
  const sub = db.select({ id: posts.id, title: posts.title }).from(posts).as("sub");
  const [{ titles }] = await db
    .select({
      titles: sql`(select group_concat(${sub.title}, ',') from ${sub} where ${sub.id} < ${3})`,
    })
    .from(authors)
    .limit(1);
  assert.equal(titles, "Clouds,Mist");
  const cte = db.$with("cte").as(db.select({ id: posts.id }).from(posts));
  const [{ most }] = await db
    .with(cte)
    .select({ most: sql`(select max(${cte.id}) from ${cte})` })
    .from(authors)
    .limit(1);
  assert.equal(most, 3);
});

test("raw, join, identifier, empty, fromList, comment, append, if", async (t) => {
  const db = await seededBlog(t);
  const value = async (expression) =>
    (await db.select({ v: expression }).from(authors).limit(1))[0].v;
  assert.equal(await value(sql.raw("1 + 1")), 2);
  assert.equal(await value(sql.join([sql`1`, 2, sql`3`], sql` + `)), 6);
  assert.equal(await value(sql.join([sql`1`, sql` + 1`])), 2);
  assert.equal(await value(sql`max(${sql.join([1, 2], sql.raw(", "))})`), 2);
  assert.equal(await value(sql`${authors}.${sql.identifier("full_name")}`), "Ada");
  assert.equal(
    await value(sql`(select ${sql.identifier('a"b')} from (select 1 as ${sql.identifier('a"b')}))`),
    1,
  );
  assert.equal(await value(sql`${sql.empty()}1${sql.fromList([sql` + `, sql`1`])}`), 2);
  assert.equal(await value(sql`1 ${sql.comment("fast */ select")} ${sql.comment("")}`), 1);
  const facts = sql.comment({ route: "/a'b", action: "x", none: undefined });
  assert.match(
    db
      .select({ v: sql`1 ${facts}` })
      .from(authors)
      .toSQL().sql,
    /\/\*action='x',route='%2Fa\\'b'\*\//,
  );
  const appended = sql`1`;
  assert.equal(appended.append(sql` + ${1}`), appended);
  assert.equal(await value(appended), 2);
  assert.equal(sql`1`.if(false), undefined);
  assert.equal(await value(sql`1${sql` + 1`.if(true)}`), 2);
});

test("inlineParams writes values into the SQL", async (t) => {
  const db = await seededBlog(t);
  const inlined = sql`${"it's"} || ${1} || ${null} is null`.inlineParams();
  const query = db
    .select({ v: sql`${inlined} and ${2}` })
    .from(authors)
    .limit(1);
  assert.deepEqual(query.toSQL().params, [2, 1]);
  assert.match(query.toSQL().sql, /'it''s' \|\| 1 \|\| null/);
  assert.deepEqual(await query, [{ v: 1 }]);
  const named = db
    .select({ id: authors.id })
    .from(authors)
    .where(eq(authors.name, "Bo").inlineParams());
  assert.deepEqual(await named, [{ id: 2 }]);
  assert.deepEqual(named.toSQL().params, []);
});

test("mapWith decodes by a function, a column, or an object; null stays null", async (t) => {
  const shouted = customType({ dataType: () => "text", fromDriver: (stored) => `${stored}!` });
  const things = sqliteTable("things", {
    at: integer({ mode: "timestamp" }),
    flag: integer({ mode: "boolean" }),
    shout: shouted(),
    data: text({ mode: "json" }),
  });
  const db = await databaseOf(t, { things });
  await db.insert(things).values({ flag: true });
  const [row] = await db
    .select({
      number: sql`'5'`.mapWith(Number),
      date: sql`${5}`.mapWith(things.at),
      flag: sql`max(${things.flag})`.mapWith(things.flag),
      shout: sql`'hey'`.mapWith(things.shout).as("shout"),
      json: sql`json_array(1)`.mapWith(things.data),
      object: sql`1`.mapWith({ mapFromDriverValue: (stored) => [stored] }),
      none: sql`null`.mapWith(Number).nullable(),
      nested: { deep: sql`2`.mapWith(String) },
    })
    .from(things);
  assert.deepEqual(row, {
    number: 5,
    date: new Date(5000),
    flag: true,
    shout: "hey!",
    json: [1],
    object: [1],
    none: null,
    nested: { deep: "2" },
  });
});

test("param encodes by a column or an encoder", async (t) => {
  const things = sqliteTable("things", { at: integer({ mode: "timestamp" }) });
  const db = await databaseOf(t, { things });
  const at = new Date(7000);
  await db.insert(things).values({ at });
  const found = (condition) => db.select().from(things).where(condition);
  assert.deepEqual(await found(sql`${things.at} = ${sql.param(at, things.at)}`), [{ at }]);
  const half = { mapToDriverValue: (value) => value / 2 };
  assert.deepEqual(await found(sql`${things.at} = ${param(14, half)}`), [{ at }]);
  await assert.rejects(found(sql`${things.at} = ${at}`), {
    code: "invalid_value",
    message: /not Date/,
  });
});

test("an alias is its expression as a field and its name elsewhere", async (t) => {
  const db = await seededBlog(t);
  const upper = sql`upper(${authors.name})`.as("up");
  const query = db.select({ upper }).from(authors).where(eq(upper, "BO")).orderBy(upper);
  assert.deepEqual(await query, [{ upper: "BO" }]);
  assert.match(query.toSQL().sql, /as "up" .*where "up" = \?.* order by "up"/);
  assert.deepEqual(
    await db
      .select({ upper })
      .from(authors)
      .orderBy(sql`${upper} desc`)
      .limit(1),
    [{ upper: "CY" }],
  );
});

test("a dialect turns SQL into text; columns can be taken from an alias", async (t) => {
  const db = await seededBlog(t);
  const condition = eq(authors.id, 1);
  const written = { sql: '"authors"."id" = ?1', params: [1] };
  assert.deepEqual(new SQLiteSyncDialect().sqlToQuery(condition), written);
  assert.ok(is(new SQLiteAsyncDialect(), SQLiteDialect));
  const other = alias(authors, "other");
  const moved = mapColumnsInSQLToAlias(sql`${condition} and ${gt(authors.id, 0)}`, "other");
  assert.deepEqual(await db.select({ id: other.id }).from(other).where(moved), [{ id: 1 }]);
  const named = mapColumnsInAliasedSQLToAlias(sql`${authors.id}`.as("n"), "other");
  assert.deepEqual(await db.select({ named }).from(other).where(moved), [{ named: 1 }]);
});

test("classes are known by their entity kinds", () => {
  assert.ok(is(sql`1`, SQL) && is(asc(authors.id), SQL));
  assert.ok(is(sql`1`.as("x"), SQL.Aliased) && SQL.Aliased === AliasedSQL);
  assert.ok(is(sql.identifier("x"), Name) && is(name("x"), Name));
  assert.ok(is(sql.param(1), Param));
  assert.ok(is(placeholder("x"), Placeholder) && is(sql.placeholder("x"), Placeholder));
});
