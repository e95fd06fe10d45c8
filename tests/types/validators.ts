// Schemas from tables: what they infer is what the table infers.
import { sql } from "virga";
import * as pg from "virga/pg-core";
import { blob, customType, integer, real, sqliteTable, sqliteView, text } from "virga/sqlite-core";
import * as forValibot from "virga/valibot";
import * as forZod from "virga/zod";
import * as v from "valibot";
import { z } from "zod";
import { expect, type Equal } from "./expect.js";

const users = sqliteTable("users", {
  id: integer().primaryKey(),
  name: text().notNull(),
  role: text({ enum: ["admin", "guest"] })
    .notNull()
    .default("guest"),
  state: text().$type<"open" | "closed">(),
  settings: text({ mode: "json" }).$type<{ dark: boolean }>().notNull(),
  anything: text({ mode: "json" }),
  photo: blob(),
  big: integer({ mode: "bigint" }),
  score: real(),
  at: integer({ mode: "timestamp" }).notNull(),
  ok: integer({ mode: "boolean" }).notNull(),
  list: customType<{ data: string[] }>({ dataType: () => "text" })().notNull(),
  upper: text().generatedAlwaysAs(sql`upper(name)`),
});
const shapes = pg.pgTable("shapes", {
  id: pg.integer().primaryKey().generatedAlwaysAsIdentity(),
  key: pg.uuid().defaultRandom().notNull(),
  point: pg.point().notNull(),
  tags: pg.text().array().notNull(),
  grid: pg.integer().array().array(),
});
const names = sqliteView("names").as((qb) =>
  qb.select({ name: users.name, inner: { id: users.id, at: users.at } }).from(users),
);

type Changes<T> = { [K in keyof T]?: T[K] | undefined };

const selectZod = forZod.createSelectSchema(users);
const insertZod = forZod.createInsertSchema(users);
const updateZod = forZod.createUpdateSchema(users);
expect<Equal<z.infer<typeof selectZod>, typeof users.$inferSelect>>();
expect<Equal<z.infer<typeof insertZod>, typeof users.$inferInsert>>();
expect<Equal<z.infer<typeof updateZod>, Changes<Omit<typeof users.$inferSelect, "upper">>>>();
const pgZod = forZod.createSelectSchema(shapes);
const pgInsertZod = forZod.createInsertSchema(shapes);
expect<Equal<z.infer<typeof pgZod>, typeof shapes.$inferSelect>>();
expect<Equal<z.infer<typeof pgInsertZod>, Omit<typeof shapes.$inferInsert, "id">>>();
const viewZod = forZod.createSelectSchema(names, { name: (name) => name.min(1) });
expect<Equal<z.infer<typeof viewZod>, { name: string; inner: { id: number; at: Date } }>>();
const refinedZod = forZod.createInsertSchema(users, {
  name: (name) => name.min(1).transform((text) => text.length),
  score: z.literal(1),
  big: (big) => big.positive(),
});
expect<
  Equal<
    Pick<z.infer<typeof refinedZod>, "name" | "score" | "big">,
    { name: number; score: 1; big?: bigint | null | undefined }
  >
>();
// @ts-expect-error there is no such column
forZod.createSelectSchema(users, { nope: z.string() });
// @ts-expect-error a computed column is not inserted
forZod.createInsertSchema(users, { upper: z.string() });
// @ts-expect-error numbers have no such method
forZod.createInsertSchema(users, { score: (score) => score.email() });

const selectValibot = forValibot.createSelectSchema(users);
const insertValibot = forValibot.createInsertSchema(users);
const updateValibot = forValibot.createUpdateSchema(users);
expect<Equal<v.InferOutput<typeof selectValibot>, typeof users.$inferSelect>>();
expect<Equal<v.InferOutput<typeof insertValibot>, typeof users.$inferInsert>>();
expect<
  Equal<v.InferOutput<typeof updateValibot>, Changes<Omit<typeof users.$inferSelect, "upper">>>
>();
const pgValibot = forValibot.createSelectSchema(shapes);
expect<Equal<v.InferOutput<typeof pgValibot>, typeof shapes.$inferSelect>>();
const refinedValibot = forValibot.createInsertSchema(users, {
  name: (name) => v.pipe(name, v.minLength(1)),
  score: v.literal(1),
});
expect<
  Equal<Pick<v.InferOutput<typeof refinedValibot>, "name" | "score">, { name: string; score: 1 }>
>();
// @ts-expect-error there is no such column
forValibot.createSelectSchema(users, { nope: v.string() });
// @ts-expect-error a number has no length
forValibot.createInsertSchema(users, { score: (score) => v.pipe(score, v.minLength(1)) });
