import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const id = "virtual:declarations";

/**
 * `import url from "virtual:declarations"` gives the URL of a JSON file with what the type service reads: the
 * declarations of the package under /npm, those of TypeScript's library under /lib, and the file of each entry.
 */
export function declarations(): Plugin {
  return {
    name: "declarations",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load(source) {
      if (source !== `\0${id}`) return undefined;
      const file = this.emitFile({
        type: "asset",
        name: "declarations.json",
        source: JSON.stringify({ files: { ...ofPackage(), ...ofLibrary() }, entries: entries() }),
      });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

function ofPackage(): Record<string, string> {
  const folder = join(root, "build/npm");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".d.ts") && !/^(cjs|workerd|page|bin)\//.test(path));
  return Object.fromEntries(
    paths.map((path) => [`/npm/${path}`, readFileSync(join(folder, path), "utf8")]),
  );
}

/** The library of ES2023 and what it refers to. */
function ofLibrary(): Record<string, string> {
  const found: Record<string, string> = {};
  const add = (name: string): void => {
    const path = `/lib/lib.${name}.d.ts`;
    const file = join(root, `node_modules/typescript/lib/lib.${name}.d.ts`);
    if (path in found || !existsSync(file)) return;
    const text = readFileSync(file, "utf8");
    found[path] = text;
    for (const [, other = ""] of text.matchAll(/\/\/\/ <reference lib="([^"]+)"/g)) add(other);
  };
  add("es2023");
  return found;
}

/** The declarations of each entry of the package, by its name: `virga/pg-core`. */
function entries(): Record<string, string> {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports: Record<string, { types?: string }>;
  };
  return Object.fromEntries(
    Object.entries(manifest.exports).flatMap(([name, { types }]) =>
      types?.endsWith(".d.ts")
        ? [[name.replace(".", "virga"), types.replace("./build/npm", "/npm")]]
        : [],
    ),
  );
}
