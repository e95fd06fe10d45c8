// union, unionAll, intersect and except, as methods and as functions.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

const kinds = ["union", "unionAll", "intersect", "except"];
const eachKind = (title, run) =>
  kinds.map((kind) => [`${kind} ${title}`, (side) => run(side, kind)]);

export default topic(
  "set operators",
  shop,
  {},
  {
    ...Object.fromEntries([
      ...eachKind("as a method", ({ db, s }, kind) =>
        db
          .select({ id: s.users.id })
          .from(s.users)
          [kind](db.select({ id: s.posts.ownerId }).from(s.posts))
          .orderBy(s.users.id),
      ),
      ...eachKind("as a function", ({ db, s, core, orm: { sql } }, kind) =>
        core[kind](
          db.select({ id: s.users.id }).from(s.users),
          db.select({ id: s.posts.ownerId }).from(s.posts),
        ).orderBy(sql`1`),
      ),
      ...eachKind("of three", ({ db, s, core, orm: { sql, gt } }, kind) =>
        core[kind](
          db.select({ id: s.users.id }).from(s.users).where(gt(s.users.id, 1)),
          db.select({ id: s.posts.id }).from(s.posts),
          db.select({ id: s.groups.id }).from(s.groups),
        ).orderBy(sql`1`),
      ),
      ...eachKind("with a callback", ({ db, s, orm: { sql } }, kind) =>
        db
          .select({ id: s.users.id })
          .from(s.users)
          [kind]((ops) => db.select({ id: s.comments.authorId }).from(s.comments))
          .orderBy(sql`id`),
      ),
      ...eachKind("keeps decoders", ({ db, s, orm: { sql } }, kind) =>
        db
          .select({ at: s.users.createdAt })
          .from(s.users)
          [kind](db.select({ at: s.posts.createdAt }).from(s.posts))
          .orderBy(sql`1`),
      ),
      ...eachKind("with limit and offset", ({ db, s, orm: { sql } }, kind) =>
        db
          .select({ id: s.users.id })
          .from(s.users)
          [kind](db.select({ id: s.groups.id }).from(s.groups))
          .orderBy(sql`1 desc`)
          .limit(2)
          .offset(1),
      ),
      ...eachKind("of nothing", ({ db, s, orm: { sql } }, kind) =>
        db
          .select({ id: s.users.id })
          .from(s.users)
          [kind](db.select({ id: s.empty.id }).from(s.empty))
          .orderBy(sql`1`),
      ),
    ]),
    "all columns": ({ db, s, orm: { lt, gt } }) =>
      db
        .select()
        .from(s.groups)
        .where(lt(s.groups.id, 2))
        .union(db.select().from(s.groups).where(gt(s.groups.id, 1)))
        .orderBy(s.groups.id),
    "mixed kinds, left to right": ({ db, s, orm: { sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .union(db.select({ id: s.posts.id }).from(s.posts))
        .except(db.select({ id: s.groups.id }).from(s.groups))
        .orderBy(sql`1`),
    "a compound as an operand": ({ db, s, core: { union, except }, orm: { sql } }) =>
      except(
        db.select({ id: s.posts.id }).from(s.posts),
        union(
          db.select({ id: s.groups.id }).from(s.groups),
          db.select({ id: s.empty.id }).from(s.empty),
        ),
      ).orderBy(sql`1`),
    "in a subquery": ({ db, s, orm: { count } }) => {
      const all = db
        .select({ id: s.users.id })
        .from(s.users)
        .unionAll(db.select({ id: s.posts.id }).from(s.posts))
        .as("all_ids");
      return db.select({ n: count() }).from(all);
    },
    "in a cte": ({ db, s }) => {
      const all = db.$with("all_ids").as(
        db
          .select({ id: s.users.id })
          .from(s.users)
          .union(db.select({ id: s.posts.id }).from(s.posts)),
      );
      return db.with(all).select().from(all).orderBy(all.id);
    },
    "in inArray": ({ db, s, orm: { inArray } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .where(
          inArray(
            s.users.id,
            db
              .select({ id: s.groups.id })
              .from(s.groups)
              .union(db.select({ id: s.posts.ownerId }).from(s.posts)),
          ),
        )
        .orderBy(s.users.id),
    "order by the second column": ({ db, s }) =>
      db
        .select({ id: s.groups.id, name: s.groups.name })
        .from(s.groups)
        .union(db.select({ id: s.users.id, name: s.users.name }).from(s.users))
        .orderBy(s.groups.name),
    "order by an alias": ({ db, s, orm: { sql, desc } }) => {
      const low = sql`lower(${s.groups.name})`.as("low");
      return db
        .select({ low })
        .from(s.groups)
        .union(db.select({ low: sql`lower(${s.users.name})`.as("low") }).from(s.users))
        .orderBy(desc(low));
    },
    "different columns under one key": ({ db, s, orm: { sql } }) =>
      db
        .select({ label: s.users.name })
        .from(s.users)
        .unionAll(db.select({ label: s.posts.content }).from(s.posts))
        .orderBy(sql`1`),
    "values beside columns": ({ db, s, orm: { sql } }) =>
      db
        .select({ id: s.users.id, kind: sql`${"user"}`.as("kind") })
        .from(s.users)
        .unionAll(db.select({ id: s.posts.id, kind: sql`${"post"}`.as("kind") }).from(s.posts))
        .orderBy(sql`2, 1`),
    "with joins": ({ db, s, orm: { eq, sql } }) =>
      db
        .select({ name: s.users.name })
        .from(s.users)
        .innerJoin(s.posts, eq(s.posts.ownerId, s.users.id))
        .except(
          db
            .select({ name: s.users.name })
            .from(s.users)
            .innerJoin(s.comments, eq(s.comments.authorId, s.users.id)),
        )
        .orderBy(sql`1`),
    "with groups": ({ db, s, orm: { count, sql } }) =>
      db
        .select({ k: s.posts.ownerId, n: count() })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .unionAll(
          db
            .select({ k: s.comments.authorId, n: count() })
            .from(s.comments)
            .groupBy(s.comments.authorId),
        )
        .orderBy(sql`1, 2`),
    "limits of the operands": ({ db, s, core: { unionAll }, orm: { sql } }) =>
      unionAll(
        db.select({ id: s.users.id }).from(s.users),
        db.select({ id: s.posts.id }).from(s.posts).orderBy(s.posts.id).limit(2),
      ).orderBy(sql`1`),
    "get()": ({ db, s, orm: { sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .union(db.select({ id: s.posts.id }).from(s.posts))
        .orderBy(sql`1 desc`)
        .get(),
    "different keys": with_({ fails: "alike" }, ({ db, s }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .union(db.select({ no: s.posts.id }).from(s.posts)),
    ),
    "keys in another order": with_({ fails: "alike" }, ({ db, s }) =>
      db
        .select({ id: s.users.id, name: s.users.name })
        .from(s.users)
        .union(db.select({ name: s.groups.name, id: s.groups.id }).from(s.groups)),
    ),
  },
);
