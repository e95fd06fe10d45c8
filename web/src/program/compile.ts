import { transform } from "sucrase";
import type { CompiledModule, Place, Problem, Program } from "../protocol.js";
import { splitFiles, type Document, type SourceFile } from "./files.js";
import { firstErrorLine, instrument, type Lines } from "./instrument.js";
import { resolveImport } from "./resolve.js";
import connection from "../lessons/one-to-one/connection.txt?raw";

/** A program, or the problems that keep it from running; the files are known either way. */
export interface Compiled {
  readonly files: readonly SourceFile[];
  readonly program?: Program;
  /** As much of the program as describes its schema, if that compiles. */
  readonly schema?: Program;
  readonly problems: readonly Problem[];
}

/** Lines of a document. */
export interface Part extends Lines {
  readonly document: string;
}

/** Where the tables of a playground stand, and what it runs. */
export const schemaPath = "db/schema.ts";
export const queryPath = "query.ts";
const connectionPath = "db/index.ts";
const connectionWithData = `import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { data } from 'playground/data';
import * as schema from './schema';

const pool = new Pool({ bytes: data });
export const db = drizzle(pool, { schema });
`;
const declaresTables = /\b(?:\w*[tT]able\w*|relations|defineRelations)\s*\(/;

/**
 * Compiles documents into one program; the last of them is what runs.
 *
 * @param hasData whether the connection that is supplied begins with the playground's data
 * @param part the lines whose statements are asked for; what stands below them does not run
 */
export function compile(documents: readonly Document[], hasData: boolean, part?: Part): Compiled {
  const files = filesOf(documents, hasData);
  const written = files.filter((file) => file.document !== undefined);
  const main = written.findLast(({ path }) => path === documents.at(-1)?.path) ?? written.at(-1);
  const schemas = schemasOf(written);
  const paths = files.map((file) => file.path);
  const problems: Problem[] = [];
  const modules: CompiledModule[] = [];
  for (const file of files) {
    const result = compileFile(file, file === main, paths, part && linesOf(file, part));
    if ("code" in result) modules.push(result);
    else problems.push(...result);
  }
  if (main === undefined) return { files, problems };
  const userFiles = written.map((file) => file.path);
  const program = { modules, main: main.path, schemas, userFiles };
  // Without a query the schema itself is what runs, and is still a schema.
  const queried = main.path === documents.at(-1)?.path ? main.path : "";
  const described = schemas.filter((path) => path !== queried);
  return {
    files,
    problems,
    ...(described.every((path) => isWhole(modules, path)) && {
      schema: { ...program, main: queried },
    }),
    ...(problems.length === 0 && { program }),
  };
}

/** Whether a file compiled, and all that it imports. */
function isWhole(
  modules: readonly CompiledModule[],
  path: string,
  seen = new Set<string>(),
): boolean {
  if (seen.has(path) || path.startsWith("npm:")) return true;
  seen.add(path);
  const links = modules.find((module) => module.path === path)?.links;
  return links !== undefined && Object.values(links).every((link) => isWhole(modules, link, seen));
}

/** The virtual files of documents, and those that the page supplies. */
export function filesOf(documents: readonly Document[], hasData: boolean): readonly SourceFile[] {
  const written = documents.map(splitFiles).reduce(mergeFiles, []);
  return [...written, ...suppliedFiles(written, schemasOf(written), hasData)];
}

const schemasOf = (files: readonly SourceFile[]): readonly string[] =>
  files.filter((file) => declaresTables.test(file.text)).map((file) => file.path);

/** A file that stands twice is the later one. */
function mergeFiles(earlier: readonly SourceFile[], later: readonly SourceFile[]): SourceFile[] {
  const replaced = new Set(later.map((file) => file.path));
  return [...earlier.filter((file) => !replaced.has(file.path)), ...later];
}

/** The tutorial's connection, and a schema that gathers tables declared elsewhere, unless written. */
function suppliedFiles(
  written: readonly SourceFile[],
  schemas: readonly string[],
  hasData: boolean,
): SourceFile[] {
  const has = (path: string): boolean => written.some((file) => file.path === path);
  const page = (path: string, text: string): SourceFile => ({ path, text, linesAbove: 0 });
  const supplied: SourceFile[] = [];
  if (!has(connectionPath) && !has("db.ts"))
    supplied.push(page(connectionPath, hasData ? connectionWithData : connection));
  if (!has(schemaPath)) {
    const gathered = schemas.map((path) => `export * from '../${path}';`).join("\n");
    supplied.push(page(schemaPath, `${gathered}\nexport {};\n`));
  }
  return supplied;
}

/** A part of a document in lines of one of its files; nothing when it lies elsewhere. */
function linesOf({ document, linesAbove, text }: SourceFile, part: Part): Lines | undefined {
  const lines = { from: part.from - linesAbove, to: part.to - linesAbove };
  const inside = lines.to >= 1 && lines.from <= text.split("\n").length;
  return document === part.document && inside ? lines : undefined;
}

function compileFile(
  file: SourceFile,
  isMain: boolean,
  paths: readonly string[],
  asked?: Lines,
): CompiledModule | Problem[] {
  const stripped = strip(file);
  if (typeof stripped !== "string") return [stripped];
  const instrumented = strip({
    ...file,
    text: instrument(file.text, isMain, isMain ? asked : undefined),
  });
  const code = typeof instrumented === "string" ? instrumented : stripped;
  const links: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [, specifier = ""] of stripped.matchAll(/\brequire\('([^'\n]+)'\)/g)) {
    const link = resolveImport(specifier, file.path, paths);
    if ("target" in link) links[specifier] = link.target;
    else {
      const place = placeOfImport(file, specifier);
      problems.push({
        name: "Import",
        message: link.problem,
        hint: link.hint,
        ...(place && { place }),
      });
    }
  }
  return problems.length > 0 ? problems : { path: file.path, code, links };
}

/** Takes the types away and turns imports into `require`; line numbers stay as they are. */
function strip(file: SourceFile): string | Problem {
  try {
    return transform(file.text, {
      transforms: ["typescript", "imports"],
      disableESTransforms: true,
    }).code;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const position = /\((\d+):\d+\)$/.exec(text);
    const line = position?.[1] === undefined ? firstErrorLine(file.text) : Number(position[1]);
    const message = text.replace(/^Error transforming [^:]*: /, "").replace(/\s*\(\d+:\d+\)$/, "");
    return { name: "SyntaxError", message, place: { path: file.path, line: line ?? 1 } };
  }
}

function placeOfImport(file: SourceFile, specifier: string): Place | undefined {
  const index = file.text
    .split("\n")
    .findIndex((line) => line.includes(`'${specifier}'`) || line.includes(`"${specifier}"`));
  return index < 0 ? undefined : { path: file.path, line: index + 1 };
}
