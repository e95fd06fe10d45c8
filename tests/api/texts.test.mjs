// Texts of results that are too long to be decoded at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { relations } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";
import { random } from "../bench/random.mjs";
import { databaseOf } from "./schemas.mjs";

const shelves = sqliteTable("shelves", { id: integer("id").primaryKey(), name: text("name") });
const books = sqliteTable("books", {
  id: integer("id").primaryKey(),
  shelf: integer("shelf"),
  body: text("body"),
});
const schema = {
  shelves,
  books,
  shelvesRelations: relations(shelves, ({ many }) => ({ books: many(books) })),
  booksRelations: relations(books, ({ one }) => ({
    standsOn: one(shelves, { fields: [books.shelf], references: [shelves.id] }),
  })),
};

const pieces = [
  "a",
  "plain words ",
  "é",
  "žluťoučký kůň",
  "\ufeff",
  "日本語",
  "🦉",
  "\u{10ffff}",
  "\0",
];

/** A text of pieces in every width of UTF-8; most are short, some longer than what is decoded at once. */
function anyText(next) {
  const count = next() < 0.02 ? 40_000 * next() : 40 * next();
  const only = next() < 0.5 ? 2 : pieces.length;
  return Array.from({ length: count }, () => pieces[Math.floor(next() * only)]).join("");
}

test("texts of any length and script are read as they were written", async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 32);
  t.diagnostic(`seed ${seed}`);
  const next = random(seed);
  const db = await databaseOf(t, schema);
  const shelfRows = Array.from({ length: 60 }, (_, id) => ({ id, name: anyText(next) }));
  const bookRows = Array.from({ length: 600 }, (_, id) => {
    return { id, shelf: Math.floor(next() * 60), body: anyText(next) };
  });
  await db.insert(shelves).values(shelfRows);
  await db.insert(books).values(bookRows);

  assert.deepEqual(await db.select().from(books).orderBy(books.id), bookRows);
  const arrays = bookRows.map((row) => [row.id, row.shelf, row.body]);
  assert.deepEqual(db.select().from(books).orderBy(books.id).values(), arrays);
  const nested = await db.query.shelves.findMany({
    orderBy: shelves.id,
    with: { books: { orderBy: books.id } },
  });
  const expected = shelfRows.map((shelf) => ({
    ...shelf,
    books: bookRows.filter((book) => book.shelf === shelf.id),
  }));
  assert.deepEqual(nested, expected);
});
