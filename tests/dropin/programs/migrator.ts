// A program that brings its database up to date when it starts, with a folder of drizzle-kit.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

const users = sqliteTable("users", { id: integer().primaryKey(), name: text(), age: integer() });

const tags = ["0000_init", "0001_age"];
const entries = tags.map((tag, idx) => {
  return { idx, version: "6", when: 1_700_000_000_000 + idx, tag, breakpoints: true };
});
const files = {
  "meta/_journal.json": JSON.stringify({ version: "7", dialect: "sqlite", entries }),
  "0000_init.sql":
    "CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `name` text);\n--> statement-breakpoint\nINSERT INTO `users` (`name`) VALUES ('Ada');",
  "0001_age.sql": "ALTER TABLE `users` ADD `age` integer DEFAULT 36;",
};

const migrationsFolder = mkdtempSync(join(tmpdir(), "migrator-"));
for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(migrationsFolder, path)), { recursive: true });
  writeFileSync(join(migrationsFolder, path), content);
}

const db = drizzle(new Database(":memory:"), { schema: { users } });
for (let start = 0; start < 2; start += 1) {
  migrate(db, { migrationsFolder, migrationsTable: "ran" });
  console.log(JSON.stringify(db.query.users.findMany().sync()));
}
console.log(JSON.stringify(db.all(sql`select * from ran`)));
console.log(JSON.stringify(db.all(sql`select sql from sqlite_master where name = 'users'`)));
for (const { sql: statements, hash, folderMillis, bps } of readMigrationFiles({ migrationsFolder }))
  console.log(JSON.stringify({ statements, hash, folderMillis, bps }));

rmSync(migrationsFolder, { recursive: true });
