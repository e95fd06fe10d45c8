import { VirgaError } from "../base/error.js";
import { builtin } from "../engine/files.js";
import type { Folder } from "./folder.js";

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
  let paths: readonly string[];
  try {
    paths = files.readdirSync(path, { recursive: true });
  } catch (error) {
    throw new VirgaError(
      { code: "invalid_migrations", message: `There is no migrations folder at ${path}.` },
      error,
    );
  }
  const texts = paths
    .filter((file) => /\.(sql|json)$/.test(file))
    .map((file) => [file.replaceAll("\\", "/"), files.readFileSync(`${path}/${file}`, "utf8")]);
  return Object.fromEntries(texts) as Folder;
}
