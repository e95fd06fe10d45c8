// The smallest application: two tables, one relation, one nested read.
import { defineRelations } from "drizzle-orm-v1";
import { drizzle } from "drizzle-orm-v1/sql-js";
import { integer, sqliteTable, text } from "drizzle-orm-v1/sqlite-core";
import initSqlJs from "sql.js";

const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
const accounts = sqliteTable("accounts", {
  id: integer().primaryKey(),
  userId: integer("user_id").notNull(),
  provider: text().notNull(),
});
const relations = defineRelations({ users, accounts }, (r) => ({
  users: { account: r.one.accounts({ from: r.users.id, to: r.accounts.userId }) },
}));

const SQL = await initSqlJs();
const client = new SQL.Database();
client.exec(`create table users (id integer primary key, name text not null);
  create table accounts (id integer primary key, user_id integer not null, provider text not null);
  insert into users values (1, 'Ada'); insert into accounts values (1, 1, 'github');`);
const db = drizzle(client, { relations });
const found = await db.query.users.findFirst({ where: { id: 1 }, with: { account: true } });
if (found.account.provider !== "github") throw new Error("the row is another one");
