// Relations of `defineRelations`: how they are filtered, ordered and loaded.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  defineRelations,
  defineRelationsPart,
  EmptyFilter,
  relations as relationsV1,
  sql,
} from "virga";
import { posts, relations, seeded, tables, users } from "./club.mjs";

const names = (rows) => rows.map(({ name, title }) => name ?? title);

test("one, many, themselves, through a junction, and from the reverse side", async (t) => {
  const db = await seeded(t);
  const columns = { id: true };
  const found = await db.query.users.findMany({
    columns: { name: true },
    orderBy: { id: "asc" },
    with: {
      posts: { columns, orderBy: { id: "asc" } },
      edited: { columns },
      inviter: { columns },
      invitees: { columns, orderBy: { id: "desc" } },
      groups: { columns, orderBy: { id: "asc" } },
    },
  });
  const ids = (...list) => list.map((id) => ({ id }));
  assert.deepEqual(found, [
    {
      name: "Ada",
      posts: ids(1, 3),
      edited: ids(2),
      inviter: null,
      invitees: ids(3, 2),
      groups: ids(1, 2),
    },
    {
      name: "Bo",
      posts: [],
      edited: ids(3),
      inviter: { id: 1 },
      invitees: [],
      groups: ids(1),
    },
    {
      name: "Cy",
      posts: ids(2),
      edited: [],
      inviter: { id: 1 },
      invitees: [],
      groups: ids(2),
    },
  ]);
  const post = await db.query.posts.findFirst({
    where: { id: 3 },
    with: { author: { columns: { name: true } }, editor: { columns: { name: true } } },
  });
  assert.deepEqual([post.author.name, post.editor.name], ["Ada", "Bo"]);
});

test("a relation's own condition holds when it is loaded and when it is a filter", async (t) => {
  const db = await seeded(t);
  const found = await db.query.groups.findMany({
    orderBy: { id: "asc" },
    with: { verified: { columns: { name: true }, orderBy: { id: "asc" } } },
  });
  assert.deepEqual(
    found.map((group) => names(group.verified)),
    [["Ada"], ["Ada", "Cy"]],
  );
  const where = { verified: { name: "Bo" } };
  assert.deepEqual(await db.query.groups.findMany({ where }), []);
});

test("the reverse side applies the condition to its own rows", async (t) => {
  const reversed = defineRelations(tables, (r) => ({
    users: { posts: r.many.posts() },
    posts: {
      author: r.one.users({ from: r.posts.authorId, to: r.users.id, where: { name: "Ada" } }),
    },
  }));
  const db = await seeded(t, { relations: reversed });
  const found = await db.query.users.findMany({ with: { posts: { columns: { id: true } } } });
  assert.deepEqual(
    found.map((user) => user.posts.length),
    [2, 0, 0],
  );
  const withPosts = await db.query.users.findMany({ where: { posts: true } });
  assert.deepEqual(names(withPosts), ["Ada"]);
  const posted = await db.query.posts.findMany({ with: { author: true } });
  assert.deepEqual(
    posted.map((post) => post.author?.name ?? null),
    ["Ada", null, "Ada"],
  );
});

test("filters are values, operators, relations and their combinations", async (t) => {
  const db = await seeded(t);
  const found = async (where) =>
    names(await db.query.users.findMany({ where, orderBy: { id: "asc" } })).join(" ");
  assert.equal(await found({ name: "Ada" }), "Ada");
  assert.equal(await found({ verified: true, name: { ne: "Ada" } }), "Cy");
  assert.equal(await found({ id: { in: [1, 2] } }), "Ada Bo");
  assert.equal(await found({ id: { notIn: [1, 2] } }), "Cy");
  assert.equal(await found({ id: { gt: 1, lte: 2 } }), "Bo");
  assert.equal(await found({ id: { OR: [1, { gte: 3 }] } }), "Ada Cy");
  assert.equal(await found({ id: { NOT: { eq: 2 }, AND: [{ gt: 1 }, { lt: 9 }] } }), "Cy");
  assert.equal(await found({ inviterId: { isNull: true } }), "Ada");
  assert.equal(await found({ inviterId: { isNotNull: true } }), "Bo Cy");
  assert.equal(await found({ name: { like: "%o" } }), "Bo");
  assert.equal(await found({ name: { ilike: "a%", notLike: "B%" } }), "Ada");
  assert.equal(await found({ name: { notIlike: "%a" } }), "Bo Cy");
  assert.equal(await found({ OR: [{ name: "Bo" }, { posts: { title: "Mist" } }] }), "Bo Cy");
  assert.equal(await found({ AND: [{ id: { gt: 1 } }, { verified: true }] }), "Cy");
  assert.equal(await found({ NOT: { OR: [{ id: 1 }, { id: 2 }] } }), "Cy");
  assert.equal(await found({ RAW: sql`${users.id} = 2` }), "Bo");
  assert.equal(await found({ RAW: (table, { eq }) => eq(table.id, 2) }), "Bo");
  assert.equal(await found({ posts: true }), "Ada Cy");
  assert.equal(await found({ posts: false }), "Bo");
  assert.equal(await found({ groups: { name: "sky" } }), "Ada Bo");
  assert.equal(await found({ NOT: { groups: { name: "sky" } } }), "Cy");
  assert.equal(await found({ inviter: { posts: { at: { gt: new Date(1500) } } } }), "Bo Cy");
  assert.equal(await found({ invitees: { RAW: (u, { gt }) => gt(u.id, 2) } }), "Ada");
  assert.equal(await found({ name: EmptyFilter, id: { gt: 2, lt: EmptyFilter } }), "Cy");
  assert.equal(await found({ OR: EmptyFilter }), "Ada Bo Cy");
  assert.equal(await found({ posts: { at: new Date(3000) } }), "Cy");
});

test("orders are objects, over relations and their aggregates too", async (t) => {
  const db = await seeded(t);
  const users = async (orderBy) => names(await db.query.users.findMany({ orderBy })).join(" ");
  assert.equal(await users({ verified: "asc", id: "desc" }), "Bo Cy Ada");
  assert.equal(await users((u, { desc }) => desc(u.id)), "Cy Bo Ada");
  assert.equal(await users({ posts: "desc(count)", id: "asc" }), "Ada Cy Bo");
  assert.equal(await users({ posts: { at: "desc(max)" } }), "Cy Ada Bo");
  assert.equal(await users({ posts: { at: "asc(min)" }, id: "asc" }), "Bo Ada Cy");
  assert.equal(await users({ inviter: { name: "asc" }, id: "desc" }), "Ada Cy Bo");
  const posts = async (orderBy) => names(await db.query.posts.findMany({ orderBy })).join(" ");
  assert.equal(await posts({ author: { name: "desc" }, id: "desc" }), "Mist Rain Clouds");
  assert.equal(await posts({ author: { posts: "asc(count)" }, id: "asc" }), "Mist Clouds Rain");
});

test("orders and filters through a junction, and over relations with conditions", async (t) => {
  const conditional = defineRelations(tables, (r) => ({
    users: {
      groups: r.many.groups({
        from: r.users.id.through(r.members.userId),
        to: r.groups.id.through(r.members.groupId),
        where: { name: { ne: "sea" } },
      }),
      posts: r.many.posts(),
    },
    groups: { users: r.many.users() },
    posts: {
      author: r.one.users({
        from: r.posts.authorId,
        to: r.users.id,
        where: { verified: true, id: { gt: 1 } },
      }),
    },
  }));
  const db = await seeded(t, { relations: conditional });
  const users = async (config) => names(await db.query.users.findMany(config)).join(" ");
  const groupsOf = async (config) => names(await db.query.groups.findMany(config)).join(" ");
  assert.equal(await users({ orderBy: { groups: "asc(count)", id: "asc" } }), "Cy Ada Bo");
  assert.equal(
    await users({ orderBy: { groups: { name: "desc(first)" }, id: "desc" } }),
    "Bo Ada Cy",
  );
  assert.equal(await groupsOf({ orderBy: { users: { id: "desc(avg)" }, id: "asc" } }), "sky sea");
  assert.equal(await users({ where: { groups: false } }), "Cy");
  assert.equal(await groupsOf({ where: { users: true } }), "sky");
  assert.equal(await users({ where: { posts: true } }), "Cy");
  assert.equal(await users({ where: { posts: false }, orderBy: { id: "asc" } }), "Ada Bo");
  assert.equal(await users({ orderBy: { posts: "desc(count)", id: "asc" } }), "Cy Ada Bo");
  const [sky, sea] = await db.query.groups.findMany({
    orderBy: { id: "asc" },
    with: { users: { columns: { name: true }, orderBy: { id: "asc" }, limit: 5 } },
  });
  assert.deepEqual([names(sky.users), names(sea.users)], [["Ada", "Bo"], []]);
});

test("extras are called by their keys; limit and offset at every level", async (t) => {
  const db = await seeded(t);
  const [ada] = await db.query.users.findMany({
    columns: { id: true },
    limit: 1,
    extras: {
      shout: (table, helpers) => helpers.sql`upper(${table.name})`,
      half: sql`${users.id} / 2.0`.mapWith(String),
    },
    with: {
      posts: {
        columns: {},
        extras: { shout: (table) => sql`upper(${table.title})`.mapWith((text) => `${text}!`) },
        orderBy: { id: "asc" },
        limit: 1,
        offset: 1,
      },
    },
  });
  assert.deepEqual(ada, { id: 1, shout: "ADA", half: "0.5", posts: [{ shout: "RAIN!" }] });
});

test("placeholders stand anywhere in a prepared query", async (t) => {
  const db = await seeded(t);
  const { placeholder } = sql;
  const prepared = db.query.users
    .findMany({
      columns: { name: true },
      where: { id: { in: placeholder("ids") }, verified: placeholder("verified") },
      extras: { twice: sql`${users.id} * ${placeholder("factor")}`.mapWith(Number) },
      limit: placeholder("limit"),
      orderBy: { id: "asc" },
      with: {
        posts: {
          columns: { title: true },
          where: { at: { gte: placeholder("since") } },
          offset: placeholder("skip"),
          limit: 1,
          orderBy: { id: "asc" },
        },
      },
    })
    .prepare();
  const values = { ids: [1, 2, 3], verified: true, factor: 2, limit: 5, skip: 0 };
  assert.deepEqual(await prepared.execute({ ...values, since: new Date(1500) }), [
    { name: "Ada", twice: 2, posts: [{ title: "Rain" }] },
    { name: "Cy", twice: 6, posts: [{ title: "Mist" }] },
  ]);
  assert.deepEqual(
    await prepared.execute({ ...values, ids: [1], factor: 3, skip: 1, since: new Date(0) }),
    [{ name: "Ada", twice: 3, posts: [{ title: "Rain" }] }],
  );
});

test("without a callback there are queries but no relations; parts are spread together", async (t) => {
  const db = await seeded(t, { relations: defineRelations(tables) });
  assert.equal((await db.query.users.findMany()).length, 3);
  await assert.rejects(db.query.users.findMany({ with: { posts: true } }), {
    code: "unknown_relation",
    message: 'Unknown relation "users" -> "posts"',
  });
  const part = defineRelationsPart(tables, (r) => ({
    users: { posts: r.many.posts({ from: r.users.id, to: r.posts.authorId }) },
  }));
  assert.deepEqual(Object.keys(part), ["users"]);
  const merged = await seeded(t, { relations: { ...defineRelations(tables), ...part } });
  const user = await merged.query.users.findFirst({ with: { posts: true } });
  assert.equal(user.posts.length, 2);
  assert.deepEqual(Object.keys(defineRelationsPart(tables)), Object.keys(tables));
});

test("both lines beside each other: query and _query", async (t) => {
  const usersRelations = relationsV1(users, ({ many }) => ({ posts: many(posts) }));
  const postsRelations = relationsV1(posts, ({ one }) => ({
    editor: one(users, { fields: [posts.editorId], references: [users.id] }),
  }));
  const db = await seeded(t, { relations, schema: { ...tables, usersRelations, postsRelations } });
  const first = (queries, config) => queries.users.findFirst({ ...config, with: { posts: true } });
  assert.deepEqual(names((await first(db.query, {})).posts), ["Clouds", "Rain"]);
  const edited = (queries) => first(queries, { where: (u, { eq }) => eq(u.id, 1) });
  assert.deepEqual(names((await edited(db._query)).posts), ["Mist"]);
  await db.transaction(async (tx) => {
    assert.deepEqual(names((await edited(tx._query)).posts), ["Mist"]);
  });
});

test("mistakes in queries name what is nearest", async (t) => {
  const db = await seeded(t);
  const wrong = async (config, expected) => {
    await assert.rejects(db.query.users.findMany(config), expected);
  };
  await wrong(
    { where: { nmae: "x" } },
    { message: 'Unknown relational filter field: "nmae"', hint: /Nearest: "name"/ },
  );
  await wrong({ where: { posts: { tilte: "x" } } }, { hint: /"title"/, path: /posts\.tilte/ });
  await wrong({ where: { id: { gtt: 1 } } }, { hint: /Nearest: "gte?"/ });
  await wrong({ where: { name: undefined } }, /Unexpected 'undefined' in filter value/);
  await wrong({ where: { name: { eq: undefined } } }, /Unexpected 'undefined'/);
  await wrong({ where: { OR: [] } }, /Unexpected empty array in filters' 'OR' section/);
  await wrong({ where: { AND: [undefined] } }, /Unexpected 'undefined'/);
  await wrong({ where: { name: null } }, { hint: /isNull/ });
  await wrong({ where: { name: { isNull: false } } }, { hint: /isNotNull/ });
  await wrong(
    { orderBy: { nmae: "asc" } },
    { message: 'Unknown relational order field: "nmae"', hint: /"name"/ },
  );
  await wrong({ orderBy: { name: "up" } }, /Invalid order "name": unknown direction "up"/);
  await wrong({ orderBy: { posts: "desc" } }, { hint: /desc\(count\)/ });
  await wrong({ orderBy: { posts: { at: "desc" } } }, { hint: /desc\(max\)/ });
  await wrong({ with: { pots: true } }, { message: /"users" -> "pots"/, hint: /"posts"/ });
  await wrong({ columns: {} }, /No fields selected for table "users"/);
  await wrong(
    { with: { posts: { columns: {} } } },
    /No fields selected for table "posts" \("posts"\)/,
  );
});
