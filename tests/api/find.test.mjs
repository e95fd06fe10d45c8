// Relation queries: nesting, conditions and orders at every level, chosen columns.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asc, desc, eq, gt, relations, sql } from "virga";
import { foreignKey, integer, primaryKey, sqliteTable, text } from "virga/sqlite-core";
import { blog, databaseOf, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;

test("three levels, each in the order that was asked for", async (t) => {
  const db = await seededBlog(t);
  const found = await db.query.authors.findMany({
    orderBy: desc(authors.name),
    columns: { name: true },
    with: {
      posts: {
        columns: { title: true },
        orderBy: (columns, helpers) => [helpers.desc(columns.stars), asc(columns.id)],
        with: { tags: { columns: { tag: true } } },
      },
      mentor: { columns: { name: true } },
    },
  });
  const tagged = (title, ...tags) => ({ title, tags: tags.map((tag) => ({ tag })) });
  const ada = { name: "Ada" };
  assert.deepEqual(found, [
    { name: "Cy", posts: [tagged("Mist")], mentor: ada },
    { name: "Bo", posts: [], mentor: ada },
    { ...ada, posts: [tagged("Clouds", "sky"), tagged("Rain", "sky", "wet")], mentor: null },
  ]);
});

test("conditions are SQL or functions of the columns; limits count per parent", async (t) => {
  const db = await seededBlog(t);
  const found = await db.query.authors.findMany({
    where: (columns, { inArray }) => inArray(columns.id, [1, 3]),
    columns: { id: true },
    with: {
      posts: {
        columns: { id: true },
        where: gt(posts.stars, -1),
        orderBy: desc(posts.id),
        limit: 1,
      },
    },
  });
  assert.deepEqual(found, [
    { id: 1, posts: [{ id: 3 }] },
    { id: 3, posts: [{ id: 2 }] },
  ]);
});

test("columns are included when any is true, else left out", async (t) => {
  const db = await seededBlog(t);
  const one = (columns) => db.query.posts.findFirst({ columns, where: eq(posts.id, 1) });
  assert.deepEqual(await one({ title: true, id: true, stars: false }), { id: 1, title: "Clouds" });
  assert.deepEqual(await one({ authorId: false, stars: false }), { id: 1, title: "Clouds" });
  assert.deepEqual(await one({ authorId: undefined, stars: false }), {
    id: 1,
    authorId: 1,
    title: "Clouds",
  });
});

test("no columns but relations", async (t) => {
  const db = await seededBlog(t);
  const found = await db.query.posts.findFirst({ columns: {}, with: { tags: true } });
  assert.deepEqual(found, { tags: [{ postId: 1, tag: "sky" }] });
});

test("limit and offset are parameters, so that pages share one compiled query", async (t) => {
  const db = await seededBlog(t);
  const page = (offset) => db.query.posts.findMany({ limit: 1, offset, orderBy: asc(posts.id) });
  assert.equal((await page(1))[0].title, "Mist");
  assert.equal((await page(2))[0].title, "Rain");
  assert.equal(page(1).toSQL().sql, page(2).toSQL().sql);
});

test("rows that two parents share are objects of their own", async (t) => {
  const db = await seededBlog(t);
  const [bo, cy] = await db.query.authors.findMany({
    where: gt(authors.id, 1),
    with: { mentor: true },
  });
  assert.deepEqual(bo.mentor, cy.mentor);
  assert.notEqual(bo.mentor, cy.mentor);
});

test("sync() gives the result at once", async (t) => {
  const db = await seededBlog(t);
  assert.equal(db.query.authors.findMany().sync().length, 3);
  assert.equal(db.query.authors.findFirst({ where: eq(authors.id, 9) }).sync(), undefined);
});

test("a query of several statements shows all of them", async (t) => {
  const db = await seededBlog(t);
  const query = db.query.authors.findMany({ where: eq(authors.id, 1), with: { posts: true } });
  const { sql, params, statements } = query.toSQL();
  assert.equal(statements.length, 2);
  assert.equal(sql, statements.join(";\n"));
  assert.deepEqual(params, [1]);
  const trace = query.explain();
  assert.deepEqual(
    trace.statements.map((statement) => statement.sql),
    statements,
  );
  assert.match(trace.plan, /authors\.posts/);
  assert.deepEqual(trace.statements[0].parameters, [1]);
  assert.ok(trace.timings.some(({ stage }) => stage === "run"));
});

test("extras at every level, as an object or a function, called by their keys", async (t) => {
  const db = await seededBlog(t);
  const found = await db.query.authors.findMany({
    columns: { id: true },
    extras: { shout: sql`upper(${authors.name})`.as("loud") },
    where: eq(authors.id, 1),
    with: {
      posts: {
        columns: {},
        extras: (columns, helpers) => ({
          short: helpers.sql`substr(${columns.title}, 1, 2)`.mapWith((v) => [v]).as("short"),
          stars: posts.stars,
        }),
        orderBy: asc(posts.id),
        offset: 1,
        limit: 5,
      },
    },
  });
  assert.deepEqual(found, [{ id: 1, shout: "ADA", posts: [{ short: ["Ra"], stars: 3 }] }]);
});

test("several relations between two tables, and keys of several columns", async (t) => {
  const teams = sqliteTable(
    "teams",
    { league: text().notNull(), name: text().notNull() },
    (table) => [primaryKey({ columns: [table.league, table.name] })],
  );
  const games = sqliteTable(
    "games",
    { id: integer().primaryKey(), league: text(), home: text(), guest: text() },
    (table) => [
      foreignKey({
        columns: [table.league, table.home],
        foreignColumns: [teams.league, teams.name],
      }),
    ],
  );
  const side = (one, relationName, column) =>
    one(teams, {
      fields: [games.league, column],
      references: [teams.league, teams.name],
      relationName,
    });
  const db = await databaseOf(t, {
    teams,
    games,
    teamsRelations: relations(teams, ({ many }) => ({
      atHome: many(games, { relationName: "home" }),
      away: many(games, { relationName: "guest" }),
      unclear: many(games),
    })),
    gamesRelations: relations(games, ({ one }) => ({
      homeTeam: side(one, "home", games.home),
      guestTeam: side(one, "guest", games.guest),
    })),
  });
  await db.insert(teams).values([
    { league: "a", name: "x" },
    { league: "a", name: "y" },
    { league: "b", name: "x" },
  ]);
  await db.insert(games).values([
    { id: 1, league: "a", home: "x", guest: "y" },
    { id: 2, league: "a", home: "y", guest: "x" },
  ]);
  const found = await db.query.teams.findMany({
    with: { atHome: { columns: { id: true } }, away: { with: { homeTeam: true } } },
    orderBy: [asc(teams.league), asc(teams.name)],
  });
  assert.deepEqual(
    found.map(({ atHome, away }) => [atHome.map(({ id }) => id), away.map(({ id }) => id)]),
    [
      [[1], [2]],
      [[2], [1]],
      [[], []],
    ],
  );
  assert.deepEqual(found[0].away[0].homeTeam, { league: "a", name: "y" });
  await assert.rejects(db.query.teams.findMany({ with: { unclear: true } }), {
    code: "invalid_schema",
    message:
      /There are multiple relations between "games" and "teams". Please specify relation name/,
  });
});
