// Joins: which rows they give, what is null in them, and what may be selected from several sources.
import assert from "node:assert/strict";
import { test } from "node:test";
import { and, asc, desc, eq, getTableColumns, gt, sql } from "virga";
import { alias } from "virga/sqlite-core";
import { blog, seededBlog } from "./schemas.mjs";

const { authors, posts } = blog;
const byAuthor = eq(posts.authorId, authors.id);

const ada = { id: 1, name: "Ada", mentorId: null };
const bo = { id: 2, name: "Bo", mentorId: 1 };
const cy = { id: 3, name: "Cy", mentorId: 1 };
const clouds = { id: 1, authorId: 1, title: "Clouds", stars: 5 };
const mist = { id: 2, authorId: 3, title: "Mist", stars: 0 };
const rain = { id: 3, authorId: 1, title: "Rain", stars: 3 };

test("left, right, inner and full joins: a source whose row is missing is null", async (t) => {
  const db = await seededBlog(t);
  const ordered = (query) => query.orderBy(authors.id, posts.id).all();
  const pairs = [
    { authors: ada, posts: clouds },
    { authors: ada, posts: rain },
  ];
  const boAlone = { authors: bo, posts: null };
  const last = { authors: cy, posts: mist };
  const start = db.select().from(authors);
  assert.deepEqual(ordered(start.innerJoin(posts, byAuthor)), [...pairs, last]);
  assert.deepEqual(ordered(start.leftJoin(posts, byAuthor)), [...pairs, boAlone, last]);
  assert.deepEqual(ordered(start.fullJoin(posts, byAuthor)), [...pairs, boAlone, last]);
  const reversed = ordered(db.select().from(posts).rightJoin(authors, byAuthor));
  assert.deepEqual(reversed, [...pairs, boAlone, last]);
  assert.deepEqual(Object.keys(reversed[0]), ["posts", "authors"]);
});

test("a cross join gives every pair", async (t) => {
  const db = await seededBlog(t);
  const pairs = await db
    .select({ author: authors.id, post: posts.id })
    .from(authors)
    .crossJoin(posts);
  assert.equal(pairs.length, 9);
});

test("an alias joins a table with itself, and names its member", async (t) => {
  const db = await seededBlog(t);
  const mentor = alias(authors, "mentor");
  const rows = await db
    .select()
    .from(authors)
    .leftJoin(mentor, eq(authors.mentorId, mentor.id))
    .orderBy(authors.id);
  assert.deepEqual(rows, [
    { authors: ada, mentor: null },
    { authors: bo, mentor: ada },
    { authors: cy, mentor: ada },
  ]);
  assert.deepEqual(await db.select().from(mentor).where(eq(mentor.id, 2)), [bo]);
  assert.deepEqual(Object.keys(getTableColumns(mentor)), ["id", "name", "mentorId"]);
});

test("chosen fields: flat ones are null one by one, objects of a missing row as a whole", async (t) => {
  const db = await seededBlog(t);
  const mentor = alias(authors, "mentor");
  const rows = await db
    .select({
      title: posts.title,
      author: { name: authors.name },
      both: { mentor: mentor.name, post: posts.id },
      deep: { mentor: { mentorId: mentor.mentorId, id: mentor.id } },
    })
    .from(authors)
    .leftJoin(posts, and(byAuthor, gt(posts.stars, 3)))
    .leftJoin(mentor, eq(mentor.id, authors.mentorId))
    .orderBy(authors.id)
    .limit(2);
  assert.deepEqual(rows, [
    {
      title: "Clouds",
      author: { name: "Ada" },
      both: { mentor: null, post: 1 },
      deep: { mentor: null },
    },
    {
      title: null,
      author: { name: "Bo" },
      both: { mentor: "Ada", post: null },
      // Drizzle decides by the first column, which is null here although the row is there.
      deep: { mentor: { mentorId: null, id: 1 } },
    },
  ]);
  assert.deepEqual(Object.keys(rows[0]), ["title", "author", "both", "deep"]);
});

test("whole tables are fields, and tables can be spread", async (t) => {
  const db = await seededBlog(t);
  const rows = await db
    .select({ n: sql`1`.as("n"), post: posts, authors })
    .from(authors)
    .leftJoin(posts, byAuthor)
    .where(eq(authors.id, 2));
  assert.deepEqual(rows, [{ n: 1, post: null, authors: bo }]);
  const spread = await db
    .select({ ...getTableColumns(posts), author: authors.name })
    .from(posts)
    .innerJoin(authors, byAuthor)
    .where(eq(posts.id, 2));
  assert.deepEqual(spread, [{ ...mist, author: "Cy" }]);
});

test("conditions of joins may be functions of the fields, or SQL", async (t) => {
  const db = await seededBlog(t);
  const rows = await db
    .select()
    .from(authors)
    .innerJoin(posts, (fields) => eq(fields.posts.authorId, fields.authors.id))
    .where((fields) => gt(fields.posts.stars, 3))
    .orderBy((fields) => [desc(fields.posts.stars), asc(fields.authors.id)]);
  assert.deepEqual(rows, [{ authors: ada, posts: clouds }]);
  const one = sql`(select 1 as "one") "ones"`;
  const joined = await db
    .select()
    .from(authors)
    .innerJoin(one, sql`"ones"."one" = ${authors.id}`);
  assert.deepEqual(joined, [{ authors: ada }]);
});

test("joins that contradict the query are refused", async (t) => {
  const db = await seededBlog(t);
  const message = "A query reads from a table, view, subquery or SQL, not undefined.";
  assert.throws(() => db.select().from(blog.author), { message });
  assert.throws(() => db.select().from(authors).leftJoin(blog.post, byAuthor), { message });
  await assert.rejects(db.select({ id: authors.idd }).from(authors), {
    message: 'Field "id" is a column or SQL, not undefined.',
  });
  assert.throws(() => db.select().from(authors).leftJoin(authors, byAuthor), {
    message: 'Alias "authors" is already used in this query',
  });
  const mentor = alias(authors, "mentor");
  const twice = () =>
    db.select().from(authors).leftJoin(mentor, byAuthor).leftJoin(mentor, byAuthor);
  assert.throws(twice, { message: 'Alias "mentor" is already used in this query' });
  await assert.rejects(db.select({ post: { id: posts.id } }).from(authors), {
    code: "unknown_table",
    message:
      'Your "post->id" field references a column "posts"."id", but the table "posts" is not part ' +
      "of the query! Did you forget to join it?",
  });
});
