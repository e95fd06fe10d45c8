import type { Program } from "../protocol.js";
import { createConsole } from "./console.js";
import { librariesFor } from "./libraries.js";
import { ModuleGraph } from "./modules.js";

export type Schema = Readonly<Record<string, unknown>>;

/** What the files export that declare tables. */
export async function schemaOf(program: Program, graph: ModuleGraph): Promise<Schema> {
  const schema: Record<string, unknown> = {};
  for (const path of program.schemas) {
    if (path !== program.main) Object.assign(schema, await graph.load(path));
  }
  return schema;
}

/** As `schemaOf`, running those files for nothing else: what they log is not heard. */
export function loadSchema(program: Program): Promise<Schema> {
  const graph = new ModuleGraph(program.modules, librariesFor(program), {
    console: createConsole(() => {}),
    show: async () => {},
    at: (_place, value) => value,
  });
  return schemaOf(program, graph);
}
