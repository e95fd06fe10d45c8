// What an editor shows of results: plain objects. display.test.mjs compares the type of each
// constant with the comment before it.
import { count, defineRelations, drizzle, eq, open, sql } from "virga";
import { integer, sqliteTable, text } from "virga/sqlite-core";
import * as blog from "./blog.js";
import * as tutorial from "./tutorial.js";

const client = await open();
const db = drizzle(client, { schema: blog });
const { users, posts } = blog;

// ---- relations()

// { id: number; name: string; inviter: number | null; }[]
export const all = await db.query.users.findMany();

// { id: number; name: string; email: string; createdAt: Date; account: { id: number; userId: number; provider: string; providerAccountId: string; accessToken: string | null; refreshToken: string | null; createdAt: Date; }; } | undefined
export const account = await drizzle(client, { schema: tutorial }).query.users.findFirst({
  with: { account: true },
});

// { name: string; posts: { title: string; author: { id: number; name: string; inviter: number | null; invitedBy: { id: number; } | null; }; editor: { id: number; name: string; inviter: number | null; } | null; }[]; }[]
export const nested = await db.query.users.findMany({
  columns: { name: true },
  with: {
    posts: {
      columns: { title: true },
      with: { author: { with: { invitedBy: { columns: { id: true } } } }, editor: true },
    },
  },
});

// { id: number; name: string; loud: string; }[]
export const extras = await db.query.users.findMany({
  columns: { inviter: false },
  extras: { loud: sql<string>`upper(${users.name})`.as("loud") },
});

// ---- defineRelations

const notes = sqliteTable("notes", {
  id: integer().primaryKey(),
  authorId: integer().notNull(),
  parentId: integer(),
  kind: text({ enum: ["draft", "final"] }).notNull(),
  tags: text({ mode: "json" }).$type<string[]>(),
  at: integer({ mode: "timestamp" }),
});
const relations = defineRelations({ users, notes }, (r) => ({
  users: { notes: r.many.notes({ from: r.users.id, to: r.notes.authorId }) },
  notes: {
    author: r.one.users({ from: r.notes.authorId, to: r.users.id, optional: false }),
    parent: r.one.notes({ from: r.notes.parentId, to: r.notes.id }),
  },
}));
const defined = drizzle(client, { relations });

// { id: number; authorId: number; parentId: number | null; kind: "draft" | "final"; tags: string[] | null; at: Date | null; }[]
export const plain = await defined.query.notes.findMany({ where: { kind: "final" } });

// { kind: "draft" | "final"; author: { id: number; name: string; inviter: number | null; }; parent: { id: number; author: { name: string; notes: { id: number; size: number; }[]; }; } | null; } | undefined
export const deep = await defined.query.notes.findFirst({
  columns: { kind: true },
  with: {
    author: true,
    parent: {
      columns: { id: true },
      with: {
        author: {
          columns: { name: true },
          with: {
            notes: {
              columns: { id: true },
              extras: { size: (note, { sql: q }) => q<number>`length(${note.tags})` },
            },
          },
        },
      },
    },
  },
});

// ---- selects and writes

// { id: number; title: string; authorId: number; editorId: number | null; }[]
export const selected = await db.select().from(posts);

// { title: string; author: string; editor: { id: number; kind: "draft" | "final"; } | null; n: number; }[]
export const joined = await db
  .select({
    title: posts.title,
    author: users.name,
    editor: { id: notes.id, kind: notes.kind },
    n: count(),
  })
  .from(posts)
  .innerJoin(users, eq(posts.authorId, users.id))
  .leftJoin(notes, eq(posts.editorId, notes.id));

// { users: { id: number; name: string; inviter: number | null; }; posts: { id: number; title: string; authorId: number; editorId: number | null; } | null; }[]
export const both = await db.select().from(users).leftJoin(posts, eq(users.id, posts.authorId));

// { id: number; name: string; inviter: number | null; }[]
export const inserted = await db.insert(users).values({ name: "x" }).returning();

// { id: number; }[]
export const updated = await db.update(users).set({ name: "x" }).returning({ id: users.id });

// ---- models

// { id: number; authorId: number; parentId: number | null; kind: "draft" | "final"; tags: string[] | null; at: Date | null; }
export declare const row: typeof notes.$inferSelect;

// { authorId: number; kind: "draft" | "final"; id?: number | undefined; parentId?: number | null | undefined; tags?: string[] | null | undefined; at?: Date | null | undefined; }
export declare const given: typeof notes.$inferInsert;
