import { check as checkFolder, readMigrationsFolder } from "virga/migrator";
import type { Command } from "../command.js";
import { DatabaseFile } from "../database-file.js";
import { exitCodes } from "../failure.js";

export const check: Command = async ({ out, url, migrations }, _flags, output) => {
  const client = url === undefined ? undefined : new DatabaseFile(url).client;
  const { issues, pending } = await checkFolder(
    readMigrationsFolder(out),
    client,
    migrations.table,
  );
  output.add({ issues, pending: client ? pending : undefined });
  for (const { kind, message } of issues) output.line(`  ${kind}: ${message}`);
  if (client && pending.length > 0) output.line(`Not run yet: ${pending.join(", ")}`);
  output.line(issues.length === 0 ? "All is well." : `${issues.length} found.`);
  return issues.length === 0 ? exitCodes.done : exitCodes.found;
};
