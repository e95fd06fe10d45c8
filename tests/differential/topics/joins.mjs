// Joins of every kind, and which objects become null.
import { shop } from "../schemas/shop.mjs";
import { topic, with_ } from "../cases.mjs";

const kinds = ["innerJoin", "leftJoin", "rightJoin", "fullJoin"];

/** One case for each kind of join that has a condition. */
const eachKind = (title, run) =>
  Object.fromEntries(kinds.map((kind) => [`${kind}: ${title}`, (side) => run(side, kind)]));

export default topic(
  "joins",
  shop,
  {},
  {
    ...eachKind("all columns", ({ db, s: { users, posts }, orm: { eq, asc } }, join) =>
      db
        .select()
        .from(users)
        [join](posts, eq(posts.ownerId, users.id))
        .orderBy(asc(users.id), asc(posts.id)),
    ),
    ...eachKind("flat fields", ({ db, s: { users, posts }, orm: { eq } }, join) =>
      db
        .select({
          name: users.name,
          content: posts.content,
          at: posts.createdAt,
          ok: users.verified,
        })
        .from(users)
        [join](posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id),
    ),
    ...eachKind("nested fields", ({ db, s: { users, posts }, orm: { eq } }, join) =>
      db
        .select({
          user: { id: users.id, name: users.name },
          post: { id: posts.id, content: posts.content },
        })
        .from(users)
        [join](posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id),
    ),
    ...eachKind("whole tables as fields", ({ db, s: { users, posts }, orm: { eq } }, join) =>
      db
        .select({ users, posts })
        .from(users)
        [join](posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id),
    ),
    ...eachKind(
      "a table with itself",
      ({ db, s: { users }, core: { alias }, orm: { eq } }, join) => {
        const inviter = alias(users, "inviter");
        return db
          .select()
          .from(users)
          [join](inviter, eq(users.invitedBy, inviter.id))
          .orderBy(users.id, inviter.id);
      },
    ),
    ...eachKind("three tables", ({ db, s: { users, posts, comments }, orm: { eq } }, join) =>
      db
        .select()
        .from(users)
        [join](posts, eq(posts.ownerId, users.id))
        [join](comments, eq(comments.postId, posts.id))
        .orderBy(users.id, posts.id, comments.id),
    ),
    ...eachKind("then inner", ({ db, s: { users, posts, comments }, orm: { eq } }, join) =>
      db
        .select()
        .from(users)
        [join](posts, eq(posts.ownerId, users.id))
        .innerJoin(comments, eq(comments.authorId, users.id))
        .orderBy(users.id, posts.id, comments.id),
    ),
    ...eachKind("then left", ({ db, s: { users, posts, comments }, orm: { eq } }, join) =>
      db
        .select()
        .from(users)
        [join](posts, eq(posts.ownerId, users.id))
        .leftJoin(comments, eq(comments.postId, posts.id))
        .orderBy(users.id, posts.id, comments.id),
    ),
    ...eachKind("a subquery", ({ db, s: { users, posts }, orm: { eq, gt } }, join) => {
      const liked = db.select().from(posts).where(gt(posts.likes, 2)).as("liked");
      return db
        .select()
        .from(users)
        [join](liked, eq(liked.ownerId, users.id))
        .orderBy(users.id, liked.id);
    }),
    ...eachKind(
      "with a compound condition",
      ({ db, s: { users, posts }, orm: { eq, and, or, gt, isNull } }, join) =>
        db
          .select({ u: users.id, p: posts.id })
          .from(users)
          [join](
            posts,
            and(eq(posts.ownerId, users.id), or(gt(posts.likes, 4), isNull(posts.content))),
          )
          .orderBy(users.id, posts.id),
    ),
    ...eachKind("an empty table", ({ db, s: { users, empty }, orm: { eq } }, join) =>
      db.select().from(users)[join](empty, eq(empty.id, users.id)).orderBy(users.id),
    ),
    ...eachKind("condition in sql", ({ db, s: { users, posts }, orm: { sql } }, join) =>
      db
        .select({ u: users.name, p: posts.id })
        .from(users)
        [join](posts, sql`${posts.ownerId} = ${users.id} and ${posts.likes} > ${1}`)
        .orderBy(users.id, posts.id),
    ),
    ...eachKind(
      "an SQL field beside columns",
      ({ db, s: { users, posts }, orm: { eq, sql } }, join) =>
        db
          .select({
            id: users.id,
            up: sql`upper(${posts.content})`,
            post: { id: posts.id, twice: sql`${posts.likes} * 2` },
          })
          .from(users)
          [join](posts, eq(posts.ownerId, users.id))
          .orderBy(users.id, posts.id),
    ),
    "cross join": ({ db, s: { groups, empty, usersToGroups } }) =>
      db
        .select()
        .from(groups)
        .crossJoin(usersToGroups)
        .orderBy(groups.id, usersToGroups.userId, usersToGroups.groupId),
    "cross join of an empty table": ({ db, s: { groups, empty } }) =>
      db.select().from(groups).crossJoin(empty),
    "self join through two aliases": ({
      db,
      s: { users },
      core: { alias },
      orm: { eq, gt, and },
    }) => {
      const [a, b] = [alias(users, "a"), alias(users, "b")];
      return db
        .select({ a: a.name, b: b.name, at: b.createdAt })
        .from(a)
        .innerJoin(b, and(eq(a.age, b.age), gt(b.id, a.id)))
        .orderBy(a.id);
    },
    "many to many": ({ db, s: { users, groups, usersToGroups }, orm: { eq } }) =>
      db
        .select({ user: users.name, group: groups.name, role: usersToGroups.role })
        .from(users)
        .innerJoin(usersToGroups, eq(usersToGroups.userId, users.id))
        .innerJoin(groups, eq(groups.id, usersToGroups.groupId))
        .orderBy(users.id, groups.id),
    "left join, then a join on the joined": ({
      db,
      s: { users, posts, comments },
      core: { alias },
      orm: { eq },
    }) => {
      const author = alias(users, "author");
      return db
        .select({ u: users.name, body: comments.body, author: author.name })
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .leftJoin(comments, eq(comments.postId, posts.id))
        .leftJoin(author, eq(comments.authorId, author.id))
        .orderBy(users.id, posts.id, comments.id);
    },
    "a nested object whose first column is null": ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select({ id: users.id, post: { content: posts.content, id: posts.id } })
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id),
    "a nested object of two tables is never null": ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select({ both: { user: users.name, post: posts.content } })
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id),
    "where on the missing side": ({ db, s: { users, posts }, orm: { eq, isNull } }) =>
      db
        .select()
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .where(isNull(posts.id))
        .orderBy(users.id),
    "join with a callback": ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select({ id: users.id, post: posts.id })
        .from(users)
        .leftJoin(posts, (f) => eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id),
    "limit and offset over a join": ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select()
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id)
        .limit(3)
        .offset(1),
    "the same column by two keys": ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select({ a: users.id, b: users.id, c: posts.id })
        .from(users)
        .innerJoin(posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id),
    "from a subquery, joined with a table": ({ db, s: { users, posts }, orm: { eq, gt } }) => {
      const old = db
        .select({ id: users.id, name: users.name })
        .from(users)
        .where(gt(users.age, 19))
        .as("old");
      return db
        .select()
        .from(old)
        .innerJoin(posts, eq(posts.ownerId, old.id))
        .orderBy(old.id, posts.id);
    },
    "get() of a join": ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select()
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id)
        .get(),
    "values() of a join": ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select({ n: users.name, at: posts.createdAt })
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .orderBy(users.id, posts.id)
        .values(),
    "the same alias twice": with_({ fails: "alike" }, ({ db, s: { users, posts }, orm: { eq } }) =>
      db
        .select()
        .from(users)
        .leftJoin(posts, eq(posts.ownerId, users.id))
        .leftJoin(posts, eq(posts.ownerId, users.id)),
    ),
    "a column of a table that is not joined": with_(
      { fails: "alike" },
      ({ db, s: { users, posts, comments }, orm: { eq } }) =>
        db.select({ body: comments.body }).from(users).leftJoin(posts, eq(posts.ownerId, users.id)),
    ),
  },
);
