import { applyMigration, drizzle, open, previewMigration, type Client } from "virga";
import { generate } from "virga/migrator";
import type { Folder, LabAnswer, LabRequest, MigrationOptions } from "../protocol.js";
import { describeProblem } from "./problems.js";
import { loadSchema, type Schema } from "./schema.js";

/** Does what the lab asks for; databases are copies of those that the page keeps. */
export async function answerLab(request: LabRequest): Promise<LabAnswer> {
  try {
    if (request.verb === "begin")
      return { folder: await extended({}, await loadSchema(request.program), {}) };
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
  const schema = await loadSchema(program);
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

function undo(client: Client, down: readonly string[]): LabAnswer {
  client.transaction(() => {
    for (const statement of down) client.exec(statement);
  });
  return { bytes: client.export() };
}
