// Values of every column kind: written, kept, read flat and nested, compared.
import { topic, with_ } from "../cases.mjs";
import { kinds } from "../schemas/kinds.mjs";

const values = {
  i: [0, -1, 2147483648, 9007199254740991, -9007199254740991],
  b: [true, false],
  ts: [new Date(0), new Date(1700000000999), new Date(-5000), new Date(8640000000000000)],
  ms: [new Date(0), new Date(1700000000999), new Date(-1), new Date(8640000000000000)],
  t: ["", "x", "a'b\"c`", "été 🌧", "line\nbreak\ttab", "%_?", " padded ", "NULL"],
  short: ["a", "b", "longer than five"],
  j: [0, 1.5, "text", "", true, false, [], {}, [1, [2, { a: null }]], { "a b": "ü", n: 1e21 }],
  buf: [Buffer.from([]), Buffer.from([0, 1, 254, 255]), Buffer.from("text"), Buffer.alloc(300, 7)],
  bj: [0, "text", [1, { a: "ü" }], {}, true],
  big: [0n, -1n, 123456789012345678901234567890n, 9007199254740993n],
  num: ["0", "1.5", "-12", "123456789.25", "text"],
  numn: [0, 1.5, -12, 1e15],
  numb: [0n, -5n, 9007199254740991n],
  r: [0.5, 1, -1.25, 1e300, 5e-324, 0.1],
  custom: ["abc", "MiXed"],
};

const perValue = (make) =>
  Object.entries(values).flatMap(([key, list]) =>
    list.map((value, index) => make(key, value, `${key} ${index}`)),
  );

const flat = topic(
  "columns",
  kinds,
  { writes: true },
  Object.fromEntries([
    ...perValue((key, value, title) => [
      title,
      ({ db, s }) =>
        db
          .insert(s.kinds)
          .values({ [key]: value })
          .returning(),
    ]),
    ...Object.keys(values).map((key) => [
      `${key} null`,
      ({ db, s }) =>
        db
          .insert(s.kinds)
          .values({ [key]: null })
          .returning(),
    ]),
  ]),
);

const found = topic(
  "columns found by value",
  kinds,
  {},
  Object.fromEntries(
    perValue((key, value, title) => [
      title,
      async ({ db, s, orm: { eq, inArray } }) => {
        await db.insert(s.kinds).values([{ [key]: value }, {}]);
        const column = s.kinds[key];
        return {
          eq: await db.select({ value: column }).from(s.kinds).where(eq(column, value)),
          inArray: await db
            .select({ value: column })
            .from(s.kinds)
            .where(inArray(column, [value])),
          values: await db.select({ value: column }).from(s.kinds).orderBy(s.kinds.id).values(),
        };
      },
    ]),
  ),
);

const updated = topic(
  "columns updated",
  kinds,
  { writes: true },
  Object.fromEntries(
    Object.entries(values).map(([key, list]) => [
      key,
      async ({ db, s, orm: { eq } }) => {
        await db.insert(s.kinds).values({ id: 1 });
        return db
          .update(s.kinds)
          .set({ [key]: list.at(-1) })
          .where(eq(s.kinds.id, 1))
          .returning();
      },
    ]),
  ),
);

const nested =
  (key, value) =>
  async ({ db, s }) => {
    await db.insert(s.kinds).values([{ id: 1, [key]: value }, { id: 2 }]);
    await db.insert(s.holders).values([{ id: 1, kindId: 1 }, { id: 2, kindId: 2 }, { id: 3 }]);
    const columns = { [key]: true };
    return db.query.holders.findMany({ with: { kind: { columns } } });
  };
const inRelations = topic(
  "columns in relations",
  kinds,
  { unordered: true },
  Object.fromEntries(perValue((key, value, title) => [title, nested(key, value)])),
);

const joined = topic(
  "columns in joins",
  kinds,
  {},
  Object.fromEntries(
    Object.entries(values).map(([key, list]) => [
      key,
      async ({ db, s, orm: { eq, max } }) => {
        await db.insert(s.kinds).values(list.map((value) => ({ [key]: value })));
        await db.insert(s.holders).values([{ kindId: 1 }, { kindId: null }]);
        return {
          whole: await db
            .select()
            .from(s.holders)
            .leftJoin(s.kinds, eq(s.holders.kindId, s.kinds.id))
            .orderBy(s.holders.id),
          subquery: await db
            .select({ value: s.kinds[key] })
            .from(s.holders)
            .leftJoin(s.kinds, eq(s.holders.kindId, s.kinds.id))
            .orderBy(s.holders.id),
          max: await db.select({ value: max(s.kinds[key]) }).from(s.kinds),
        };
      },
    ]),
  ),
);

const odd = topic(
  "odd values",
  kinds,
  { writes: true },
  {
    "a number in a text column": ({ db, s }) => db.insert(s.kinds).values({ t: 5 }).returning(),
    "text in an integer column": ({ db, s }) => db.insert(s.kinds).values({ i: "abc" }).returning(),
    "a fraction in an integer column": ({ db, s }) =>
      db.insert(s.kinds).values({ i: 1.5 }).returning(),
    infinity: ({ db, s }) =>
      db
        .insert(s.kinds)
        .values([{ r: Infinity }, { r: -Infinity }])
        .returning({ r: s.kinds.r }),
    "minus zero": ({ db, s }) => db.insert(s.kinds).values({ r: -0 }).returning({ r: s.kinds.r }),
    NaN: ({ db, s }) => db.insert(s.kinds).values({ r: NaN }).returning({ r: s.kinds.r }),
    "a NUL character": ({ db, s }) =>
      db.insert(s.kinds).values({ t: "a\0b" }).returning({ t: s.kinds.t }),
    "a long text": ({ db, s }) =>
      db
        .insert(s.kinds)
        .values({ t: "🌧x".repeat(5000) })
        .returning({ t: s.kinds.t }),
    "an integer stored as real": async ({ db, s, orm: { sql } }) => {
      await db.insert(s.kinds).values({ t: sql`1.0`, num: "2.50" });
      return db.select().from(s.kinds);
    },
    "an integer beyond 2^53": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.kinds)
        .values({ i: sql`9007199254740993` })
        .returning({ i: s.kinds.i }),
    "a sum beyond 2^53": async ({ db, s, orm: { sql } }) => {
      await db.insert(s.kinds).values({ i: 9007199254740991 });
      return db.select({ n: sql`${s.kinds.i} + 2` }).from(s.kinds);
    },
    "numeric bigint beyond 2^53": ({ db, s }) =>
      db.insert(s.kinds).values({ numb: 9007199254740993n }).returning({ numb: s.kinds.numb }),
    "numeric bigint beyond 2^53, selected": async ({ db, s }) => {
      await db.insert(s.kinds).values({ numb: 9007199254740993n });
      return db.select({ numb: s.kinds.numb }).from(s.kinds);
    },
    "an invalid date": ({ db, s }) =>
      db
        .insert(s.kinds)
        .values({ ms: new Date(NaN) })
        .returning({ ms: s.kinds.ms }),
    "a typed array in a buffer column": ({ db, s }) =>
      db
        .insert(s.kinds)
        .values({ buf: new Uint8Array([1, 2]) })
        .returning({ buf: s.kinds.buf }),
    "toDriver that gives SQL": ({
      db,
      core: { customType, sqliteTable, integer },
      orm: { sql, eq },
    }) => {
      const shouted = customType({
        dataType: () => "text",
        toDriver: (value) => sql`upper(${value})`,
      });
      db.$client.exec("create table shouts (id integer primary key, t text)");
      const shouts = sqliteTable("shouts", { id: integer("id").primaryKey(), t: shouted("t") });
      return [
        db.insert(shouts).values({ t: "abc" }).returning().all(),
        db.update(shouts).set({ t: "def" }).where(eq(shouts.id, 1)).returning().all(),
        db.select().from(shouts).where(eq(shouts.t, "def")).all(),
      ];
    },
    "a table that is declared twice": async ({ db, s, core: { sqliteTable, integer, text } }) => {
      const part = sqliteTable("kinds", { id: integer("id").primaryKey(), other: text("t") });
      await db.insert(s.kinds).values({ t: "a" });
      return [
        await db.insert(part).values({ other: "b" }).returning(),
        await db.select().from(part),
      ];
    },
    "json text that is broken": with_({ fails: true }, async ({ db, s, orm: { sql } }) => {
      await db.insert(s.kinds).values({ j: sql`'{'` });
      return db.select().from(s.kinds);
    }),
  },
);

export default [...flat, ...found, ...updated, ...inRelations, ...joined, ...odd];
