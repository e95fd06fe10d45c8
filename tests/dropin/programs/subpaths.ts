// The longer ways to Drizzle's exports, as editors and `drizzle-kit pull` write them.
import { getTableColumns } from "drizzle-orm/utils";
import { relations } from "drizzle-orm/relations";
import { eq, sql } from "drizzle-orm/sql";
import { asc } from "drizzle-orm/sql/expressions";
import { getTableName, type Table } from "drizzle-orm/table";
import { Column } from "drizzle-orm/column";
import { entityKind, is } from "drizzle-orm/entity";
import { DrizzleError } from "drizzle-orm/errors";
import { DefaultLogger, type Logger } from "drizzle-orm/logger";
import { drizzle } from "drizzle-orm/better-sqlite3/driver";
import { alias } from "drizzle-orm/sqlite-core/alias";
import { integer } from "drizzle-orm/sqlite-core/columns/integer";
import { text } from "drizzle-orm/sqlite-core/columns/text";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core/db";
import { union } from "drizzle-orm/sqlite-core/query-builders/select";
import { sqliteTable } from "drizzle-orm/sqlite-core/table";
import { varchar } from "drizzle-orm/pg-core/columns/varchar";

const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text(),
  bossId: integer("boss"),
});
const usersRelations = relations(users, ({ one }) => ({
  boss: one(users, { fields: [users.bossId], references: [users.id] }),
}));
const described = (table: Table): string =>
  `${getTableName(table)}: ${Object.keys(getTableColumns(table)).join(", ")}`;
const seen: string[] = [];
const logger: Logger = { logQuery: (query) => void seen.push(query.slice(0, 6)) };

const db = drizzle(":memory:", { schema: { users, usersRelations }, logger });
const anyDb: BaseSQLiteDatabase<"sync", unknown, any> = db;
anyDb.run(sql`create table users (id integer primary key, name text, boss integer)`);
db.insert(users)
  .values([{ name: "a" }, { name: "b", bossId: 1 }])
  .run();
const boss = alias(users, "boss");
console.log(
  described(users),
  is(users.id, Column),
  Column[entityKind],
  DrizzleError.name,
  typeof varchar,
  new DefaultLogger() instanceof DefaultLogger,
);
console.log(
  db
    .select({ name: users.name, boss: boss.name })
    .from(users)
    .leftJoin(boss, eq(boss.id, users.bossId))
    .orderBy(asc(users.id))
    .all(),
);
const names = () => db.select({ name: users.name }).from(users);
console.log(
  union(names(), names()).all(),
  db.query.users.findMany({ with: { boss: true } }).sync(),
);
console.log(seen);
