import { normalizePath } from "./files.js";

const endings = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", "/index.ts", "/index.js"];

/** The modules that the package shares with Drizzle. */
const subPaths = [
  "sqlite-core",
  "sqlite-core/expressions",
  "pg-core",
  "node-postgres",
  "better-sqlite3",
  "sql-js",
];

/** The modules that imports can name, by the name users write; `playground/data` exports a file's bytes. */
const libraries: Readonly<Record<string, string>> = Object.fromEntries([
  ["virga", "virga"],
  ...subPaths.map((path) => [`virga/${path}`, `virga/${path}`] as const),
  ["virga/pg", "virga/pg"],
  ["drizzle-orm", "virga"],
  ...subPaths.map((path) => [`drizzle-orm/${path}`, `virga/${path}`] as const),
  ["pg", "virga/pg"],
  ["playground/data", "playground/data"],
]);

/** What an import specifier stands for, or why it stands for nothing. */
export type Link =
  { readonly target: string } | { readonly problem: string; readonly hint: string };

/** Resolves `specifier`, written in the file `from`, among `paths` and the library's modules. */
export function resolveImport(specifier: string, from: string, paths: readonly string[]): Link {
  const library = libraries[specifier];
  if (library !== undefined) return { target: `npm:${library}` };
  const local = localPath(specifier, from);
  if (local === undefined) {
    return {
      problem: `No module "${specifier}" here`,
      hint: `This page has ${Object.keys(libraries)
        .map((name) => `"${name}"`)
        .join(", ")}.`,
    };
  }
  const found = findFile(local, paths);
  if (found !== undefined) return { target: found };
  return {
    problem: `No file "${local}" here`,
    hint: `A comment line such as // ${local}.ts starts a file. Files here: ${paths.join(", ")}.`,
  };
}

function localPath(specifier: string, from: string): string | undefined {
  const alias = /^(?:@|~)\/(.*)$/.exec(specifier);
  if (alias?.[1] !== undefined) return normalizePath(alias[1]);
  if (!specifier.startsWith(".")) return undefined;
  return normalizePath(`${from.split("/").slice(0, -1).join("/")}/${specifier}`);
}

/** The exact file first; then the only one of that name in any folder, for scripts that were moved. */
function findFile(local: string, paths: readonly string[]): string | undefined {
  const stem = local.replace(/\.[cm]?[jt]sx?$/, "");
  for (const base of [local, stem]) {
    const exact = endings.map((ending) => base + ending).find((path) => paths.includes(path));
    if (exact !== undefined) return exact;
  }
  const name = stem.split("/").at(-1) ?? stem;
  const elsewhere = paths.filter((path) => path.endsWith(`/${name}.ts`));
  return elsewhere.length === 1 ? elsewhere[0] : undefined;
}
