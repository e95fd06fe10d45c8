// Subqueries as sources, values and lists, and CTEs.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

const subqueries = topic(
  "subqueries",
  shop,
  {},
  {
    "from a subquery": ({ db, s, orm: { gt } }) => {
      const sub = db.select().from(s.users).where(gt(s.users.id, 2)).as("sub");
      return db.select().from(sub).orderBy(sub.id);
    },
    "columns keep their decoders": ({ db, s }) => {
      const sub = db
        .select({ at: s.users.createdAt, ok: s.users.verified, meta: s.users.meta, id: s.users.id })
        .from(s.users)
        .as("sub");
      return db.select({ when: sub.at, ok: sub.ok, meta: sub.meta }).from(sub).orderBy(sub.id);
    },
    "renamed keys": ({ db, s, orm: { eq } }) => {
      const sub = db.select({ key: s.users.id, label: s.users.name }).from(s.users).as("sub");
      return db.select({ l: sub.label }).from(sub).where(eq(sub.key, 2));
    },
    "aliased sql": ({ db, s, orm: { sql, gt } }) => {
      const sub = db
        .select({ id: s.users.id, len: sql`length(${s.users.name})`.as("len") })
        .from(s.users)
        .as("sub");
      return db.select().from(sub).where(gt(sub.len, 2)).orderBy(sub.id);
    },
    "aliased sql with a decoder": ({ db, s, orm: { sql } }) => {
      const sub = db
        .select({ id: s.users.id, n: sql`cast(${s.users.id} as text)`.mapWith(Number).as("n") })
        .from(s.users)
        .as("sub");
      return db.select({ n: sub.n }).from(sub).orderBy(sub.id);
    },
    "aggregate in a subquery": ({ db, s, orm: { count, eq, max } }) => {
      const sub = db
        .select({
          owner: s.posts.ownerId,
          n: count().as("n"),
          last: max(s.posts.createdAt).as("last"),
        })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .as("sub");
      return db
        .select({ name: s.users.name, n: sub.n, last: sub.last })
        .from(s.users)
        .leftJoin(sub, eq(sub.owner, s.users.id))
        .orderBy(s.users.id);
    },
    "a subquery joined whole": ({ db, s, orm: { count, eq } }) => {
      const sub = db
        .select({ owner: s.posts.ownerId, n: count().as("n") })
        .from(s.posts)
        .groupBy(s.posts.ownerId)
        .as("sub");
      return db.select().from(s.users).leftJoin(sub, eq(sub.owner, s.users.id)).orderBy(s.users.id);
    },
    "nested three deep": ({ db, s, orm: { gt, lt } }) => {
      const a = db.select().from(s.users).where(gt(s.users.id, 1)).as("a");
      const b = db.select({ id: a.id, name: a.name }).from(a).where(lt(a.id, 5)).as("b");
      const c = db.select().from(b).limit(2).orderBy(b.id).as("c");
      return db.select().from(c).orderBy(c.id);
    },
    "with order and limit inside": ({ db, s, orm: { desc } }) => {
      const top = db
        .select()
        .from(s.posts)
        .orderBy(desc(s.posts.likes), s.posts.id)
        .limit(3)
        .as("top");
      return db.select({ id: top.id, likes: top.likes }).from(top).orderBy(top.id);
    },
    "parameters inside and outside": ({ db, s, orm: { gt, lt, sql } }) => {
      const sub = db
        .select({ id: s.users.id, x: sql`${s.users.id} + ${100}`.as("x") })
        .from(s.users)
        .where(gt(s.users.id, 1))
        .as("sub");
      return db
        .select({ id: sub.id, x: sub.x, y: sql`${sub.x} + ${1000}` })
        .from(sub)
        .where(lt(sub.id, 5))
        .orderBy(sub.id);
    },
    "distinct inside": ({ db, s, orm: { count } }) => {
      const ages = db.selectDistinct({ age: s.users.age }).from(s.users).as("ages");
      return db.select({ n: count() }).from(ages);
    },
    "two subqueries of one table": ({ db, s, orm: { eq, gt, lt } }) => {
      const a = db.select().from(s.posts).where(gt(s.posts.likes, 2)).as("a");
      const b = db.select().from(s.posts).where(lt(s.posts.likes, 6)).as("b");
      return db
        .select({ a: a.id, b: b.id })
        .from(a)
        .innerJoin(b, eq(a.ownerId, b.ownerId))
        .orderBy(a.id, b.id);
    },
    "in a field": ({ db, s, orm: { sql, eq } }) => {
      const n = db
        .select({ n: sql`count(*)` })
        .from(s.posts)
        .where(eq(s.posts.ownerId, s.users.id));
      return db
        .select({ id: s.users.id, n: sql`${n}`.mapWith(Number) })
        .from(s.users)
        .orderBy(s.users.id);
    },
    "a scalar on the right of an operator": ({ db, s, orm: { eq, max } }) =>
      db
        .select()
        .from(s.posts)
        .where(eq(s.posts.likes, db.select({ m: max(s.posts.likes) }).from(s.posts))),
    "inArray of a subquery with a limit": ({ db, s, orm: { inArray, desc } }) =>
      db
        .select({ id: s.posts.id })
        .from(s.posts)
        .where(
          inArray(
            s.posts.id,
            db.select({ id: s.posts.id }).from(s.posts).orderBy(desc(s.posts.likes)).limit(2),
          ),
        )
        .orderBy(s.posts.id),
    "correlated with itself through an alias": ({ db, s, core: { alias }, orm: { eq, max } }) => {
      const p = alias(s.posts, "p");
      return db
        .select({ id: s.posts.id })
        .from(s.posts)
        .where(
          eq(
            s.posts.likes,
            db
              .select({ m: max(p.likes) })
              .from(p)
              .where(eq(p.ownerId, s.posts.ownerId)),
          ),
        )
        .orderBy(s.posts.id);
    },
    "of a subquery with a join": ({ db, s, orm: { eq } }) => {
      const sub = db
        .select({ user: s.users.name, post: s.posts.content, id: s.posts.id })
        .from(s.users)
        .innerJoin(s.posts, eq(s.posts.ownerId, s.users.id))
        .as("sub");
      return db.select().from(sub).orderBy(sub.id);
    },
    "left joined twice": ({ db, s, orm: { eq, gt } }) => {
      const sub = db
        .select({ owner: s.posts.ownerId, content: s.posts.content })
        .from(s.posts)
        .where(gt(s.posts.likes, 4))
        .as("sub");
      return db
        .select({ id: s.users.id, sub: { content: sub.content, owner: sub.owner } })
        .from(s.users)
        .leftJoin(sub, eq(sub.owner, s.users.id))
        .orderBy(s.users.id, sub.content);
    },
    "a source under its own name": ({ db, s }) => {
      const users = db.select({ id: s.users.id }).from(s.users).as("users");
      return db.select().from(users).orderBy(users.id);
    },
    "QueryBuilder without a database": ({ db, s, core: { QueryBuilder }, orm: { gt } }) => {
      const sub = new QueryBuilder().select().from(s.users).where(gt(s.users.id, 3)).as("sub");
      return db.select({ id: sub.id }).from(sub).orderBy(sub.id);
    },
    "sql of a subquery without an alias": with_({ fails: "alike" }, ({ db, s, orm: { sql } }) => {
      const sub = db
        .select({ len: sql`length(${s.users.name})` })
        .from(s.users)
        .as("sub");
      return db.select({ len: sub.len }).from(sub);
    }),
    "a column that the subquery does not have": with_({ fails: true }, ({ db, s, orm: { eq } }) => {
      const sub = db.select({ id: s.users.id }).from(s.users).as("sub");
      return db.select().from(sub).where(eq(s.users.name, "Bo"));
    }),
  },
);

const ctes = topic(
  "ctes",
  shop,
  {},
  {
    one: ({ db, s, orm: { gt } }) => {
      const old = db.$with("old").as(db.select().from(s.users).where(gt(s.users.age, 19)));
      return db.with(old).select().from(old).orderBy(old.id);
    },
    "with a callback": ({ db, s, orm: { gt } }) => {
      const old = db
        .$with("old")
        .as((qb) =>
          qb
            .select({ id: s.users.id, at: s.users.createdAt })
            .from(s.users)
            .where(gt(s.users.age, 19)),
        );
      return db.with(old).select().from(old).orderBy(old.id);
    },
    "two, the second of the first": ({ db, s, orm: { gt, lt } }) => {
      const a = db.$with("a").as(db.select().from(s.users).where(gt(s.users.id, 1)));
      const b = db.$with("b").as(db.select({ id: a.id, name: a.name }).from(a).where(lt(a.id, 5)));
      return db.with(a, b).select().from(b).orderBy(b.id);
    },
    "joined with a table": ({ db, s, orm: { eq, count } }) => {
      const counts = db.$with("counts").as(
        db
          .select({ owner: s.posts.ownerId, n: count().as("n") })
          .from(s.posts)
          .groupBy(s.posts.ownerId),
      );
      return db
        .with(counts)
        .select({ name: s.users.name, n: counts.n })
        .from(s.users)
        .leftJoin(counts, eq(counts.owner, s.users.id))
        .orderBy(s.users.id);
    },
    "used in a subquery": ({ db, s, orm: { inArray, gt } }) => {
      const liked = db
        .$with("liked")
        .as(db.select({ owner: s.posts.ownerId }).from(s.posts).where(gt(s.posts.likes, 4)));
      return db
        .with(liked)
        .select({ id: s.users.id })
        .from(s.users)
        .where(inArray(s.users.id, db.select({ owner: liked.owner }).from(liked)))
        .orderBy(s.users.id);
    },
    "used in sql": ({ db, s, orm: { sql, avg } }) => {
      const stats = db
        .$with("stats")
        .as(db.select({ mean: avg(s.posts.likes).as("mean") }).from(s.posts));
      return db
        .with(stats)
        .select({ id: s.posts.id })
        .from(s.posts)
        .where(sql`${s.posts.likes} > (select ${stats.mean} from ${stats})`)
        .orderBy(s.posts.id);
    },
    "two of one shape, joined": ({ db, s, orm: { eq, gt } }) => {
      const a = db.$with("a").as(db.select().from(s.posts).where(gt(s.posts.likes, 2)));
      const b = db.$with("b").as(db.select().from(s.comments));
      return db.with(a, b).select().from(a).leftJoin(b, eq(b.postId, a.id)).orderBy(a.id, b.id);
    },
    selectDistinct: ({ db, s }) => {
      const all = db.$with("all_ages").as(db.select({ age: s.users.age }).from(s.users));
      return db.with(all).selectDistinct().from(all).orderBy(all.age);
    },
    "raw sql with a selection": ({ db, orm: { sql } }) => {
      const rows = db
        .$with("n", { n: sql`n`.mapWith(Number).as("n") })
        .as(sql`select 1 as n union select 2`);
      return db.with(rows).select().from(rows).orderBy(rows.n);
    },
    "recursive through sql": ({ db, orm: { sql } }) => {
      const rows = db
        .$with("c", { n: sql`n`.as("n") })
        .as(sql`select 1 as n union all select n + 1 from c where n < ${5}`);
      return db.with(rows).select({ n: rows.n }).from(rows).orderBy(rows.n);
    },
    "before an insert": with_({ writes: true }, ({ db, s, orm: { sql } }) => {
      const top = db
        .$with("top")
        .as(db.select({ n: sql`max(${s.groups.id})`.as("n") }).from(s.groups));
      return db
        .with(top)
        .insert(s.groups)
        .values({ name: sql`(select 'after ' || n from top)` })
        .returning();
    }),
    "before an update": with_({ writes: true }, ({ db, s, orm: { sql, eq, max } }) => {
      const top = db
        .$with("top")
        .as(db.select({ likes: max(s.posts.likes).as("likes") }).from(s.posts));
      return db
        .with(top)
        .update(s.posts)
        .set({ content: "top" })
        .where(eq(s.posts.likes, sql`(select ${top.likes} from ${top})`))
        .returning({ id: s.posts.id });
    }),
    "before a delete": with_({ writes: true }, ({ db, s, orm: { inArray, lt } }) => {
      const few = db
        .$with("few")
        .as(db.select({ id: s.comments.id }).from(s.comments).where(lt(s.comments.id, 3)));
      return db
        .with(few)
        .delete(s.comments)
        .where(inArray(s.comments.id, db.select({ id: few.id }).from(few)))
        .returning({ id: s.comments.id });
    }),
    "parameters in order": ({ db, s, orm: { gt, lt, sql } }) => {
      const a = db.$with("a").as(
        db
          .select({ id: s.users.id, x: sql`${"x"}`.as("x") })
          .from(s.users)
          .where(gt(s.users.id, 1)),
      );
      return db
        .with(a)
        .select({ id: a.id, x: a.x, y: sql`${"y"}` })
        .from(a)
        .where(lt(a.id, 4))
        .orderBy(a.id);
    },
    "$count of a cte is a table count": ({ db, s }) => {
      const a = db.$with("a").as(db.select().from(s.users));
      return db
        .with(a)
        .select({ n: db.$count(s.posts) })
        .from(a)
        .limit(1);
    },
    "used without with()": with_({ fails: true }, ({ db, s }) => {
      const a = db.$with("a").as(db.select().from(s.users));
      return db.select().from(a);
    }),
  },
);

export default [...subqueries, ...ctes];
