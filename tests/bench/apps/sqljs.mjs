// The smallest application with SQL by hand.
import initSqlJs from "sql.js";

const SQL = await initSqlJs();
const client = new SQL.Database();
client.exec(`create table users (id integer primary key, name text not null);
  create table accounts (id integer primary key, user_id integer not null, provider text not null);
  insert into users values (1, 'Ada'); insert into accounts values (1, 1, 'github');`);
const [{ values }] = client.exec(`select u.id, u.name, a.id, a.user_id, a.provider from users u
  left join accounts a on a.user_id = u.id where u.id = 1`);
if (values[0][4] !== "github") throw new Error("the row is another one");
