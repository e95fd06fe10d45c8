// Writes one TypeScript program that declares tables with relations and queries them, for each of
// four sides: virga and drizzle-orm with `relations()` and with `defineRelations`. The programs are
// the same text but for the imports and what the two ways of relations spell differently.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const virga = {
  root: "virga",
  core: "virga/sqlite-core",
  open: `import { drizzle, open } from "virga";\nconst client = await open();`,
};
const remote = (name) => ({
  root: name,
  core: `${name}/sqlite-core`,
  open: `import { drizzle } from "${name}/sqlite-proxy";\nconst client = async () => ({ rows: [] });`,
});

/** The sides by name. `peer` is the one of drizzle-orm that a side of Virga is compared with. */
export const sides = {
  "virga relations": { ...virga, defined: false, peer: "drizzle relations" },
  "drizzle relations": { ...remote("drizzle-orm"), defined: false },
  "virga defineRelations": { ...virga, defined: true, peer: "drizzle defineRelations" },
  "drizzle defineRelations": { ...remote("drizzle-orm-v1"), defined: true },
};

/** Every table has an owner, which it needs, and perhaps a parent; both are tables before it. */
const ownerOf = (table) => Math.max(0, table - 1);
const parentOf = (table) => Math.floor(table / 2);

/** The tables that name `table` as their owner or parent. */
const backs = (table, tables, targetOf) =>
  Array.from({ length: tables }, (_, each) => each).filter((each) => targetOf(each) === table);

// Half of the columns have a name that no other table has.
function tableText(table) {
  // The first table refers to itself, which takes a type to break the circle.
  const target = (to) => (to === table ? `(): AnySQLiteColumn => t${to}.id` : `() => t${to}.id`);
  return `export const t${table} = sqliteTable("t${table}", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  ownerId: integer("owner_id").notNull().references(${target(ownerOf(table))}),
  parentId: integer("parent_id").references(${target(parentOf(table))}, { onDelete: "set null" }),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  status: text("status", { enum: ["draft", "open", "closed"] }).notNull().default("draft"),
  note${table}: text("note${table}"),
  amount: real("amount").notNull().default(0),
  rating${table}: real("rating${table}"),
  count${table}: integer("count${table}").notNull().default(0),
  rank: integer("rank"),
  active: integer("active", { mode: "boolean" }).notNull().default(true),
  hidden${table}: integer("hidden${table}", { mode: "boolean" }),
  settings${table}: text("settings${table}", { mode: "json" }).$type<{ theme: string; size: number }>().notNull(),
  tags${table}: text("tags${table}", { mode: "json" }).$type<string[]>(),
  big${table}: blob("big${table}", { mode: "bigint" }),
  price${table}: numeric("price${table}").notNull(),
  token${table}: text("token${table}").notNull().$defaultFn(() => "none"),
  createdAt: integer("created_at", { mode: "timestamp" }).notNull().$defaultFn(() => new Date()),
  updatedAt${table}: integer("updated_at${table}", { mode: "timestamp" }).$onUpdate(() => new Date()),
}, (t) => [index("t${table}_name").on(t.name), uniqueIndex("t${table}_rank").on(t.ownerId, t.rank)]);
`;
}

function schemaText({ core }, tables) {
  const declared = Array.from({ length: tables }, (_, table) => tableText(table));
  return `import { blob, index, integer, numeric, real, sqliteTable, text, uniqueIndex, type AnySQLiteColumn } from "${core}";
${declared.join("")}`;
}

/** The relations of a table: how each is declared, by its name. */
function relationsOf(table, tables, { defined }) {
  const ends = (from, to) => `{ fields: [${from}], references: [${to}]`;
  const one = (key, to, optional) =>
    defined
      ? `r.one.t${to}({ from: r.t${table}.${key}Id, to: r.t${to}.id, optional: ${optional}, alias: "t${table}_${key}" })`
      : `one(t${to}, ${ends(`t${table}.${key}Id`, `t${to}.id`)}, relationName: "t${table}_${key}" })`;
  const many = (from, key) =>
    defined
      ? `r.many.t${from}({ alias: "t${from}_${key}" })`
      : `many(t${from}, { relationName: "t${from}_${key}" })`;
  return [
    ["owner", one("owner", ownerOf(table), false)],
    ["parent", one("parent", parentOf(table), true)],
    ...backs(table, tables, ownerOf).map((from) => [`owned${from}`, many(from, "owner")]),
    ...backs(table, tables, parentOf).map((from) => [`child${from}`, many(from, "parent")]),
  ];
}

function relationsText(side, tables) {
  const members = Array.from({ length: tables }, (_, table) =>
    relationsOf(table, tables, side)
      .map(([name, declared]) => `    ${name}: ${declared},\n`)
      .join(""),
  );
  if (side.defined) {
    const each = members.map((own, table) => `  t${table}: {\n${own}  },\n`);
    return `import { defineRelations } from "${side.root}";
import * as tables from "./schema.js";
export const relations = defineRelations(tables, (r) => ({
${each.join("")}}));
`;
  }
  const each = members.map(
    (own, table) =>
      `export const t${table}Relations = relations(t${table}, ({ one, many }) => ({\n${own}}));\n`,
  );
  const names = members.map((_, table) => `t${table}`);
  return `import { relations } from "${side.root}";
import { ${names.join(", ")} } from "./schema.js";
${each.join("")}`;
}

function databaseText({ open, defined }) {
  return defined
    ? `${open}
import { relations } from "./relations.js";
export const db = drizzle(client, { relations });
`
    : `${open}
import * as tables from "./schema.js";
import * as relations from "./relations.js";
export const db = drizzle(client, { schema: { ...tables, ...relations } });
`;
}

/** What a program does with one table: its own, those of its relations, and plain SQL. */
function serviceText(side, table, tables) {
  const t = `t${table}`;
  const [o, p] = [`t${ownerOf(table)}`, `t${parentOf(table)}`];
  const child = `child${backs(table, tables, parentOf)[0] ?? ""}`;
  const owned = `owned${backs(ownerOf(table), tables, ownerOf)[0]}`;
  const parent = parentOf(ownerOf(ownerOf(table)));
  const byId = side.defined ? "{ id }" : `eq(${t}.id, id)`;
  const open = side.defined
    ? `{ active: true, rank: { gt: 3 } }`
    : `(t, { and, eq, gt }) => and(eq(t.active, true), gt(t.rank, 3))`;
  const order = side.defined ? `{ name: "asc" }` : `(t, { asc }) => asc(t.name)`;
  return `import { and, asc, count, desc, eq, gt, inArray, sql, sum } from "${side.root}";
import { db } from "./database.js";
import { ${[...new Set([t, o, p])].join(", ")} } from "./schema.js";

export type Row = typeof ${t}.$inferSelect;
export type NewRow = typeof ${t}.$inferInsert;

export async function all(): Promise<Row[]> {
  return db.query.${t}.findMany();
}
export async function byId(id: number): Promise<string | undefined> {
  const found = await db.query.${t}.findFirst({ where: ${byId} });
  return found?.settings${table}.theme;
}
export async function page(limit: number, offset: number) {
  const found = await db.query.${t}.findMany({
    columns: { id: true, name: true, status: true },
    where: ${open},
    orderBy: ${order},
    limit,
    offset,
    with: { owner: { columns: { name: true } }, parent: true },
  });
  return found.map((row) => [row.status, row.owner.name, row.parent?.createdAt.getTime()] as const);
}
export async function family() {
  const found = await db.query.${t}.findMany({
    with: { owner: { with: { parent: true, ${owned}: { columns: { name: true } } } }, ${
      child === "child" ? "parent" : child
    }: true },
  });
  return found.flatMap((row) => row.owner.${owned}.map((each) => each.name + row.owner.parent?.name));
}
export async function ancestors(id: number) {
  const found = await db.query.${t}.findFirst({
    where: ${byId},
    with: { owner: { with: { owner: { with: { parent: { columns: { count${parent}: false } } } } } } },
  });
  return found?.owner.owner.parent?.tags${parent}?.length;
}
export async function selected(ids: number[]): Promise<Row[]> {
  return db.select().from(${t}).where(and(inArray(${t}.id, ids), gt(${t}.amount, 1))).orderBy(desc(${t}.name));
}
export async function joined() {
  const rows = await db
    .select({ id: ${t}.id, name: ${t}.name, owner: ${o}.name, parent: { name: ${p}.name, at: ${p}.createdAt } })
    .from(${t})
    .innerJoin(${o}, eq(${t}.ownerId, ${o}.id))
    .leftJoin(${p}, eq(${t}.parentId, ${p}.id))
    .orderBy(asc(${t}.id))
    .limit(10);
  return rows.map((row) => [row.id, row.owner.length] as const);
}
export async function whole() {
  const rows = await db.select().from(${t}).leftJoin(${o}, eq(${t}.ownerId, ${o}.id));
  return rows.map((row) => row.${o}?.name);
}
export async function grouped() {
  return db
    .select({ status: ${t}.status, n: count(), total: sum(${t}.amount), top: sql<number>\`max(\${${t}.rank})\` })
    .from(${t})
    .groupBy(${t}.status)
    .having(({ n }) => gt(n, 1));
}
export async function add(row: NewRow): Promise<Row | undefined> {
  const [added] = await db.insert(${t}).values(row).returning();
  return added;
}
export async function addMany(names: string[]) {
  const rows = names.map((name) => ({
    name, email: name, ownerId: 1, settings${table}: { theme: name, size: 1 }, price${table}: "1", tags${table}: [name],
  }));
  return db.insert(${t}).values(rows).onConflictDoUpdate({
    target: ${t}.email, set: { note${table}: sql\`excluded.name\`, active: false },
  }).returning({ id: ${t}.id, at: ${t}.createdAt });
}
export async function change(id: number) {
  return db.update(${t}).set({ name: "new", rank: null, active: true }).where(eq(${t}.id, id)).returning();
}
export async function remove(id: number) {
  await db.delete(${t}).where(eq(${t}.id, id));
}
export async function move(from: number, to: number) {
  return db.transaction(async (tx) => {
    const found = await tx.query.${t}.findFirst({ columns: { amount: true }, with: { owner: true } });
    await tx.update(${t}).set({ amount: found?.amount ?? 0, ownerId: to }).where(eq(${t}.id, from));
    return found?.owner.id;
  });
}
`;
}

/** A relation query of so many levels, back and forth between a table and what it owns. */
function nested(table, depth) {
  if (depth === 0) return "{ columns: { name: true } }";
  return depth % 2 === 1
    ? `{ with: { owner: ${nested(ownerOf(table), depth - 1)} } }`
    : `{ with: { owned${table + 1}: ${nested(table + 1, depth - 1)} } }`;
}

/** How the innermost row of \`nested\` is reached. */
function path(table, depth) {
  if (depth === 0) return ".name";
  return depth % 2 === 1
    ? `.owner${path(ownerOf(table), depth - 1)}`
    : `.owned${table + 1}[0]!${path(table + 1, depth - 1)}`;
}

function deepText(table, depths) {
  const queries = depths.map(
    (depth) => `export async function depth${depth}(): Promise<string> {
  const [row] = await db.query.t${table}.findMany(${nested(table, depth)});
  return row!${path(table, depth)};
}
`,
  );
  return `import { db } from "./database.js";\n${queries.join("")}`;
}

const config = {
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    moduleResolution: "NodeNext",
    lib: ["ES2022", "DOM"],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  },
  files: ["main.ts"],
};

/**
 * Writes a program into a folder of this repository, whose packages it imports.
 * @param folder where to; made if it is missing
 * @param name of the side
 * @param tables how many tables: at least 10; every fifth has queries
 */
export function writeProgram(folder, name, tables) {
  const side = sides[name];
  const services = Array.from({ length: tables / 5 }, (_, index) => index * 5 + 4);
  const files = {
    "tsconfig.json": JSON.stringify(config, undefined, 2),
    "schema.ts": schemaText(side, tables),
    "relations.ts": relationsText(side, tables),
    "database.ts": databaseText(side),
    "deep.ts": deepText(5, [1, 2, 3, 4, 5, 6, 7, 8]),
    ...Object.fromEntries(
      services.map((table) => [`service${table}.ts`, serviceText(side, table, tables)]),
    ),
    "main.ts": ["deep", ...services.map((table) => `service${table}`)]
      .map((file) => `export * as ${file} from "./${file}.js";\n`)
      .join(""),
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}
