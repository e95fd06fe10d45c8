// Inserts: defaults, many rows, returning, from a select, and upserts.
import { topic, with_ } from "../cases.mjs";
import { store } from "../schemas/store.mjs";

const inserts = topic(
  "insert",
  store,
  { writes: true },
  {
    "the result of run()": ({ db, s }) => db.insert(s.items).values({ sku: "n" }).run(),
    "awaited without returning": ({ db, s }) => db.insert(s.items).values({ sku: "n" }),
    "defaults of every kind": ({ db, s }) => db.insert(s.items).values({ sku: "n" }).returning(),
    "null instead of a default": ({ db, s }) =>
      db
        .insert(s.items)
        .values({ sku: "n", title: null, tags: null, added: null, version: null })
        .returning(),
    "undefined is absent": ({ db, s }) =>
      db
        .insert(s.items)
        .values({ sku: "n", title: undefined, price: undefined, added: undefined })
        .returning(),
    "all given": ({ db, s }) =>
      db
        .insert(s.items)
        .values({
          id: 40,
          sku: "z",
          title: "Z",
          price: 2,
          stock: 3,
          tags: ["t"],
          added: new Date(5000),
          changed: new Date(6001),
          version: 9,
        })
        .returning(),
    "several rows": ({ db, s }) =>
      db
        .insert(s.items)
        .values([{ sku: "n1" }, { sku: "n2" }])
        .returning({ id: s.items.id, sku: s.items.sku }),
    "several rows with differing keys": ({ db, s }) =>
      db
        .insert(s.items)
        .values([
          { sku: "n1", title: "T" },
          { sku: "n2", stock: 2 },
          { id: 99, sku: "n3" },
        ])
        .returning(),
    "one row in a list": ({ db, s }) =>
      db
        .insert(s.log)
        .values([{ text: "x" }])
        .returning(),
    "an unknown key is ignored at run time": ({ db, s }) =>
      db.insert(s.log).values({ text: "x", nope: 1 }).returning(),
    "sql as a value": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.log)
        .values({ text: sql`upper(${"abc"}) || ${1}` })
        .returning(),
    "a subquery as a value": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.log)
        .values({ text: sql`(select name from ${s.parents} where id = ${2})` })
        .returning(),
    "returning some": ({ db, s }) =>
      db.insert(s.items).values({ sku: "n" }).returning({ key: s.items.id, label: s.items.label }),
    "returning sql": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.items)
        .values({ sku: "n" })
        .returning({
          up: sql`upper(${s.items.sku})`,
          n: sql`${s.items.price} * ${2}`.mapWith(Number),
        }),
    "returning nested": with_({ lines: ["0.45"] }, ({ db, s }) =>
      db
        .insert(s.items)
        .values({ sku: "n" })
        .returning({ id: s.items.id, more: { sku: s.items.sku, added: s.items.added } }),
    ),
    "returning.get()": ({ db, s }) => db.insert(s.items).values({ sku: "n" }).returning().get(),
    "returning.all()": ({ db, s }) => db.insert(s.items).values({ sku: "n" }).returning().all(),
    "returning.values()": ({ db, s }) =>
      db
        .insert(s.items)
        .values({ sku: "n", tags: [1] })
        .returning()
        .values(),
    "from a select": ({ db, s }) =>
      db
        .insert(s.log)
        .select(db.select({ id: s.parents.id, text: s.parents.name }).from(s.parents))
        .returning(),
    "from a select with a callback": ({ db, s, orm: { sql, gt } }) =>
      db
        .insert(s.log)
        .select((qb) =>
          qb
            .select({ id: sql`${s.parents.id} + ${100}`.as("id"), text: s.parents.name })
            .from(s.parents)
            .where(gt(s.parents.id, 1)),
        )
        .returning(),
    "from sql": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.log)
        .select(
          sql`select ${s.parents.id} + 10, ${s.parents.name} from ${s.parents} where ${s.parents.id} > ${1}`,
        )
        .returning(),
    "from a select of the same table": ({ db, s, orm: { sql } }) =>
      db.insert(s.parents).select(
        db
          .select({
            id: sql`${s.parents.id} + 10`.as("id"),
            name: sql`${s.parents.name} || '!'`.as("name"),
          })
          .from(s.parents),
      ),
    "autoincrement does not reuse": async ({ db, s, orm: { eq } }) => {
      await db.insert(s.items).values({ id: 500, sku: "n" });
      await db.delete(s.items).where(eq(s.items.id, 500));
      return db.insert(s.items).values({ sku: "m" }).returning({ id: s.items.id });
    },
    "lastInsertRowid and changes": ({ db, s }) =>
      db
        .insert(s.log)
        .values([{ text: "a" }, { id: 77, text: "b" }])
        .run(),
    "no values": with_({ fails: "alike" }, ({ db, s }) => db.insert(s.log).values([])),
    "not null": with_({ fails: /NOT NULL/ }, ({ db, s }) =>
      db.insert(s.items).values({ title: "no sku" }),
    ),
    unique: with_({ fails: /UNIQUE/ }, ({ db, s }) => db.insert(s.items).values({ sku: "a1" })),
    "one bad row undoes all": with_({ fails: /UNIQUE/ }, ({ db, s }) =>
      db
        .insert(s.items)
        .values([{ sku: "n1" }, { sku: "a1" }, { sku: "n2" }])
        .returning(),
    ),
    "foreign key": with_({ fails: /FOREIGN KEY/ }, ({ db, s }) =>
      db.insert(s.children).values({ parentId: 77 }),
    ),
    check: with_({ fails: /CHECK/ }, ({ db, s }) =>
      db.insert(s.parents).values({ name: "x".repeat(30) }),
    ),
  },
);

const upserts = topic(
  "upsert",
  store,
  { writes: true },
  {
    "do nothing": ({ db, s }) =>
      db.insert(s.items).values({ sku: "a1" }).onConflictDoNothing().returning(),
    "do nothing, run()": ({ db, s }) =>
      db.insert(s.items).values({ id: 50, sku: "a1" }).onConflictDoNothing().run().changes,
    "do nothing on a target": ({ db, s }) =>
      db
        .insert(s.items)
        .values([{ sku: "a1" }, { sku: "n" }])
        .onConflictDoNothing({ target: s.items.sku })
        .returning({ sku: s.items.sku }),
    "do nothing on a composite target": ({ db, s }) =>
      db
        .insert(s.slots)
        .values({ day: "mon", place: 1 })
        .onConflictDoNothing({ target: [s.slots.day, s.slots.place] })
        .returning(),
    "do nothing on a partial index": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.codes)
        .values({ code: "k" })
        .onConflictDoNothing({ target: s.codes.code, where: sql`active = 1` })
        .returning(),
    update: ({ db, s }) =>
      db
        .insert(s.items)
        .values({ sku: "a1", title: "New" })
        .onConflictDoUpdate({ target: s.items.sku, set: { title: "Set" } })
        .returning(),
    "update with excluded": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.items)
        .values([
          { sku: "a1", stock: 5 },
          { sku: "n", stock: 6 },
        ])
        .onConflictDoUpdate({
          target: s.items.sku,
          set: { stock: sql`${s.items.stock} + excluded.stock` },
        })
        .returning({ sku: s.items.sku, stock: s.items.stock }),
    "update on a composite target": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.slots)
        .values({ day: "mon", place: 1, count: 10 })
        .onConflictDoUpdate({
          target: [s.slots.day, s.slots.place],
          set: { count: sql`excluded.count + ${s.slots.count}`, note: null },
        })
        .returning(),
    "update with setWhere that holds": ({ db, s, orm: { gt } }) =>
      db
        .insert(s.items)
        .values({ sku: "a1" })
        .onConflictDoUpdate({
          target: s.items.sku,
          set: { title: "yes" },
          setWhere: gt(s.items.stock, 5),
        })
        .returning(),
    "update with setWhere that does not": ({ db, s, orm: { gt } }) =>
      db
        .insert(s.items)
        .values({ sku: "a1" })
        .onConflictDoUpdate({
          target: s.items.sku,
          set: { title: "yes" },
          setWhere: gt(s.items.stock, 50),
        })
        .returning(),
    "update with where of sql": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.items)
        .values({ sku: "a1", stock: 99 })
        .onConflictDoUpdate({
          target: s.items.sku,
          set: { stock: sql`excluded.stock` },
          where: sql`items.stock < excluded.stock`,
        })
        .returning({ stock: s.items.stock }),
    "update with targetWhere": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.codes)
        .values({ code: "k" })
        .onConflictDoUpdate({
          target: s.codes.code,
          targetWhere: sql`active = 1`,
          set: { hits: sql`${s.codes.hits} + 1` },
        })
        .returning(),
    "update with both wheres": ({ db, s, orm: { sql, lt } }) =>
      db
        .insert(s.codes)
        .values({ code: "k" })
        .onConflictDoUpdate({
          target: s.codes.code,
          targetWhere: sql`active = 1`,
          set: { hits: 7 },
          setWhere: lt(s.codes.hits, 1),
        })
        .returning(),
    "$onUpdate columns are set too": ({ db, s }) =>
      db
        .insert(s.items)
        .values({ id: 1, sku: "a1" })
        .onConflictDoUpdate({ target: s.items.id, set: { title: "x" } })
        .returning({ changed: s.items.changed, version: s.items.version }),
    "two conflicts, the first taken": ({ db, s }) =>
      db
        .insert(s.items)
        .values({ id: 1, sku: "other" })
        .onConflictDoUpdate({ target: s.items.id, set: { title: "by id" } })
        .onConflictDoUpdate({ target: s.items.sku, set: { title: "by sku" } })
        .returning(),
    "two conflicts, the second taken": ({ db, s }) =>
      db
        .insert(s.items)
        .values({ sku: "b2" })
        .onConflictDoUpdate({ target: s.items.id, set: { title: "by id" } })
        .onConflictDoUpdate({ target: s.items.sku, set: { title: "by sku" } })
        .returning(),
    "several rows": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.items)
        .values([
          { sku: "a1", price: 9 },
          { sku: "b2", price: 8 },
          { sku: "n", price: 7 },
        ])
        .onConflictDoUpdate({ target: s.items.sku, set: { price: sql`excluded.price` } })
        .returning({ id: s.items.id, price: s.items.price }),
    "of a select": ({ db, s, orm: { sql } }) =>
      db
        .insert(s.parents)
        .select(
          db
            .select({ id: s.parents.id, name: sql`${s.parents.name} || '?'`.as("name") })
            .from(s.parents)
            .where(sql`true`),
        )
        .onConflictDoUpdate({ target: s.parents.id, set: { name: sql`excluded.name` } })
        .returning(),
    "where beside setWhere": with_({ fails: "alike" }, ({ db, s, orm: { sql } }) =>
      db
        .insert(s.items)
        .values({ sku: "a1" })
        .onConflictDoUpdate({
          target: s.items.sku,
          set: { title: "x" },
          where: sql`1`,
          setWhere: sql`1`,
        }),
    ),
    "a target without a constraint": with_({ fails: /ON CONFLICT/ }, ({ db, s }) =>
      db.insert(s.items).values({ sku: "a1" }).onConflictDoNothing({ target: s.items.title }),
    ),
  },
);

export default [...inserts, ...upserts];
