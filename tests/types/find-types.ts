// Results of relation queries are typed from the schema.
import { asc, eq, sql } from "virga";
import { drizzle } from "virga/node-postgres";
import { Pool } from "virga/pg";
import { expect, type Equal } from "./expect.js";
import * as blog from "./blog.js";
import * as tutorial from "./tutorial.js";

interface User {
  id: number;
  name: string;
  email: string;
  createdAt: Date;
}
interface Account {
  id: number;
  userId: number;
  provider: string;
  providerAccountId: string;
  accessToken: string | null;
  refreshToken: string | null;
  createdAt: Date;
}

const db = drizzle(new Pool({ host: "localhost" }), { schema: tutorial });

const user = await db.query.users.findFirst({ with: { account: true } });
if (!user) throw new Error("none");
user.account.provider.toUpperCase();
// @ts-expect-error there is no such member
user.invalid;
// @ts-expect-error nor in the relation
user.account.invalid;
expect<Equal<typeof user.account.accessToken, string | null>>();
expect<Equal<typeof user.account, { [K in keyof Account]: Account[K] }>>();

const plain = await db.query.users.findMany();
expect<Equal<(typeof plain)[number], { [K in keyof User]: User[K] }>>();
// @ts-expect-error relations that were not asked for are not there
plain[0]?.account;

// @ts-expect-error unknown relation
void db.query.users.findMany({ with: { acount: true } });
// @ts-expect-error unknown relation beside a known one
void db.query.users.findMany({ with: { account: true, acount: true } });
// @ts-expect-error unknown column
void db.query.users.findMany({ columns: { nmae: true } });
// @ts-expect-error unknown option
void db.query.users.findMany({ wher: eq(tutorial.users.id, 1) });
// @ts-expect-error unknown table
db.query.user;
// @ts-expect-error a relation's own options are checked as well
void db.query.users.findMany({ with: { account: { columns: { provder: true } } } });

// ---- columns

const included = await db.query.users.findFirst({ columns: { id: true, name: true } });
expect<Equal<typeof included, { id: number; name: string } | undefined>>();
const excluded = await db.query.users.findFirst({ columns: { email: false, createdAt: false } });
expect<Equal<typeof excluded, { id: number; name: string } | undefined>>();
const mixed = await db.query.users.findFirst({ columns: { id: true, name: false } });
expect<Equal<typeof mixed, { id: number } | undefined>>();

const none = await db.query.users.findFirst({ columns: {}, with: { account: true } });
expect<Equal<keyof NonNullable<typeof none>, "account">>();

// ---- nesting and nullability

const blogDb = drizzle(new Pool(), { schema: blog });

const authors = await blogDb.query.users.findMany({
  where: (columns, { eq, and, sql }) => and(eq(columns.id, 1), sql`true`),
  orderBy: (columns, { desc }) => [desc(columns.name)],
  limit: 3,
  offset: 1,
  columns: { name: true },
  with: {
    posts: {
      columns: { title: true },
      where: eq(blog.posts.id, 1),
      orderBy: asc(blog.posts.title),
      with: { author: true, editor: { columns: { id: true } } },
    },
    invitedBy: true,
  },
});
expect<
  Equal<
    typeof authors,
    {
      name: string;
      posts: {
        title: string;
        author: { id: number; name: string; inviter: number | null };
        editor: { id: number } | null;
      }[];
      invitedBy: { id: number; name: string; inviter: number | null } | null;
    }[]
  >
>();

const extra = await blogDb.query.users.findMany({
  columns: { id: true },
  extras: { loud: sql<string>`upper(${blog.users.name})`.as("loud") },
  limit: sql.placeholder("limit"),
  with: {
    posts: {
      columns: {},
      extras: (columns, { sql: q }) => ({ n: q<number>`${columns.id}`.as("n") }),
    },
  },
});
expect<Equal<typeof extra, { id: number; loud: string; posts: { n: number }[] }[]>>();
// @ts-expect-error an extra field is SQL with a name
void blogDb.query.users.findMany({ extras: { loud: 5 } });

void blogDb.query.users.findMany({
  // @ts-expect-error the callback is given the table's own columns
  where: (columns, { eq }) => eq(columns.title, "x"),
});

export {};
