// Updates and deletes.
import { topic, with_ } from "../cases.mjs";
import { store } from "../schemas/store.mjs";

const updates = topic(
  "update",
  store,
  { writes: true },
  {
    "the result of run()": ({ db, s, orm: { gt } }) =>
      db.update(s.items).set({ stock: 1 }).where(gt(s.items.id, 1)).run().changes,
    "one column": ({ db, s, orm: { eq } }) =>
      db.update(s.parents).set({ name: "x" }).where(eq(s.parents.id, 2)).returning(),
    "all rows": ({ db, s, orm: { sql } }) =>
      db
        .update(s.parents)
        .set({ name: "x" })
        .where(sql`true`)
        .returning(),
    "an expression": ({ db, s, orm: { sql, eq } }) =>
      db
        .update(s.items)
        .set({ stock: sql`${s.items.stock} + ${5}` })
        .where(eq(s.items.id, 1))
        .returning({ stock: s.items.stock, worth: s.items.worth }),
    "a column as the value": ({ db, s, orm: { eq } }) =>
      db.update(s.items).set({ title: s.items.sku }).where(eq(s.items.id, 3)).returning(),
    null: ({ db, s, orm: { eq } }) =>
      db.update(s.items).set({ title: null }).where(eq(s.items.id, 1)).returning(),
    "undefined is skipped": ({ db, s, orm: { eq } }) =>
      db.update(s.items).set({ title: "t", price: undefined }).where(eq(s.items.id, 1)).returning(),
    "encoded values": ({ db, s, orm: { eq } }) =>
      db
        .update(s.items)
        .set({ tags: { a: [1, null] }, added: new Date(1234000) })
        .where(eq(s.items.id, 1))
        .returning(),
    "$onUpdate given": ({ db, s, orm: { eq } }) =>
      db
        .update(s.items)
        .set({ changed: new Date(5), version: 50 })
        .where(eq(s.items.id, 1))
        .returning(),
    "a subquery as the value": ({ db, s, orm: { sql, eq } }) =>
      db
        .update(s.items)
        .set({
          title: sql`(select ${s.parents.name} from ${s.parents} where ${s.parents.id} = ${s.items.id})`,
        })
        .where(eq(s.items.id, 2))
        .returning({ t: s.items.title }),
    "where with a subquery": ({ db, s, orm: { inArray } }) =>
      db
        .update(s.parents)
        .set({ name: "has children" })
        .where(inArray(s.parents.id, db.select({ id: s.children.parentId }).from(s.children)))
        .returning(),
    "returning some": ({ db, s, orm: { eq } }) =>
      db
        .update(s.items)
        .set({ stock: 2 })
        .where(eq(s.items.id, 1))
        .returning({ id: s.items.id, label: s.items.label }),
    "returning of none": ({ db, s, orm: { eq } }) =>
      db.update(s.items).set({ stock: 2 }).where(eq(s.items.id, 99)).returning(),
    "returning.get()": ({ db, s, orm: { eq } }) =>
      db.update(s.parents).set({ name: "g" }).where(eq(s.parents.id, 1)).returning().get(),
    from: ({ db, s, orm: { eq } }) =>
      db
        .update(s.children)
        .set({ name: s.parents.name })
        .from(s.parents)
        .where(eq(s.children.parentId, s.parents.id)),
    "from, returning": ({ db, s, orm: { eq, and, gt } }) =>
      db
        .update(s.children)
        .set({ name: "moved" })
        .from(s.parents)
        .where(and(eq(s.children.parentId, s.parents.id), gt(s.children.id, 1)))
        .returning({ id: s.children.id, name: s.children.name }),
    "from with sql over both": ({ db, s, orm: { eq, sql } }) =>
      db
        .update(s.children)
        .set({ name: sql`${s.parents.name} || ${"/"} || ${s.children.name}` })
        .from(s.parents)
        .where(eq(s.children.parentId, s.parents.id)),
    "from a subquery": ({ db, s, orm: { eq, count, sql } }) => {
      const counts = db
        .select({ parent: s.children.parentId, n: count().as("n") })
        .from(s.children)
        .groupBy(s.children.parentId)
        .as("counts");
      return db
        .update(s.parents)
        .set({ name: sql`${counts.n}` })
        .from(counts)
        .where(eq(counts.parent, s.parents.id));
    },
    "from with a join": ({ db, s, core: { alias }, orm: { eq } }) => {
      const keeper = alias(s.parents, "keeper");
      return db
        .update(s.children)
        .set({ name: keeper.name })
        .from(s.parents)
        .leftJoin(keeper, eq(keeper.id, 2))
        .where(eq(s.children.parentId, s.parents.id));
    },
    "order and limit": ({ db, s, orm: { desc } }) =>
      db.update(s.items).set({ stock: 77 }).orderBy(desc(s.items.id)).limit(2).where(s.items.id),
    "limit 1": ({ db, s, orm: { gt } }) =>
      db.update(s.items).set({ stock: 77 }).where(gt(s.items.id, 0)).orderBy(s.items.id).limit(1),
    "a primary key": ({ db, s, orm: { eq } }) =>
      db.update(s.log).set({ id: 5 }).where(eq(s.log.id, 1)).run().changes,
    "nothing to set": with_({ fails: "alike" }, ({ db, s }) => db.update(s.items).set({})),
    "only undefined": with_({ fails: "alike" }, ({ db, s }) =>
      db.update(s.parents).set({ name: undefined }),
    ),
    "against a constraint": with_({ fails: /UNIQUE/ }, ({ db, s, orm: { eq } }) =>
      db.update(s.items).set({ sku: "a1" }).where(eq(s.items.id, 2)),
    ),
    "against a foreign key": with_({ fails: /FOREIGN KEY/ }, ({ db, s, orm: { eq } }) =>
      db.update(s.children).set({ parentId: 99 }).where(eq(s.children.id, 1)),
    ),
  },
);

const deletes = topic(
  "delete",
  store,
  { writes: true },
  {
    one: ({ db, s, orm: { eq } }) => db.delete(s.items).where(eq(s.items.id, 1)).run().changes,
    all: ({ db, s, orm: { sql } }) =>
      db
        .delete(s.items)
        .where(sql`1`)
        .run().changes,
    cascade: ({ db, s, orm: { eq } }) =>
      db.delete(s.parents).where(eq(s.parents.id, 1)).run().changes,
    returning: ({ db, s, orm: { gt } }) => db.delete(s.items).where(gt(s.items.id, 1)).returning(),
    "returning some": ({ db, s, orm: { gt, sql } }) =>
      db
        .delete(s.items)
        .where(gt(s.items.id, 1))
        .returning({ id: s.items.id, up: sql`upper(${s.items.sku})` }),
    "returning of none": ({ db, s, orm: { eq } }) =>
      db.delete(s.items).where(eq(s.items.id, 99)).returning(),
    "returning.get()": ({ db, s, orm: { eq } }) =>
      db.delete(s.items).where(eq(s.items.id, 2)).returning().get(),
    "by a subquery": ({ db, s, orm: { notInArray, isNotNull } }) =>
      db
        .delete(s.parents)
        .where(
          notInArray(
            s.parents.id,
            db
              .select({ id: s.children.parentId })
              .from(s.children)
              .where(isNotNull(s.children.parentId))
              .union(
                db
                  .select({ id: s.children.keeperId })
                  .from(s.children)
                  .where(isNotNull(s.children.keeperId)),
              ),
          ),
        )
        .returning(),
    "by exists": ({ db, s, orm: { notExists, eq, sql } }) =>
      db
        .delete(s.items)
        .where(
          notExists(
            db
              .select({ x: sql`1` })
              .from(s.parents)
              .where(eq(s.parents.id, s.items.stock)),
          ),
        )
        .returning({ id: s.items.id }),
    "order and limit": ({ db, s, orm: { desc, sql } }) =>
      db
        .delete(s.items)
        .where(sql`true`)
        .orderBy(desc(s.items.id))
        .limit(1),
    "order, limit and returning": ({ db, s, orm: { desc, sql } }) =>
      db
        .delete(s.slots)
        .where(sql`true`)
        .orderBy(desc(s.slots.count))
        .limit(2)
        .returning({ day: s.slots.day, count: s.slots.count }),
    "kept by a foreign key": with_({ fails: /FOREIGN KEY/ }, ({ db, s, orm: { eq } }) =>
      db.delete(s.parents).where(eq(s.parents.id, 2)),
    ),
  },
);

export default [...updates, ...deletes];
