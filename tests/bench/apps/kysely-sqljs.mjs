// The smallest application: two tables, one nested read. Kysely has no dialect for sql.js of its own.
import {
  DummyDriver,
  Kysely,
  ParseJSONResultsPlugin,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { jsonObjectFrom } from "kysely/helpers/sqlite";
import initSqlJs from "sql.js";

class Driver extends DummyDriver {
  constructor(client) {
    super();
    this.client = client;
  }
  async acquireConnection() {
    return {
      executeQuery: async ({ sql, parameters }) => {
        const statement = this.client.prepare(sql, parameters);
        const rows = [];
        while (statement.step()) rows.push(statement.getAsObject());
        statement.free();
        return { rows };
      },
    };
  }
}

const SQL = await initSqlJs();
const client = new SQL.Database();
client.exec(`create table users (id integer primary key, name text not null);
  create table accounts (id integer primary key, user_id integer not null, provider text not null);
  insert into users values (1, 'Ada'); insert into accounts values (1, 1, 'github');`);
const db = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new Driver(client),
    createIntrospector: (of) => new SqliteIntrospector(of),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  plugins: [new ParseJSONResultsPlugin()],
});
const found = await db
  .selectFrom("users")
  .select((row) => [
    "id",
    "name",
    jsonObjectFrom(
      row
        .selectFrom("accounts")
        .select(["id", "user_id as userId", "provider"])
        .whereRef("user_id", "=", "users.id"),
    ).as("account"),
  ])
  .where("id", "=", 1)
  .executeTakeFirst();
if (found.account.provider !== "github") throw new Error("the row is another one");
