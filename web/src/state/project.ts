import type { SourceFile } from "../program/files.js";
import { resolveImport } from "../program/resolve.js";
import type { Folder } from "../protocol.js";

const settings = `import { defineConfig } from "virga/migrator";

export default defineConfig({
  dialect: "sqlite",
  schema: "./src/db/schema.ts",
  out: "./drizzle",
  dbCredentials: { url: "./app.db" },
});
`;

const connection = (bytes: string): string => `import { drizzle } from "virga/node-postgres";
import { Pool } from "virga/pg";
import * as schema from "./schema";
${bytes === "" ? "" : `import { readFileSync } from "node:fs";\n`}
const pool = new Pool(${bytes});
export const db = drizzle(pool, { schema });
`;

const dataFile = '{ bytes: readFileSync(new URL("../../data.sqlite", import.meta.url)) }';

/**
 * The files of a project that does what the playground does, by their paths.
 *
 * @param files those of the program
 * @param main the path of the one that runs
 */
export function projectFiles(
  files: readonly SourceFile[],
  main: string,
  data: Uint8Array | undefined,
  migrations: Folder,
): Readonly<Record<string, string | Uint8Array>> {
  const supplied = files.some(({ path, document }) => path === "db/index.ts" && !document);
  const manifest = {
    name: "from-virga",
    private: true,
    type: "module",
    scripts: { start: `tsx src/${main}`, generate: "virga generate", migrate: "virga migrate" },
    dependencies: { virga: "*" },
    devDependencies: { tsx: "^4.0.0", typescript: "^6.0.0" },
  };
  const sources = files.map(({ path, text }) => [`src/${path}`, ownImports(text)]);
  return {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "drizzle.config.ts": settings,
    ...Object.fromEntries(sources),
    ...(supplied && { "src/db/index.ts": connection(data ? dataFile : "") }),
    ...Object.fromEntries(
      Object.entries(migrations).map(([path, text]) => [`drizzle/${path}`, text]),
    ),
    ...(data && { "data.sqlite": data }),
  };
}

/** Names the package's modules as it does itself: the page also has them under the names of others. */
function ownImports(text: string): string {
  return text.replace(/(\bfrom\s*|\bimport\s*)(["'])([^"'\n]+)\2/g, (all, before, quote, name) => {
    const link = resolveImport(String(name), "", []);
    if (!("target" in link)) return String(all);
    return `${before}${quote}${link.target.replace("npm:", "")}${quote}`;
  });
}
