import { applyMigration, drizzle, open, previewMigration, type Client } from "virga";
import { generate } from "virga/migrator";
import type { Folder, LabAnswer, LabRequest, MigrationOptions, Program } from "../protocol.js";
import { createConsole } from "./console.js";
import { librariesFor } from "./libraries.js";
import { ModuleGraph } from "./modules.js";
import { describeProblem } from "./problems.js";
import { schemaOf } from "./run.js";

type Schema = Readonly<Record<string, unknown>>;

/** Does what the lab asks for; databases are copies of those that the page keeps. */
export async function answerLab(request: LabRequest): Promise<LabAnswer> {
  try {
    if (request.verb === "begin")
      return { folder: await extended({}, await load(request.program), {}) };
    const client = await open(":memory:", { bytes: request.bytes });
    try {
      return request.verb === "undo" ? undo(client, request.down) : await migrate(client, request);
    } finally {
      client.close();
    }
  } catch (error) {
    return { problem: describeProblem(error, () => true) };
  }
}

async function migrate(
  client: Client,
  { verb, program, options, folder }: LabRequest & { readonly verb: "preview" | "apply" },
): Promise<LabAnswer> {
  const schema = await load(program);
  const db = drizzle(client, { schema });
  if (verb === "preview") return { report: await previewMigration(db, options) };
  const report = await applyMigration(db, options);
  return { report, bytes: client.export(), folder: await extended(folder, schema, options) };
}

/** A migrations folder with the migration that leads to a schema. */
async function extended(
  folder: Folder,
  schema: Schema,
  { answers }: MigrationOptions,
): Promise<Folder> {
  const { files } = await generate({ schema, folder, ...(answers && { answers }) });
  return { ...folder, ...files };
}

/** The exports of the files of a program that declare tables. */
function load(program: Program): Promise<Schema> {
  const graph = new ModuleGraph(program.modules, librariesFor(program), {
    console: createConsole(() => {}),
    show: async () => {},
    at: (_place, value) => value,
  });
  return schemaOf(program, graph);
}

function undo(client: Client, down: readonly string[]): LabAnswer {
  client.transaction(() => {
    for (const statement of down) client.exec(statement);
  });
  return { bytes: client.export() };
}
