import {
  createInsertSchema,
  createSchemaFactory,
  createSelectSchema,
  createUpdateSchema,
} from "drizzle-zod";
import { z } from "zod/v4";
import { kinds, mood, pgKinds, samples, view } from "./tables";

const { createInsertSchema: coercing } = createSchemaFactory({ coerce: { date: true } });

const schemas = {
  select: createSelectSchema(kinds),
  insert: createInsertSchema(kinds),
  update: createUpdateSchema(kinds),
  view: createSelectSchema(view),
  refined: createInsertSchema(kinds, { text: (schema) => schema.min(2), integer: z.literal(7) }),
  coerced: coercing(kinds),
  pgSelect: createSelectSchema(pgKinds),
  pgInsert: createInsertSchema(pgKinds),
  pgUpdate: createUpdateSchema(pgKinds),
};

for (const [name, { shape }] of Object.entries(schemas))
  for (const [column, schema] of Object.entries(shape))
    console.log(
      name,
      column,
      samples.map((sample) => ((schema as z.ZodType).safeParse(sample).success ? 1 : 0)).join(""),
    );
console.log(createSelectSchema(mood).options);

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? 1 : 0;
type Json = z.infer<typeof schemas.select>["json"];
type SameSelect = Omit<typeof kinds.$inferSelect, "json" | "blobJson" | "typed" | "custom">;
type SameInsert = Omit<typeof kinds.$inferInsert, "json" | "blobJson" | "typed" | "custom">;
type Row = Omit<z.infer<typeof schemas.select>, "json" | "blobJson" | "typed" | "custom">;
type NewRow = Omit<z.infer<typeof schemas.insert>, "json" | "blobJson" | "typed" | "custom">;
export const equal: [Equal<Row, SameSelect>, Equal<NewRow, SameInsert>, Equal<Json, any>] = [
  1, 1, 0,
];
const mixed: "happy" | "sad" = createSelectSchema(mood).parse("sad");
const uuid: string = schemas.pgSelect.shape.uuid.parse("7f3c1f0e-3b0a-4b7e-9f1a-0d2f5d1c9b11");
const array: string[] | null = schemas.pgSelect.shape.array.parse(["a"]);
const choice: "a" | "b" = schemas.view.shape.choice.parse("a");
// @ts-expect-error there is no such column
void (() => createInsertSchema(kinds, { nope: z.string() }));
console.log(mixed, uuid, array, choice);
