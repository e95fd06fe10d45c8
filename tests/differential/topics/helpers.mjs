// What is exported beside tables and queries: helpers, classes, drizzle.mock, loggers, replicas.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

/** What a logger is told: one line for each query, with its parameters. */
function recorder() {
  const told = [];
  return { told, logger: { logQuery: (query, params) => told.push([typeof query, params]) } };
}

/** Parameters may have numbers. */
const unnumbered = (text) => text.replace(/\?\d+/g, "?");

export default topic(
  "helpers",
  shop,
  {},
  {
    getTableUniqueName: ({ s, orm: { getTableUniqueName } }) => getTableUniqueName(s.users),
    uniqueKeyName: ({ s, core: { uniqueKeyName } }) => uniqueKeyName(s.users, ["a", "b"]),
    "isTable, isView": ({ s, orm: { isTable, isView } }) => [
      isTable(s.users),
      isTable({}),
      isView(s.users),
      isView(null),
    ],
    getOperators: with_({ lines: ["0.45"] }, ({ orm: { getOperators } }) =>
      Object.keys(getOperators())
        .filter((name) => !name.startsWith("array"))
        .sort(),
    ),
    getOrderByOperators: ({ orm: { getOrderByOperators } }) =>
      Object.keys(getOrderByOperators()).sort(),
    fillPlaceholders: ({ orm: { fillPlaceholders, sql } }) =>
      fillPlaceholders([1, sql.placeholder("a"), "x", sql.placeholder("b")], { a: 5, b: null }),
    "fillPlaceholders without a value": with_(
      { fails: "alike" },
      ({ orm: { fillPlaceholders, sql } }) => fillPlaceholders([sql.placeholder("a")], {}),
    ),
    "classes of values": ({ db, s, orm }) => {
      const { is, sql, SQL, Param, Placeholder, Name, StringChunk, Subquery, Column, Table, View } =
        orm;
      const sub = db.select().from(s.users).as("sub");
      const samples = [
        sql`1`,
        sql`1`.as("x"),
        sql.param(1),
        sql.placeholder("p"),
        sql.identifier("n"),
        sub,
        s.users,
        s.users.id,
      ];
      const classes = [
        SQL,
        SQL.Aliased,
        Param,
        Placeholder,
        Name,
        Subquery,
        Table,
        Column,
        View,
        StringChunk,
      ];
      return samples.map((sample) => classes.map((one) => is(sample, one)));
    },
    "classes of builders": with_({ lines: ["0.45"] }, ({ db, s, orm: { is, QueryPromise } }) => [
      is(db.insert(s.users).values({ name: "x" }), QueryPromise),
      is(db.update(s.users).set({ name: "x" }), QueryPromise),
    ]),
    getSelectedFields: ({ db, s }) =>
      Object.keys(db.select({ a: s.users.id, b: s.users.name }).from(s.users).getSelectedFields()),
    "toSQL gives sql and params": ({ db, s, orm: { eq } }) => {
      const { sql, params } = db.select().from(s.users).where(eq(s.users.name, "Bo")).toSQL();
      return [typeof sql, params];
    },
    "toSQL of an insert": ({ db, s }) =>
      typeof db.insert(s.groups).values({ name: "x" }).toSQL().sql,
    "toSQL of writes has parameters": ({ db, s, orm: { eq } }) => [
      db.update(s.groups).set({ name: "x" }).where(eq(s.groups.id, 7)).toSQL().params,
      db.delete(s.groups).where(eq(s.groups.id, 7)).toSQL().params,
    ],
    "toSQL of a date": ({ db, s, orm: { eq } }) =>
      db
        .select()
        .from(s.users)
        .where(eq(s.users.createdAt, new Date(5000)))
        .toSQL().params,
    "toSQL of a QueryBuilder": ({ s, core: { QueryBuilder }, orm: { gt } }) =>
      new QueryBuilder().select({ id: s.users.id }).from(s.users).where(gt(s.users.id, 3)).toSQL()
        .params,
    "a QueryBuilder's query cannot run": with_(
      { lines: ["0.45"], fails: "alike" },
      ({ s, core: { QueryBuilder } }) => new QueryBuilder().select().from(s.users).all(),
    ),
    "drizzle.mock": ({ drizzle, s, orm: { eq } }) =>
      drizzle.mock().select().from(s.users).where(eq(s.users.id, 3)).toSQL().params,
    logger: ({ drizzle, db, s, orm: { eq } }) => {
      const { told, logger } = recorder();
      const logged = drizzle({ client: db.$client, logger });
      logged.select().from(s.users).where(eq(s.users.name, "Bo")).all();
      logged.insert(s.groups).values({ id: 9, name: "nine" }).run();
      return told;
    },
    "withReplicas reads from a replica": ({ db, s, core: { withReplicas }, drizzle, open }) => {
      const replica = open();
      replica.exec(shop.ddl);
      replica.exec("delete from comments");
      const both = withReplicas(db, [drizzle({ client: replica })]);
      const counts = [
        both.select().from(s.comments).all().length,
        both.$primary.select().from(s.comments).all().length,
      ];
      replica.close();
      return counts;
    },
    "withReplicas writes to the primary": ({ db, s, core: { withReplicas }, drizzle, open }) => {
      const replica = open();
      replica.exec(shop.ddl);
      const both = withReplicas(db, [drizzle({ client: replica })]);
      both.insert(s.groups).values({ id: 50, name: "new" }).run();
      const counts = [
        both.select().from(s.groups).all().length,
        db.select().from(s.groups).all().length,
      ];
      replica.close();
      return counts;
    },
    "sql.fromList": ({ db, orm: { sql } }) =>
      db.get(sql.fromList ? sql.fromList([sql`select `, sql`1 as n`]) : sql`select 1 as n`),
    "a dialect turns sql into text and parameters": ({ s, core, line, orm: { sql } }) => {
      const dialect = line === "v1" ? new core.SQLiteDialect() : new core.SQLiteSyncDialect();
      const query = dialect.sqlToQuery(
        sql`select ${1}, ${"a"} from ${s.users} where ${s.users.id} = ${5}`,
      );
      return [unnumbered(query.sql), query.params];
    },
    "a dialect's text of names and lists": ({ s, core, line, orm: { sql } }) => {
      const dialect = line === "v1" ? new core.SQLiteDialect() : new core.SQLiteSyncDialect();
      const query = dialect.sqlToQuery(
        sql`${sql.identifier('a"b')} in ${[1, 2]} ${sql.raw("x")} ${s.users.createdAt}`,
      );
      return [unnumbered(query.sql), query.params];
    },
    "db.$client is the client": ({ db, drizzle }) =>
      drizzle({ client: db.$client }).$client === db.$client,
    "arrayContains of nothing": with_({ fails: "alike" }, ({ s, orm: { arrayContains } }) =>
      arrayContains(s.users.id, []),
    ),
    "arrayOverlaps of nothing": with_({ fails: "alike" }, ({ s, orm: { arrayOverlaps } }) =>
      arrayOverlaps(s.users.id, []),
    ),
    "vector helpers": ({ orm }) =>
      [
        "l1Distance",
        "l2Distance",
        "cosineDistance",
        "innerProduct",
        "hammingDistance",
        "jaccardDistance",
      ].map((name) => typeof orm[name]),
    "getSQL and toQuery": ({ db, s }) => typeof db.select().from(s.users).getSQL().getSQL,
    nullable: with_({ lines: ["v1"] }, ({ db, s, orm: { sql } }) =>
      db.select({ x: sql`null`.nullable() }).from(s.groups),
    ),
    isConfig: ({ orm: { isConfig } }) =>
      [{ logger: true }, null, 5, { client: {} }, {}, { other: 1 }, new Map(), { schema: {} }].map(
        isConfig,
      ),
    "drizzle(client)": with_({ lines: ["0.45"] }, ({ db, drizzle, s }) =>
      drizzle(db.$client).select().from(s.groups).all(),
    ),
    "iteration over columns": ({ s, orm: { getTableColumns } }) =>
      Object.keys(getTableColumns(s.users)),
  },
);
