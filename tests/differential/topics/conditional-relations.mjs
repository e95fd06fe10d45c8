// Relations of v1 that have conditions of their own, seen from both sides: the reverse side holds the
// condition against the row that it starts from, also where several rows lead to the same one.
import { inspect } from "node:util";
import { topic } from "../cases.mjs";

const ddl = `
create table users (id integer primary key, name text, city text, verified integer, inviter_id integer);
create table posts (id integer primary key, title text, city text, author_id integer);
create table groups (id integer primary key, name text);
create table members (user_id integer, group_id integer);
insert into users values (1, 'Ada', 'x', 1, null), (2, 'Bo', 'x', 0, 1), (3, null, 'y', null, 2), (4, 'Dee', 'y', 1, 2);
insert into posts values (1, 'a', 'x', 1), (2, 'b', 'y', 2), (3, 'c', 'x', 3), (4, 'd', null, 4);
insert into groups values (1, 'sky'), (2, 'sea'), (3, null);
insert into members values (1, 1), (1, 2), (2, 2), (3, 1), (4, 3), (2, 1);
`;

function define({ core }) {
  const { integer, sqliteTable, text } = core;
  const users = sqliteTable("users", {
    id: integer().primaryKey(),
    name: text(),
    city: text(),
    verified: integer({ mode: "boolean" }),
    inviterId: integer("inviter_id"),
  });
  const posts = sqliteTable("posts", {
    id: integer().primaryKey(),
    title: text(),
    city: text(),
    authorId: integer("author_id"),
  });
  const groups = sqliteTable("groups", { id: integer().primaryKey(), name: text() });
  const members = sqliteTable("members", {
    userId: integer("user_id"),
    groupId: integer("group_id"),
  });
  return { users, posts, groups, members };
}

const relations = (r) => ({
  users: {
    groups: r.many.groups({
      from: r.users.id.through(r.members.userId),
      to: r.groups.id.through(r.members.groupId),
      where: { name: { ne: "sea" } },
    }),
    neighbours: r.many.posts({ alias: "city" }),
    posts: r.many.posts({ alias: "author" }),
    inviter: r.one.users({
      from: r.users.inviterId,
      to: r.users.id,
      alias: "invites",
      where: { verified: true },
    }),
    invited: r.many.users({ alias: "invites" }),
  },
  groups: { users: r.many.users() },
  posts: {
    near: r.one.users({
      from: r.posts.city,
      to: r.users.city,
      where: { verified: true },
      alias: "city",
    }),
    author: r.one.users({
      from: r.posts.authorId,
      to: r.users.id,
      where: { OR: [{ verified: true }, { name: { isNull: true } }] },
      alias: "author",
    }),
  },
});

const ids = { columns: { id: true }, orderBy: { id: "asc" } };
const filters = [
  { groups: true },
  { groups: false },
  { neighbours: true },
  { neighbours: { title: "b" } },
  { posts: true },
  { posts: false },
  { inviter: true },
  { inviter: false },
  { invited: true },
  { invited: { groups: true } },
  { NOT: { invited: { posts: true } } },
  { inviter: { invited: { name: "Bo" } } },
  { OR: [{ invited: false }, { groups: { users: { name: "Ada" } } }] },
];
const groupFilters = [{ users: true }, { users: false }, { users: { groups: { name: "sky" } } }];

const filtered = (table, where) => [
  `${table} with ${inspect(where, { depth: 9, breakLength: Infinity })}`,
  ({ db }) => db.query[table].findMany({ ...ids, where }),
];

export default topic(
  "conditional relations",
  { ddl, define, config: ({ orm }, s) => ({ relations: orm.defineRelations(s, relations) }) },
  { lines: ["v1"] },
  {
    "all at once": ({ db }) =>
      db.query.users.findMany({
        ...ids,
        with: {
          groups: ids,
          neighbours: ids,
          posts: ids,
          inviter: { columns: { id: true } },
          invited: {
            ...ids,
            with: { posts: ids, invited: ids, groups: { ...ids, with: { users: ids } } },
          },
        },
      }),
    "with limits": ({ db }) =>
      db.query.groups.findMany({ ...ids, with: { users: { ...ids, limit: 1, offset: 1 } } }),
    "there and back": ({ db }) =>
      db.query.posts.findMany({
        ...ids,
        with: {
          author: { columns: { id: true }, with: { posts: { ...ids, with: { author: true } } } },
        },
      }),
    ...Object.fromEntries(filters.map((where) => filtered("users", where))),
    ...Object.fromEntries(groupFilters.map((where) => filtered("groups", where))),
  },
);
