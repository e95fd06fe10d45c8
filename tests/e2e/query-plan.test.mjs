// Query plans in words: every kind of line that SQLite gives is known, and says what it does.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { open } from "virga";

let planWords;
let client;
before(async () => {
  const entry = fileURLToPath(new URL("../../web/src/view/query-plan.ts", import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    write: false,
  });
  const text = encodeURIComponent(outputFiles[0].text);
  ({ planWords } = await import(`data:text/javascript,${text}`));
  client = await open();
  client.exec(`
    create table users (id integer primary key, name text, age integer, bio text);
    create index users_name on users (name, age);
    create table posts (id integer primary key, user_id integer, title text);
    create table tags (a text, b text, primary key (a, b)) without rowid;
    create virtual table words using fts5(word);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
      insert into users select i, 'n' || i, i % 90, 'x' from n;
    insert into posts select id, id, name from users;
    analyze`);
});

const linesOf = (sql) =>
  client
    .prepare(`explain query plan ${sql}`)
    .all()
    .map(({ detail }) => detail);

/** A statement, and the words of its plan's lines; those that are not of interest are left out. */
const expected = {
  "select * from posts": ["Reads all rows of posts"],
  "select * from users where id = 1": ["Finds the row of users by its primary key"],
  "select * from users where id > 5": ["Finds rows of users by their primary key, rowid > …"],
  "select * from users where name = 'a'": ["Finds rows of users by name, in the index users_name"],
  "select age from users where name = 'a' and age > 3": [
    "Finds rows of users by name and age > …, in the index users_name, which has every column that is needed",
  ],
  "select name from users": [
    "Reads all of the index users_name, which has every column that is needed of users",
  ],
  "select * from users order by name limit 1": [
    "Reads all rows of users in the order of the index users_name",
  ],
  "select title from posts order by title": [
    "Reads all rows of posts",
    "Sorts for order by: no index has that order",
  ],
  "select * from users u join posts p on p.user_id = u.id where u.age = 3 and p.title > 'a'": [
    /^Reads all rows of [up]$/,
    /^Makes an index of . for this one query|^Finds the row of u/,
  ],
  "select * from tags where a = 'x'": ["Finds rows of tags by their primary key, a = …"],
  "select max(name) from users": [/users/],
  "select * from words where word match 'rain'": ["Asks the virtual table words for its rows"],
  "select 1": ["One row without a table"],
  "select id from users union all select id from posts": [
    "Several queries as one:",
    "The first of them:",
    /users/,
    "union all:",
    /posts/,
  ],
  "select id, name from users union all select id, title from posts order by 1": [
    "Both sides in order, by union all:",
    "The left side:",
    /users/,
    "The right side:",
    /posts/,
  ],
  "select * from users where name = 'a' or id = 4": [
    "A search for each side of OR:",
    "Search 1:",
    /users_name/,
    "Search 2:",
    "Finds the row of users by its primary key",
  ],
  "select (select title from posts where posts.id = users.age) from users": [
    /users/,
    "Once for each row around it:",
    /posts/,
  ],
  "select * from users where age = (select max(id) from posts)": [
    "Reads all rows of users",
    "Once, its answer is kept:",
    "Finds the least or the greatest of posts",
  ],
  "with recursive n(i) as (select 1 union all select i + 1 from n) select * from n limit 3": [
    "Rows of n, one at a time when they are asked for:",
    "At first:",
    "One row without a table",
    "For each row found so far, again:",
    "Reads all rows of n",
    "Reads all rows of n",
  ],
  "with m as materialized (select * from posts) select * from m": [
    "Rows of m, gathered before they are used:",
    "Reads all rows of posts",
    "Reads all rows of m",
  ],
  "select * from posts right join users on users.age = posts.id": [
    /./,
    /./,
    "Then the rows of users that nothing was joined to:",
    "Reads all rows of users",
  ],
};

for (const [sql, words] of Object.entries(expected))
  test(sql, () => {
    const lines = linesOf(sql);
    const said = lines.map((line) => planWords(line).words);
    assert.equal(said.length, words.length, lines.join("\n"));
    for (const [at, word] of words.entries()) {
      if (typeof word === "string") assert.equal(said[at], word, lines[at]);
      else assert.match(said[at], word, lines[at]);
      assert.notEqual(said[at], lines[at], "a line that is not known");
    }
  });

test("what all rows are read for, and what sorts, is marked", () => {
  const marks = (sql) => linesOf(sql).map((line) => planWords(line).mark);
  assert.deepEqual(marks("select title from posts order by title"), ["scan", "sort"]);
  assert.deepEqual(marks("select * from users where id = 1"), [undefined]);
  assert.deepEqual(planWords("SOMETHING NEW"), { words: "SOMETHING NEW" });
});
