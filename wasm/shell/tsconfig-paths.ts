import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

interface CompilerOptions {
  readonly baseUrl?: string;
  readonly paths?: Readonly<Record<string, readonly string[]>>;
}

/** Comments and trailing commas, which tsconfig.json may have, beside strings, which stay. */
const beyondJson = /("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[^]*?\*\/|,(?=\s*[}\]])/g;

/** What the `paths` of the project's tsconfig.json make of an import: the files to look for. */
export function aliased(specifier: string): readonly string[] {
  const file = resolve("tsconfig.json");
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8").replace(beyondJson, "$1");
  const { compilerOptions = {} } = JSON.parse(text) as { compilerOptions?: CompilerOptions };
  const base = join(dirname(file), compilerOptions.baseUrl ?? ".");
  return Object.entries(compilerOptions.paths ?? {}).flatMap(([pattern, targets]) => {
    const [before = "", after] = pattern.split("*");
    if (after === undefined)
      return specifier === pattern ? targets.map((to) => join(base, to)) : [];
    if (!specifier.startsWith(before) || !specifier.endsWith(after)) return [];
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return targets.map((target) => join(base, target.replace("*", middle)));
  });
}
