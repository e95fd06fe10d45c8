// A program that uses better-sqlite3 itself beside Drizzle.
import Database from "better-sqlite3";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { blob, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

const notes = sqliteTable("notes", {
  id: integer("id").primaryKey(),
  body: text("body"),
  raw: blob("raw", { mode: "buffer" }),
});

interface Note {
  id: number;
  body: string | null;
}

const sqlite: Database.Database = new Database(":memory:", { timeout: 100 });
sqlite.exec("create table notes (id integer primary key, body text, raw blob)");

const insert = sqlite.prepare("insert into notes (body, raw) values (@body, @raw)");
const insertAll = sqlite.transaction((bodies: string[]) => {
  for (const body of bodies) insert.run({ body, raw: Buffer.from(body) });
  return bodies.length;
});
console.log(insertAll(["a", "b?", "c"]), insertAll.immediate(["d"]));
try {
  sqlite.transaction(() => {
    insert.run({ body: "lost", raw: null });
    throw new Error("undo");
  })();
} catch (error) {
  console.log((error as Error).message);
}

const byId = sqlite.prepare<[number], Note>("select id, body from notes where id = ?");
console.log(byId.get(2), byId.get(99));
const between = sqlite.prepare("select id from notes where id between :low and $high -- ?");
console.log(between.all({ low: 2, high: 3 }), between.pluck().all({ low: 1, high: 9 }));
console.log(sqlite.prepare("select ?, '?', \"id\" from notes limit 1").raw().get(["x"]));
console.log(sqlite.prepare("update notes set body = ? where id > ?").run("z", 2));
for (const note of sqlite.prepare("select id, body from notes").iterate()) console.log(note);
console.log(sqlite.prepare("select body from notes where id = ?").bind(4).get());
console.log(sqlite.pragma("foreign_keys", { simple: true }), sqlite.pragma("user_version"));
try {
  byId.get(...([1, 2] as unknown as [number]));
} catch (error) {
  console.log((error as Error).message.slice(0, 30));
}

const db = drizzle({ client: sqlite, schema: { notes } });
const work = sqlite.transaction((id: number) => {
  db.update(notes).set({ body: "through Drizzle" }).where(eq(notes.id, id)).run();
  return db.$client.prepare("select body from notes where id = ?").get(id);
});
console.log(work(1), db.$client === sqlite, sqlite.name, sqlite.memory, sqlite.open);
console.log(
  db.query.notes
    .findFirst({ columns: { raw: true } })
    .sync()
    ?.raw?.toString(),
);
console.log(db.$client.close().open);
