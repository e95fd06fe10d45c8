// The smallest application: two tables, one relation, one nested read.
import { drizzle, eq, open, relations } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";

const users = sqliteTable("users", { id: integer().primaryKey(), name: text().notNull() });
const accounts = sqliteTable("accounts", {
  id: integer().primaryKey(),
  userId: integer("user_id").notNull(),
  provider: text().notNull(),
});
const usersRelations = relations(users, ({ one }) => ({
  account: one(accounts, { fields: [users.id], references: [accounts.userId] }),
}));

const client = await open();
client.exec(`create table users (id integer primary key, name text not null);
  create table accounts (id integer primary key, user_id integer not null, provider text not null);
  insert into users values (1, 'Ada'); insert into accounts values (1, 1, 'github');`);
const db = drizzle(client, { schema: { users, accounts, usersRelations } });
const found = await db.query.users.findFirst({ where: eq(users.id, 1), with: { account: true } });
if (found.account.provider !== "github") throw new Error("the row is another one");
