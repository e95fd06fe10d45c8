// Where the errors of selects and writes stand and what they say.
import { testMistakes, unassignable } from "./mistakes.mjs";

const head = `
import { drizzle, eq, gt, open, sql } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";
import * as blog from "./blog.js";
const db = drizzle(await open(), { schema: blog });
const { users, posts } = blog;
const kinds = sqliteTable("kinds", {
  id: integer().primaryKey(),
  state: text({ enum: ["open", "done"] }).notNull(),
  due: integer({ mode: "timestamp" }),
  shout: text().generatedAlwaysAs(sql\`upper(state)\`),
});
`;

const noMember = (name) => new RegExp(`Property '${name}' does not exist on type`);

const cases = {
  "a column of a table": ["db.select({ name: users.»nmae }).from(users)", noMember("nmae")],
  "no source": ["db.select().»where(eq(users.id, 1))", noMember("where")],
  "an operand": [
    'db.select().from(users).where(eq(users.id, »"x"))',
    /Argument of type 'string' is not assignable/,
  ],
  "an operand that is null": [
    "db.select().from(users).where(gt(posts.title, »null))",
    /Argument of type 'null' is not assignable/,
  ],
  "a limit": [
    'db.select().from(users).limit(»"ten")',
    /Argument of type '"ten"' is not assignable to parameter of type 'number \| Placeholder/,
  ],
  "a join without a condition": [
    "db.select().from(users).»leftJoin(posts)",
    /Expected 2 arguments, but got 1/,
  ],
  "fields of another shape in a union": [
    "db.select({ id: users.id }).from(users).union(»db.select({ name: users.name }).from(users))",
    /is not assignable to parameter of type 'Operand</,
  ],
  "a field of a subquery": [
    'db.select({ n: db.select({ id: users.id }).from(users).as("s").»name }).from(users)',
    noMember("name"),
  ],
  "an unknown key of a row": [
    'db.insert(users).values({ name: "Ada", »nmae: "x" })',
    /'nmae' does not exist in type '\{ name: string/,
  ],
  "a missing value": [
    "db.insert(users).values(»{ id: 1 })",
    /Property 'name' is missing in type '\{ id: number; \}'/,
  ],
  "a value of another type": ["db.insert(users).values({ »name: 1 })", unassignable("number")],
  "null where none may be": ["db.insert(users).values({ »name: null })", unassignable("null")],
  "a word that is not of the enum": [
    'db.insert(kinds).values({ »state: "opne" })',
    /'"opne"' is not assignable to type '"open" \| "done"/,
  ],
  "a text for a date": [
    'db.insert(kinds).values({ state: "open", »due: "today" })',
    /Type 'string' is not assignable to type 'Date/,
  ],
  "a generated column": [
    'db.insert(kinds).values({ state: "open", »shout: "OPEN" })',
    /'shout' does not exist in type/,
  ],
  "a wrong row among others": [
    'db.insert(users).values([{ name: "a" }, { »name: 2 }])',
    unassignable("number"),
  ],
  "rows of a write without returning": [
    'db.insert(users).values({ name: "a" }).all().»length',
    /DrizzleTypeError<".all\(\) cannot be used without .returning\(\)">/,
  ],
  "a target of another kind": [
    'db.insert(users).values({ name: "a" }).onConflictDoUpdate({ »target: "id", set: { name: "b" } })',
    /Type 'string' is not assignable to type 'Target'/,
  ],
  "a key to set": [
    'db.update(users).set({ »nmae: "x" })',
    /'nmae' does not exist in type 'UpdateValues/,
  ],
  "a value to set": ["db.update(users).set({ »name: 1 })", unassignable("number")],
  "a generated column to set": [
    'db.update(kinds).set({ »shout: "X" })',
    /'shout' does not exist in type 'UpdateValues/,
  ],
  "a returned column": ["db.delete(users).returning({ id: users.»idd })", noMember("idd")],
  "a member of a row": ["(await db.select().from(users))[0]!.»nmae", noMember("nmae")],
  "a joined row that may be missing": [
    "»(await db.select().from(users).leftJoin(posts, eq(posts.authorId, users.id)))[0]!.posts.title",
    /Object is possibly 'null'/,
  ],
  "a count is a number": ["(await db.$count(users)).»length", noMember("length")],
  "an order": [
    "db.select().from(users).orderBy(»7)",
    /Argument of type '\[number\]' is not assignable/,
  ],
};

testMistakes("selects and writes", head, cases);
