// Tables for writes: every kind of default, generated columns, composite and partial keys.

const ddl = `
create table items (
  id integer primary key autoincrement, sku text not null unique, title text default 'untitled',
  price real not null default 1.5, stock integer not null default 0, tags text default '[]',
  added integer, changed integer, version integer default 1,
  label text generated always as (sku || ':' || title) virtual,
  worth real generated always as (price * stock) stored);
create table slots (
  day text not null, place integer not null, note text, count integer not null default 0,
  primary key (day, place));
create table codes (code text, active integer not null default 1, hits integer not null default 0);
create unique index active_codes on codes (code) where active = 1;
create table parents (id integer primary key, name text not null check (length(name) < 20));
create table children (
  id integer primary key, parent_id integer references parents(id) on delete cascade,
  keeper_id integer references parents(id), name text);
create table log (id integer primary key, text text);
insert into items (id, sku, title, price, stock) values
  (1, 'a1', 'Apple', 0.5, 10), (2, 'b2', 'Bread', 3.25, 4), (3, 'c3', null, 7, 0);
insert into slots values ('mon', 1, 'x', 1), ('mon', 2, null, 0), ('tue', 1, 'y', 5);
insert into codes values ('k', 1, 0), ('k', 0, 9);
insert into parents values (1, 'one'), (2, 'two'), (3, 'three');
insert into children values (1, 1, null, 'c1'), (2, 1, 2, 'c2'), (3, null, null, 'c3');
`;

function define({ core, orm: { sql } }) {
  const { sqliteTable, integer, text, real, primaryKey, uniqueIndex } = core;
  const items = sqliteTable("items", {
    id: integer("id").primaryKey({ autoIncrement: true }),
    sku: text("sku").notNull().unique(),
    title: text("title").default("untitled"),
    price: real("price").notNull().default(1.5),
    stock: integer("stock").notNull().default(0),
    tags: text("tags", { mode: "json" }).default([]),
    added: integer("added", { mode: "timestamp" }).$defaultFn(() => new Date(1700000000000)),
    changed: integer("changed", { mode: "timestamp_ms" }).$onUpdateFn(
      () => new Date(1700000000123),
    ),
    version: integer("version")
      .default(1)
      .$onUpdateFn(() => sql`version + 1`),
    label: text("label").generatedAlwaysAs(sql`sku || ':' || title`),
    worth: real("worth").generatedAlwaysAs(sql`price * stock`, { mode: "stored" }),
  });
  const slots = sqliteTable(
    "slots",
    {
      day: text("day").notNull(),
      place: integer("place").notNull(),
      note: text("note"),
      count: integer("count").notNull().default(0),
    },
    (t) => [primaryKey({ columns: [t.day, t.place] })],
  );
  const codes = sqliteTable(
    "codes",
    {
      code: text("code"),
      active: integer("active", { mode: "boolean" }).notNull().default(true),
      hits: integer("hits").notNull().default(0),
    },
    (t) => [
      uniqueIndex("active_codes")
        .on(t.code)
        .where(sql`active = 1`),
    ],
  );
  const parents = sqliteTable("parents", {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
  });
  const children = sqliteTable("children", {
    id: integer("id").primaryKey(),
    parentId: integer("parent_id").references(() => parents.id, { onDelete: "cascade" }),
    keeperId: integer("keeper_id").references(() => parents.id),
    name: text("name"),
  });
  const log = sqliteTable("log", { id: integer("id").primaryKey(), text: text("text") });
  return { items, slots, codes, parents, children, log };
}

/** The tables with a few rows. */
export const store = { ddl, define };
