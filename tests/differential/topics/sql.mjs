// `sql` in every form.
import { topic, with_ } from "../cases.mjs";
import { shop } from "../schemas/shop.mjs";

/** A case that selects one field of every user. */
const field = (make) => (side) => {
  const { db, s } = side;
  const value = make({ ...side.orm, u: s.users, s, db });
  return db.select({ id: s.users.id, value }).from(s.users).orderBy(s.users.id);
};

export default topic(
  "sql",
  shop,
  {},
  {
    "text only": field(({ sql }) => sql`1 + 1`),
    "a column": field(({ sql, u }) => sql`${u.name} || '!'`),
    "a lone column is not decoded": field(({ sql, u }) => sql`${u.createdAt}`),
    values: field(({ sql }) => sql`${1} + ${2.5}`),
    "text value": field(({ sql }) => sql`${"a'b"} || ${'"'}`),
    "null value": field(({ sql }) => sql`coalesce(${null}, ${"x"})`),
    "bigint value": field(({ sql }) => sql`${12n} + 1`),
    "undefined is empty": field(({ sql }) => sql`1 ${undefined} + 2`),
    "an array is a list": field(({ sql, u }) => sql`${u.id} in ${[1, 2]}`),
    "nested sql": field(({ sql, u }) => sql`abs(${sql`${u.id} - ${3}`})`),
    "sql in sql in sql": field(({ sql, u }) => sql`${sql`(${sql`${u.id} + ${1}`}) * ${2}`} - ${3}`),
    raw: field(({ sql }) => sql`${sql.raw("1 + 2")} * 3`),
    "raw with quotes": field(({ sql }) => sql.raw(`'it''s'`)),
    identifier: field(({ sql }) => sql`${sql.identifier("users")}.${sql.identifier("name")}`),
    join: field(({ sql, u }) => sql.join([u.name, sql`${"-"}`, u.id], sql` || `)),
    "join without separator": field(({ sql }) => sql.join([sql`1`, sql` + `, sql`2`])),
    "join of nothing": field(({ sql }) => sql`1${sql.join([])}`),
    "join of values": field(
      ({ sql, u }) => sql`${u.id} in (${sql.join([sql`${1}`, sql`${3}`], sql`, `)})`,
    ),
    "empty and append": field(({ sql, u }) => {
      const made = sql.empty();
      made.append(sql`case when ${u.id} = ${1}`);
      made.append(sql` then ${"one"} else ${"more"} end`);
      return made;
    }),
    param: field(({ sql }) => sql`${sql.param(5)} + 1`),
    "param with an encoder": field(
      ({ sql, u }) => sql`${u.createdAt} = ${sql.param(new Date(1700000000000), u.createdAt)}`,
    ),
    "param of a boolean column": field(
      ({ sql, u }) => sql`${u.verified} = ${sql.param(true, u.verified)}`,
    ),
    "mapWith Number": field(({ sql, u }) => sql`cast(${u.id} as text)`.mapWith(Number)),
    "mapWith String": field(({ sql, u }) => sql`${u.id}`.mapWith(String)),
    "mapWith a column": field(({ sql, u }) => sql`max(${u.createdAt}, 0)`.mapWith(u.createdAt)),
    "mapWith a boolean column": field(({ sql, u }) => sql`${u.id} > 2`.mapWith(u.verified)),
    "mapWith a json column": field(({ sql, u }) => sql`${u.meta}`.mapWith(u.meta)),
    "mapWith a function is not called for null": field(({ sql, u }) =>
      sql`${u.age}`.mapWith((v) => `<${v}>`),
    ),
    "mapWith a decoder object": field(({ sql, u }) =>
      sql`${u.id}`.mapWith({ mapFromDriverValue: (v) => v * 10 }),
    ),
    as: field(({ sql, u }) => sql`upper(${u.name})`.as("up")),
    "as with mapWith": field(({ sql, u }) => sql`cast(${u.id} as text)`.mapWith(Number).as("n")),
    inlineParams: field(({ sql, u }) => sql`${u.id} + ${5} || ${"a'b"}`.inlineParams()),
    "if true": field(({ sql, u }) => sql`1 + 1 ${sql`+ ${u.id}`.if(true)}`),
    "if false": field(({ sql, u }) => sql`1 + 1 ${sql`+ ${u.id}`.if(false)}`),
    "a subquery": field(
      ({ sql, db, s, u, eq }) =>
        sql`${db
          .select({ n: sql`count(*)` })
          .from(s.posts)
          .where(eq(s.posts.ownerId, u.id))}`,
    ),
    "a subquery with a value around it": field(
      ({ sql, db, s, u, eq }) =>
        sql`coalesce(${db
          .select({ n: sql`max(${s.posts.likes})` })
          .from(s.posts)
          .where(eq(s.posts.ownerId, u.id))}, ${-1})`,
    ),
    "a table in a from": field(
      ({ sql, s, u }) => sql`(select count(*) from ${s.posts} where ${s.posts.ownerId} = ${u.id})`,
    ),
    "functions with conditions": field(
      ({ sql, u, gt }) => sql`iif(${gt(u.age, 30)}, ${"old"}, ${"young"})`,
    ),
    "case of several": field(
      ({ sql, u }) =>
        sql`case ${u.age} when ${20} then ${"a"} when ${36} then ${"b"} else ${null} end`,
    ),
    "question marks in text": field(({ sql }) => sql`'?' || ${"?"} || '?1'`),
    "comments and quotes": field(
      ({ sql }) => sql`/* ? */ '"' || ${"1"} -- ?
    || "users"."name"`,
    ),
    unicode: field(({ sql }) => sql`'🌧' || ${"été 🌂"}`),
    "in where": ({ db, s, orm: { sql } }) =>
      db
        .select()
        .from(s.users)
        .where(sql`${s.users.age} > ${19} and ${s.users.verified}`)
        .orderBy(s.users.id),
    "in order": ({ db, s, orm: { sql } }) =>
      db
        .select()
        .from(s.users)
        .orderBy(sql`${s.users.age} is null, ${s.users.age} desc, ${s.users.id}`),
    "in group and having": ({ db, s, orm: { sql } }) =>
      db
        .select({ len: sql`length(${s.users.name})`, n: sql`count(*)` })
        .from(s.users)
        .groupBy(sql`length(${s.users.name})`)
        .having(sql`count(*) > ${0}`)
        .orderBy(sql`1`),
    "in limit": ({ db, s, orm: { sql } }) =>
      db
        .select({ id: s.users.id })
        .from(s.users)
        .orderBy(s.users.id)
        .limit(sql`1 + ${1}`),
    "json operators": ({ db, s, orm: { sql } }) =>
      db
        .select({
          tag: sql`${s.users.meta} ->> '$.tags[0]'`,
          deep: sql`${s.users.meta} -> ${"$.deep"}`,
        })
        .from(s.users)
        .where(sql`json_valid(${s.users.meta})`)
        .orderBy(s.users.id),
    "window functions": ({ db, s, orm: { sql } }) =>
      db
        .select({
          id: s.posts.id,
          rank: sql`rank() over (partition by ${s.posts.ownerId} order by ${s.posts.likes} desc)`,
        })
        .from(s.posts)
        .orderBy(s.posts.id),
    "from sql": ({ db, orm: { sql } }) =>
      db.select({ value: sql`value`, key: sql`key` }).from(sql`json_each(${'["a","b"]'})`),
    "from sql with a join": ({ db, s, orm: { sql } }) =>
      db
        .select({ id: s.users.id, tag: sql`"each"."value"` })
        .from(s.users)
        .innerJoin(sql`json_each(${s.users.meta}, '$.tags') as "each"`, sql`true`)
        .orderBy(s.users.id, sql`"each"."key"`),
    "an alias in order": ({ db, s, orm: { sql } }) => {
      const up = sql`lower(${s.users.name})`.as("low");
      return db.select({ up, id: s.users.id }).from(s.users).orderBy(up);
    },
    "an alias in where": ({ db, s, orm: { sql, eq } }) => {
      const len = sql`length(${s.users.name})`.as("len");
      return db.select({ len, id: s.users.id }).from(s.users).where(eq(len, 3)).orderBy(s.users.id);
    },
    "a syntax error": with_({ fails: true }, ({ db, s, orm: { sql } }) =>
      db.select({ x: sql`1 +` }).from(s.users),
    ),
    "a column of a table that is not in reach": with_({ fails: true }, ({ db, s, orm: { sql } }) =>
      db.select({ x: sql`${s.posts.id}` }).from(s.users),
    ),
    "a function that does not exist": with_({ fails: true }, ({ db, s, orm: { sql } }) =>
      db.select({ x: sql`nope(${s.users.id})` }).from(s.users),
    ),
  },
);
