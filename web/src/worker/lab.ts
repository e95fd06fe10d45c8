import { applyMigration, drizzle, open, previewMigration, type Client } from "virga";
import type { LabAnswer, LabRequest } from "../protocol.js";
import { createConsole } from "./console.js";
import { keep } from "./kept.js";
import { libraries } from "./libraries.js";
import { ModuleGraph } from "./modules.js";
import { describeProblem } from "./problems.js";
import { schemaOf } from "./run.js";

/** Does what the lab asks for, on a copy of the database that the page keeps. */
export async function answerLab(request: LabRequest): Promise<LabAnswer> {
  const client = await open(":memory:", { bytes: request.bytes });
  try {
    return request.verb === "undo" ? undo(client, request.down) : await migrate(client, request);
  } catch (error) {
    return { problem: describeProblem(error, () => true) };
  } finally {
    client.close();
  }
}

async function migrate(
  client: Client,
  { verb, program, options }: LabRequest & { readonly verb: "preview" | "apply" },
): Promise<LabAnswer> {
  const graph = new ModuleGraph(program.modules, libraries, {
    console: createConsole(() => {}),
    show: async () => {},
    at: (_place, value) => value,
  });
  const db = drizzle(client, { schema: await schemaOf(program, graph) });
  if (verb === "preview") return { report: await previewMigration(db, options) };
  const report = await applyMigration(db, options);
  return { report, kept: keep(client) };
}

function undo(client: Client, down: readonly string[]): LabAnswer {
  client.transaction(() => {
    for (const statement of down) client.exec(statement);
  });
  return { kept: keep(client) };
}
