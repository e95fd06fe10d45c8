import { drizzle } from "virga";
import { migrate as runMigrations, undo, type MigrationConfig } from "virga/migrator";
import type { Command } from "../command.js";
import { DatabaseFile } from "../database-file.js";
import { exitCodes } from "../failure.js";

export const migrate: Command = async ({ out, url, migrations }, flags, output) => {
  const file = new DatabaseFile(url);
  const db = drizzle(file.client);
  const config: MigrationConfig = {
    migrationsFolder: out,
    ...(migrations.table !== undefined && { migrationsTable: migrations.table }),
  };
  if (flags.down) {
    const undone = undo(db, config);
    output.add({ undone: undone ?? null });
    output.line(undone === undefined ? "No migration has run." : `Undone: ${undone}`);
  } else {
    const { applied } = runMigrations(db, config);
    output.add({ applied });
    for (const name of applied) output.line(`  ${name}`);
    output.line(applied.length === 0 ? "Every migration has run." : "Done.");
  }
  file.save();
  return exitCodes.done;
};
