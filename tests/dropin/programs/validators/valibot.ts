import { createInsertSchema, createSelectSchema, createUpdateSchema } from "drizzle-valibot";
import * as v from "valibot";
import { kinds, mood, pgKinds, samples, view } from "./tables";

const schemas = {
  select: createSelectSchema(kinds),
  insert: createInsertSchema(kinds),
  update: createUpdateSchema(kinds),
  view: createSelectSchema(view),
  refined: createInsertSchema(kinds, {
    text: (schema) => v.pipe(schema, v.minLength(2)),
    integer: v.literal(7),
  }),
  pgSelect: createSelectSchema(pgKinds),
  pgInsert: createInsertSchema(pgKinds),
  pgUpdate: createUpdateSchema(pgKinds),
};

for (const [name, { entries }] of Object.entries(schemas))
  for (const [column, schema] of Object.entries(entries))
    console.log(
      name,
      column,
      samples.map((sample) => (v.is(schema as v.GenericSchema, sample) ? 1 : 0)).join(""),
    );
console.log(createSelectSchema(mood).options);

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? 1 : 0;
type Left = "json" | "blobJson" | "typed" | "custom" | "generated";
type Row = Omit<v.InferOutput<typeof schemas.select>, Left>;
export const equal: Equal<Row, Omit<typeof kinds.$inferSelect, Left>> = 1;
const choice: "a" | "b" = v.parse(schemas.view.entries.choice, "a");
const uuid: string = v.parse(schemas.pgSelect.entries.uuid, "7f3c1f0e-3b0a-4b7e-9f1a-0d2f5d1c9b11");
console.log(choice, uuid);
