import { Declarations } from "../schema/declarations.js";
import type { SchemaFacts } from "../schema/facts.js";
import type { Advice } from "./advice.js";
import { connections } from "./connection.js";
import { deleteOrder } from "./deletes.js";
import { junctions, likelyReferences, missingReferences, oneToOne } from "./keys.js";
import { relationFields, reverseSides } from "./relations.js";

const rules = [
  missingReferences,
  likelyReferences,
  oneToOne,
  junctions,
  relationFields,
  reverseSides,
  connections,
  deleteOrder,
];

/** What of a schema, and of the program around it, fails later or misleads. */
export function adviseOn(facts: SchemaFacts, declarations: Declarations): readonly Advice[] {
  return rules
    .flatMap((rule) => rule({ facts, declarations }))
    .filter((advice) => advice !== undefined);
}
