// Where the errors of relation queries stand and what they say: at the member that is wrong, with
// the name that was meant.
import { missing, testMistakes, unassignable } from "./mistakes.mjs";

const head = `
import { defineRelations, drizzle, open } from "virga";
import * as blog from "./blog.js";
const client = await open();
const old = drizzle(client, { schema: blog });
const { users, posts } = blog;
const relations = defineRelations({ users, posts }, (r) => ({
  users: { posts: r.many.posts({ from: r.users.id, to: r.posts.authorId }) },
  posts: { author: r.one.users({ from: r.posts.authorId, to: r.users.id, optional: false }) },
}));
const db = drizzle(client, { relations });
`;

const cases = {
  "a column": [
    "old.query.users.findMany({ columns: { »invitr: true } })",
    missing("invitr", "inviter"),
  ],
  "a relation": ["old.query.users.findMany({ with: { »post: true } })", missing("post", "posts")],
  "a relation beside a known one": [
    "old.query.users.findMany({ with: { posts: true, »invitdBy: true } })",
    missing("invitdBy", "invitedBy"),
  ],
  "a column of a nested relation": [
    "old.query.users.findMany({ with: { posts: { columns: { »titel: true } } } })",
    missing("titel", "title"),
  ],
  "an option": ["old.query.users.findMany({ »wher: undefined })", missing("wher", "where")],
  "a limit of one row": [
    "old.query.posts.findMany({ with: { author: { »limit: 1 } } })",
    /'limit' does not exist in type/,
  ],
  "a column, of defineRelations": [
    "db.query.users.findMany({ columns: { »invitr: true } })",
    missing("invitr", "inviter"),
  ],
  "a relation at depth 3": [
    "db.query.users.findMany({ with: { posts: { with: { author: { with: { »post: true } } } } } })",
    missing("post", "posts"),
  ],
  "a filter's key": [
    "db.query.users.findMany({ where: { id: 1, »invitr: 5 } })",
    missing("invitr", "inviter"),
  ],
  "a filter's key in a list": [
    "db.query.users.findMany({ where: { OR: [{ id: 1 }, { »invitr: 5 }] } })",
    missing("invitr", "inviter"),
  ],
  "a filter's key of a relation": [
    'db.query.users.findMany({ where: { posts: { id: 1, »titel: "x" } } })',
    missing("titel", "title"),
  ],
  "a condition": [
    "db.query.users.findMany({ where: { id: { gt: 1, »lessThan: 2 } } })",
    /'lessThan' does not exist in type/,
  ],
  "an operand": [
    'db.query.users.findMany({ where: { id: { »gt: "x" } } })',
    unassignable("(x|string)"),
  ],
  "a value": ['db.query.users.findMany({ where: { »id: "x" } })', unassignable("(x|string)")],
  // Where a function may stand as well, the compiler speaks of that; the place is right.
  "a direction": ['db.query.users.findMany({ orderBy: { »name: "up" } })', /'name'/],
  "an order's key": [
    'db.query.users.findMany({ orderBy: { id: "asc", »invitr: "asc" } })',
    /'invitr' does not exist in type/,
  ],
};

testMistakes("relation queries", head, cases);
