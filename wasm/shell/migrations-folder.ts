import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readMigrationsFolder, type Folder } from "virga/migrator";

/** The files of a folder; none when it is not there yet. */
export const folderAt = (path: string): Folder =>
  existsSync(path) ? readMigrationsFolder(path) : {};

export function writeFiles(home: string, files: Folder): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
