import type { SchemaDocument } from "../ast/schema-document.js";
import type { Client } from "../engine/client.js";
import { defaultTable } from "./bookkeeping.js";
import { introspect } from "./core.js";
import { readFolder, type Folder } from "./folder.js";
import { runPending } from "./run.js";
import { schemaOfSnapshot, snapshotsOf } from "./snapshot-reader.js";

/** Tables that SQL of one's own made: no snapshot has ever had them, and the schema has not. */
export function foreignTables(client: Client, folder: Folder, target: SchemaDocument): string[] {
  const snapshots = snapshotsOf(folder);
  if (snapshots.length === 0) return [];
  const known = [target, ...snapshots.map(schemaOfSnapshot)].flatMap(({ tables }) => tables);
  const names = new Set(known.map(({ name }) => name.toLowerCase()));
  const there = introspect(client, [defaultTable]).schema.tables.map(({ name }) => name);
  return there.filter((name) => !names.has(name.toLowerCase()));
}

/** Runs the migrations of a folder in a new database. */
export function replay(client: Client, folder: Folder): void {
  const migrations = readFolder(folder);
  if (migrations.files.length > 0) runPending(client, migrations);
}
