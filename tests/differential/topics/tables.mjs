// Table definitions: what they tell about themselves, creators, names, casing.
import { topic, with_ } from "../cases.mjs";

const ddl = `
create table app_users (id integer primary key, full_name text not null, "weird ""name" text);
create table app_posts (id integer primary key, owner_id integer references app_users(id), posted_at integer);
insert into app_users values (1, 'Ada', 'w'), (2, 'Bo', null);
insert into app_posts values (1, 1, 5), (2, null, 6);
`;

function define({ core, orm: { sql } }) {
  const {
    sqliteTableCreator,
    sqliteTable,
    integer,
    text,
    index,
    uniqueIndex,
    unique,
    check,
    foreignKey,
    primaryKey,
  } = core;
  const table = sqliteTableCreator((name) => `app_${name}`);
  const users = table("users", {
    id: integer().primaryKey(),
    fullName: text("full_name").notNull(),
    weird: text('weird "name'),
  });
  const posts = table("posts", (t) => ({
    id: t.integer().primaryKey({ autoIncrement: true }),
    ownerId: t
      .integer("owner_id")
      .references(() => users.id, { onDelete: "set null", onUpdate: "cascade" }),
    postedAt: t.integer("posted_at", { mode: "timestamp" }),
  }));
  const full = sqliteTable(
    "full",
    {
      a: integer("a").notNull(),
      b: text("b", { length: 9, enum: ["x", "y"] })
        .default("x")
        .unique(),
      c: text("c").unique("c_name"),
      d: integer("d", { mode: "boolean" }).default(false),
      e: text("e").generatedAlwaysAs(sql`a || b`),
    },
    (t) => [
      primaryKey({ columns: [t.a, t.b] }),
      index("i").on(t.c, t.d),
      uniqueIndex("u")
        .on(t.a)
        .where(sql`a > 1`),
      unique().on(t.a, t.c),
      unique("named").on(t.c, t.d),
      check("positive", sql`a > 0`),
      foreignKey({ columns: [t.a], foreignColumns: [users.id] }).onDelete("cascade"),
      foreignKey({ name: "fk", columns: [t.a, t.b], foreignColumns: [posts.id, posts.ownerId] }),
    ],
  );
  return { users, posts, full };
}

/** What a column says about itself. */
const about = (column) => ({
  name: column.name,
  type: column.getSQLType(),
  columnType: column.columnType,
  notNull: column.notNull,
  hasDefault: column.hasDefault,
  primary: column.primary,
  isUnique: column.isUnique,
  uniqueName: column.isUnique ? column.uniqueName : undefined,
  enumValues: column.enumValues,
});

/** Constraints by name, the deprecated form. */
const byName = ({ core: { sqliteTable, integer, index, primaryKey, getTableConfig } }) => {
  const table = sqliteTable("by_name", { a: integer("a"), b: integer("b") }, (t) => ({
    pk: primaryKey({ columns: [t.a, t.b] }),
    byB: index("by_b").on(t.b),
  }));
  const { indexes, primaryKeys } = getTableConfig(table);
  return [indexes.map(({ config }) => config.name), primaryKeys.map((key) => key.getName())];
};

const tables = topic(
  "tables",
  { ddl, define },
  {},
  {
    getTableName: ({ s, orm: { getTableName } }) => Object.values(s).map(getTableName),
    getTableColumns: ({ s, orm: { getTableColumns } }) =>
      Object.values(s).map((table) =>
        Object.entries(getTableColumns(table)).map(([key, column]) => [key, about(column)]),
      ),
    is: ({ s, core, orm: { is, Table, Column, SQL, sql } }) => [
      is(s.users, Table),
      is(s.users, core.SQLiteTable),
      is(s.users.id, Column),
      is(s.users.id, core.SQLiteColumn),
      is(s.users, Column),
      is(sql`1`, SQL),
      is(null, Table),
      is({}, Table),
    ],
    "getTableConfig: indexes": ({ s, core }) =>
      core
        .getTableConfig(s.full)
        .indexes.map(({ config }) => [
          config.name,
          config.unique,
          config.columns.map((column) => column.name),
          config.where !== undefined,
        ]),
    "getTableConfig: primary keys": ({ s, core }) =>
      core
        .getTableConfig(s.full)
        .primaryKeys.map((key) => [key.getName(), key.columns.map(({ name }) => name)]),
    "getTableConfig: uniques": ({ s, core }) =>
      core
        .getTableConfig(s.full)
        .uniqueConstraints.map((key) => [key.getName(), key.columns.map(({ name }) => name)]),
    "getTableConfig: checks": ({ s, core }) =>
      core.getTableConfig(s.full).checks.map(({ name }) => name),
    "getTableConfig: foreign keys": ({ s, core, orm: { getTableName } }) =>
      [s.posts, s.full].map((table) =>
        core.getTableConfig(table).foreignKeys.map((key) => {
          const { columns, foreignColumns, foreignTable } = key.reference();
          return [
            key.getName(),
            key.onDelete,
            key.onUpdate,
            getTableName(foreignTable),
            columns.map(({ name }) => name),
            foreignColumns.map(({ name }) => name),
          ];
        }),
      ),
    "extras as an object": byName,
    "$inferSelect is a type only": ({ s }) => Object.keys(s.users),
    "a creator's tables": ({ db, s }) => db.select().from(s.users).orderBy(s.users.id),
    "a creator's tables, joined": ({ db, s, orm: { eq } }) =>
      db
        .select()
        .from(s.users)
        .leftJoin(s.posts, eq(s.posts.ownerId, s.users.id))
        .orderBy(s.users.id),
    "names with quotes": ({ db, s, orm: { eq } }) =>
      db.select({ w: s.users.weird }).from(s.users).where(eq(s.users.weird, "w")),
    "an alias of a creator's table": ({ db, s, core: { alias }, orm: { eq } }) => {
      const u = alias(s.users, 'u "quoted"');
      return db.select().from(u).innerJoin(s.posts, eq(s.posts.ownerId, u.id));
    },
    "not an entity": with_({ fails: true }, ({ orm: { is }, s }) => is(s.users, class Nope {})),
  },
);

/** Tables whose columns have no names of their own. */
const unnamed = {
  ddl,
  define: ({ core: { sqliteTable, integer, text } }) => ({
    users: sqliteTable("app_users", { id: integer().primaryKey(), fullName: text().notNull() }),
    posts: sqliteTable("app_posts", {
      id: integer().primaryKey(),
      ownerId: integer(),
      postedAt: integer(),
    }),
  }),
};
const casing = topic(
  "casing",
  unnamed,
  { lines: ["0.45"], config: { casing: "snake_case" } },
  {
    select: ({ db, s }) => db.select().from(s.users).orderBy(s.users.fullName),
    join: ({ db, s, orm: { eq } }) =>
      db
        .select()
        .from(s.users)
        .leftJoin(s.posts, eq(s.posts.ownerId, s.users.id))
        .orderBy(s.users.id),
    "in sql": ({ db, s, orm: { sql } }) =>
      db
        .select({ up: sql`upper(${s.users.fullName})` })
        .from(s.users)
        .orderBy(s.users.id),
    insert: with_({ writes: true }, ({ db, s }) =>
      db.insert(s.users).values({ fullName: "Cy" }).returning(),
    ),
    update: with_({ writes: true }, ({ db, s, orm: { eq } }) =>
      db.update(s.users).set({ fullName: "X" }).where(eq(s.users.fullName, "Bo")).returning(),
    ),
    upsert: with_({ writes: true }, ({ db, s }) =>
      db
        .insert(s.users)
        .values({ id: 1, fullName: "New" })
        .onConflictDoUpdate({ target: s.users.id, set: { fullName: "New" } })
        .returning(),
    ),
  },
);

const snake = {
  ddl,
  define: ({ core: { snakeCase, integer, text } }) => ({
    users: snakeCase.table("app_users", { id: integer().primaryKey(), fullName: text().notNull() }),
  }),
};
const snakeCase = topic(
  "snakeCase",
  snake,
  { lines: ["v1"] },
  {
    select: ({ db, s }) => db.select().from(s.users).orderBy(s.users.fullName),
    insert: with_({ writes: true }, ({ db, s }) =>
      db.insert(s.users).values({ fullName: "Cy" }).returning(),
    ),
    "column.as": ({ db, s }) =>
      db
        .select({ n: s.users.fullName.as("who") })
        .from(s.users)
        .orderBy(s.users.id),
    "column.as in a subquery": ({ db, s }) => {
      const sub = db
        .select({ n: s.users.fullName.as("who"), id: s.users.id })
        .from(s.users)
        .as("sub");
      return db.select({ n: sub.n }).from(sub).orderBy(sub.id);
    },
  },
);

export default [...tables, ...casing, ...snakeCase];
