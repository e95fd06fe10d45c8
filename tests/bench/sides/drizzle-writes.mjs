// Writes in Drizzle's words. The rows of the batches and updates are made inside of the measured
// call on every side.
import { accountOf, batchesOf, newUser, removeNew, updatesOf } from "./written.mjs";

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

const placeholders = ({ sql }, names) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));

const insertUser = (db, s, values) => db.insert(s.users).values(values).returning();

export const writes = {
  "insert-prepared": ({ db, s, orm, host }) => ({
    op: (i) =>
      db.transaction((tx) => {
        const insert = insertUser(tx, s, placeholders(orm, ["name", "email"])).prepare();
        return times(200, (index) => insert.get(newUser(i * 200 + index)));
      }),
    reset: removeNew(host),
  }),
  "insert-anew": ({ db, s, host }) => ({
    op: (i) =>
      db.transaction((tx) =>
        times(200, (index) => insertUser(tx, s, newUser(i * 200 + index)).get()),
      ),
    reset: removeNew(host),
  }),
  "insert-100": ({ db, s, host }) => ({
    op: (i) => batchesOf(i).forEach((rows) => db.insert(s.users).values(rows).run()),
    reset: removeNew(host),
  }),
  "update-prepared": ({ db, s, orm: { eq, sql } }) => ({
    op: (i) =>
      db.transaction((tx) => {
        const update = tx
          .update(s.users)
          .set({ name: sql`${sql.placeholder("name")}` })
          .where(eq(s.users.id, sql.placeholder("id")))
          .prepare();
        for (const change of updatesOf(i)) update.run(change);
      }),
  }),
  "update-anew": ({ db, s, orm: { eq } }) => ({
    op: (i) =>
      db.transaction((tx) => {
        for (const { id, name } of updatesOf(i))
          tx.update(s.users).set({ name }).where(eq(s.users.id, id)).run();
      }),
  }),
  "pair-prepared": ({ db, s, orm, host }) => {
    const user = insertUser(db, s, placeholders(orm, ["name", "email"])).prepare();
    const account = db
      .insert(s.accounts)
      .values(placeholders(orm, ["userId", "provider", "token"]))
      .returning()
      .prepare();
    const pair = (i) =>
      db.transaction(() => {
        const created = user.get(newUser(i));
        return { ...created, account: account.get(accountOf(created.id)) };
      });
    return { op: (i) => times(100, (index) => pair(i * 100 + index)), reset: removeNew(host) };
  },
  "pair-anew": ({ db, s, host }) => {
    const pair = (i) =>
      db.transaction((tx) => {
        const created = insertUser(tx, s, newUser(i)).get();
        const account = tx.insert(s.accounts).values(accountOf(created.id)).returning().get();
        return { ...created, account };
      });
    return { op: (i) => times(100, (index) => pair(i * 100 + index)), reset: removeNew(host) };
  },
};
