import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { register } from "node:module";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "./failure.js";

let registered = false;

/** What a file of the project exports; JSON is its value. */
export async function exportsOf(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (path.endsWith(".json")) return { default: JSON.parse(readFileSync(path, "utf8")) };
  if (!registered) register("./hooks.js", import.meta.url);
  registered = true;
  const url = pathToFileURL(path).href;
  try {
    return (await import(url)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new Failure(`${path} cannot be loaded: ${(error as Error).message}`);
  }
}

/** All that the files of a schema export. A name that two of them use gets a number. */
export async function schemaOf(
  patterns: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const schema: Record<string, unknown> = {};
  for (const path of patterns.flatMap(filesOf)) {
    for (const [name, value] of Object.entries(await exportsOf(path))) {
      let key = name;
      for (let count = 2; key in schema; count += 1) key = `${name}_${count}`;
      schema[key] = value;
    }
  }
  return schema;
}

const isSource = (path: string): boolean =>
  /\.[mc]?[jt]s$/.test(path) && !/\.d\.[mc]?ts$/.test(path);

/** The files that a path means: one file, those of a folder, or those that a pattern with stars fits. */
function filesOf(pattern: string): string[] {
  const path = resolve(pattern);
  if (path.includes("*")) return matching(path);
  if (!existsSync(path)) throw new Failure(`There is no schema at ${pattern}.`);
  if (!statSync(path).isDirectory()) return [path];
  return filesIn(path, false);
}

function matching(pattern: string): string[] {
  const base = dirname(`${pattern.slice(0, pattern.indexOf("*"))}x`);
  const expression = pattern
    .split(sep)
    .join("/")
    .replace(/[.+^${}()|[\]\\?]/g, "\\$&")
    .replace(/\*\*\/|\*\*|\*/g, (star) =>
      star === "**/" ? "(?:.*/)?" : star === "**" ? ".*" : "[^/]*",
    );
  const fits = new RegExp(`^${expression}$`);
  const found = existsSync(base)
    ? filesIn(base, true).filter((path) => fits.test(path.split(sep).join("/")))
    : [];
  if (found.length === 0) throw new Failure(`No file fits the schema's pattern ${pattern}.`);
  return found;
}

const filesIn = (folder: string, recursive: boolean): string[] =>
  readdirSync(folder, { recursive })
    .map((name) => join(folder, String(name)))
    .filter((path) => isSource(path) && !path.includes(`${sep}node_modules${sep}`))
    .sort();
