import { VirgaError } from "../base/error.js";
import { builtin } from "../engine/files.js";
import type { Folder } from "./folder.js";

/** What a migration of v1 has in a folder of its own. */
const ownFiles = ["migration.sql", "down.sql", "snapshot.json"];

/**
 * Reads the files of a migrations folder from the disk, in Node, Bun and Deno.
 *
 * @param path the folder, seen from the working folder
 * @throws `invalid_migrations` when there is no such folder, or the host has no files
 */
export function readMigrationsFolder(path: string): Folder {
  const files = builtin("node:fs");
  if (!files) {
    throw new VirgaError({
      code: "invalid_migrations",
      message: "This host has no files to read a migrations folder from.",
      hint: "Bundlers collect them: migrate(db, { migrations: import.meta.glob(…) }).",
    });
  }
  try {
    const names = files.readdirSync(path);
    const inside = names.flatMap((name) =>
      name === "meta"
        ? files.readdirSync(`${path}/meta`).map((file) => `meta/${file}`)
        : ownFiles.map((file) => `${name}/${file}`),
    );
    const paths = [...names.filter((name) => name.endsWith(".sql")), ...inside];
    const there = paths.filter((file) => files.existsSync(`${path}/${file}`));
    return Object.fromEntries(
      there.map((file) => [file, files.readFileSync(`${path}/${file}`, "utf8")]),
    );
  } catch (error) {
    throw new VirgaError(
      { code: "invalid_migrations", message: `There is no migrations folder at ${path}.` },
      error,
    );
  }
}
