// Every column kind and mode, nullable, in a table and in one that refers to it.

const columns = `
  i integer, b integer, ts integer, ms integer, t text, short text(5), j text, buf blob, bj blob, big blob,
  num numeric, numn numeric, numb numeric, r real, custom text`;
const ddl = `
create table kinds (id integer primary key, ${columns});
create table holders (id integer primary key, kind_id integer references kinds(id));
`;

function define(side) {
  const { core } = side;
  const { sqliteTable, integer, text, blob, numeric, real, customType } = core;
  const upper = customType({
    dataType: () => "text",
    toDriver: (value) => value.toUpperCase(),
    fromDriver: (value) => value.toLowerCase(),
  });
  const kinds = sqliteTable("kinds", {
    id: integer("id").primaryKey(),
    i: integer("i"),
    b: integer("b", { mode: "boolean" }),
    ts: integer("ts", { mode: "timestamp" }),
    ms: integer("ms", { mode: "timestamp_ms" }),
    t: text("t"),
    short: text("short", { length: 5, enum: ["a", "b"] }),
    j: text("j", { mode: "json" }),
    buf: blob("buf", { mode: "buffer" }),
    bj: blob("bj", { mode: "json" }),
    big: blob("big", { mode: "bigint" }),
    num: numeric("num"),
    numn: numeric("numn", { mode: "number" }),
    numb: numeric("numb", { mode: "bigint" }),
    r: real("r"),
    custom: upper("custom"),
  });
  const holders = sqliteTable("holders", {
    id: integer("id").primaryKey(),
    kindId: integer("kind_id").references(() => kinds.id),
  });
  return { kinds, holders, ...relationsOf(side, { kinds, holders }) };
}

function relationsOf({ line, orm }, { kinds, holders }) {
  if (line === "v1") return {};
  return {
    kindsRelations: orm.relations(kinds, ({ many }) => ({ holders: many(holders) })),
    holdersRelations: orm.relations(holders, ({ one }) => ({
      kind: one(kinds, { fields: [holders.kindId], references: [kinds.id] }),
    })),
  };
}

function config({ line, orm }, schema) {
  if (line === "0.45") return { schema };
  const { kinds, holders } = schema;
  const relations = orm.defineRelations({ kinds, holders }, (r) => ({
    kinds: { holders: r.many.holders() },
    holders: { kind: r.one.kinds({ from: r.holders.kindId, to: r.kinds.id }) },
  }));
  return { relations };
}

/** The tables, empty, and their relations in the form of the line. */
export const kinds = { ddl, define, config };
