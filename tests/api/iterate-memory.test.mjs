// iterate() over a million rows holds a part of them at a time, in wasm and in JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { grown, megabyte } from "./module-memory.mjs";
import { drizzle, openSync, relations } from "virga";
import { integer, sqliteTable, sqliteView, text } from "virga/sqlite-core";

const count = 1_000_000;
const numbers = sqliteView("numbers", { id: integer("id"), name: text("name") }).existing();
const words = sqliteTable("words", { id: integer("id").primaryKey(), of: integer("of") });
const letters = sqliteTable("letters", {
  id: integer("id").primaryKey(),
  wordId: integer("word_id"),
});
const ofWords = relations(words, ({ many }) => ({ letters: many(letters) }));
const ofLetters = relations(letters, ({ one }) => ({
  word: one(words, { fields: [letters.wordId], references: [words.id] }),
}));

const client = openSync();
// The rows are made while they are read, so that all memory is the reader's.
client.exec(`
create view numbers as with recursive n(i) as (select 1 union all select i + 1 from n limit ${count})
  select i as id, 'the name of number ' || i as name from n;
create table words (id integer primary key, "of" integer);
create table letters (id integer primary key, word_id integer);
create index letters_word on letters (word_id);
with recursive n(i) as (select 1 union all select i + 1 from n limit 20000) insert into words select i, i from n;
with recursive n(i) as (select 1 union all select i + 1 from n limit 200000)
  insert into letters select i, i % 20000 + 1 from n;`);
const db = drizzle(client, { schema: { words, letters, ofWords, ofLetters } });

function visit(rows) {
  let visited = 0;
  for (const _ of rows) visited += 1;
  return visited;
}

test("a million rows of a select", () => {
  const query = db.select().from(numbers);
  const bytes = grown(() => assert.equal(visit(query.iterate()), count));
  assert.ok(bytes <= 2 * megabyte, `${bytes} bytes`);
});

test("200,000 rows below 20,000", () => {
  const query = db.query.words.findMany({ with: { letters: true } });
  let below = 0;
  const bytes = grown(() => {
    for (const word of query.iterate()) below += word.letters.length;
  });
  assert.equal(below, 200_000);
  assert.ok(bytes <= 2 * megabyte, `${bytes} bytes`);
});

test("a whole result whose levels are read one after the other takes more", () => {
  const query = db.query.words.findMany({ with: { letters: true } });
  assert.ok(grown(() => query.sync()) > 4 * megabyte);
});
