import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle, introspect, schemaSource } from "virga";
import { defaultTable, generate, migrate } from "virga/migrator";
import type { Command } from "../command.js";
import { DatabaseFile } from "../database-file.js";
import { exitCodes, Failure } from "../failure.js";
import { schemaOf } from "../modules.js";
import { folderAt, writeFiles } from "../migrations-folder.js";

export const pull: Command = async ({ out, url, migrations, breakpoints }, flags, output) => {
  const file = new DatabaseFile(url);
  const table = migrations.table ?? defaultTable;
  const found = await introspect(file.client, [table]);
  const path = join(out, "schema.ts");
  if (flags.init && Object.keys(folderAt(out)).length > 0)
    throw new Failure(`The first migration needs an empty folder, and ${out} has migrations.`);
  const source = schemaSource(found);
  if (!flags.force && existsSync(path) && readFileSync(path, "utf8") !== source)
    throw new Failure(`${path} is there, and says something else.`, "--force overwrites it.");
  mkdirSync(out, { recursive: true });
  writeFileSync(path, source);
  const files = [path];
  if (flags.init) {
    const { format, prefix } = migrations;
    const schema = await schemaOf([path]);
    const made = await generate({ schema, name: "init", breakpoints, format, prefix });
    const config = { migrations: made.files, migrationsTable: table, init: true };
    const { exitCode } = migrate(drizzle(file.client), config);
    if (exitCode)
      throw new Failure("Migrations ran in this database already.", "", exitCodes.failed);
    writeFiles(out, made.files);
    files.push(...Object.keys(made.files).map((name) => join(out, name)));
    file.save();
  }
  output.add({ files, ignored: found.virtualTables });
  for (const name of found.virtualTables) output.line(`  left out: ${name}, a virtual table`);
  output.line(`Wrote ${files.join(", ")}`);
  return exitCodes.done;
};
