// The smallest application: two tables, one relation, one nested read.
import { eq, relations } from "drizzle-orm";
import { drizzle } from "drizzle-orm/sql-js";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import initSqlJs from "sql.js";

const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
const accounts = sqliteTable("accounts", {
  id: integer().primaryKey(),
  userId: integer("user_id").notNull(),
  provider: text().notNull(),
});
const usersRelations = relations(users, ({ one }) => ({
  account: one(accounts, { fields: [users.id], references: [accounts.userId] }),
}));

const SQL = await initSqlJs();
const client = new SQL.Database();
client.exec(`create table users (id integer primary key, name text not null);
  create table accounts (id integer primary key, user_id integer not null, provider text not null);
  insert into users values (1, 'Ada'); insert into accounts values (1, 1, 'github');`);
const db = drizzle(client, { schema: { users, accounts, usersRelations } });
// This line of Drizzle gives relations of sql.js as JSON text.
const found = await db.query.users.findFirst({ where: eq(users.id, 1), with: { account: true } });
if (found.id !== 1) throw new Error("the row is another one");
