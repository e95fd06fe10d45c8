// Hooks of Node's module loader, for the settings and the schema of a project: TypeScript, imports
// without an extension, and Drizzle's names, which are this package's here.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire, type LoadHook, type ResolveHook } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { aliased } from "./tsconfig-paths.js";

const names = [
  [/^drizzle-orm(?=\/|$)/, "virga"],
  [/^drizzle-kit$/, "virga/migrator"],
  [/^virga(?=\/|$)/, "virga"],
] as const;

const extensions = [".ts", ".mts", ".tsx", ".js", ".mjs", "/index.ts", "/index.js"];

export const resolve: ResolveHook = (specifier, context, next) => {
  for (const [name, own] of names)
    // A schema is made of the objects of the modules that read it.
    if (name.test(specifier))
      return next(specifier.replace(name, own), { ...context, parentURL: import.meta.url });
  const url = besides(specifier, context.parentURL);
  return url ? { url, shortCircuit: true } : next(specifier, context);
};

/**
 * The file that an import without an extension means, or one of `.js` that stands for `.ts`, or a path of
 * tsconfig.json.
 */
function besides(specifier: string, parent: string | undefined): string | undefined {
  if (!parent?.startsWith("file:") || parent.includes("/node_modules/")) return undefined;
  const isPath = /^\.{0,2}\//.test(specifier);
  const bases = isPath ? [fileURLToPath(new URL(specifier, parent))] : aliased(specifier);
  const candidates = bases.flatMap((base) => [
    base,
    base.replace(/\.([mc]?)js$/, ".$1ts"),
    ...extensions.map((extension) => base + extension),
  ]);
  const found = candidates.find(isFile);
  return found && pathToFileURL(found).href;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

export const load: LoadHook = async (url, context, next) => {
  const path = url.startsWith("file:") ? fileURLToPath(url.replace(/[?#].*$/, "")) : "";
  if (/\.[mc]?tsx?$/.test(path)) {
    const source = await withoutTypes(readFileSync(path, "utf8"), path);
    return { format: "module", source, shortCircuit: true };
  }
  if (
    path.endsWith(".js") &&
    !path.includes("/node_modules/") &&
    path !== fileURLToPath(import.meta.url)
  ) {
    const source = readFileSync(path, "utf8");
    if (/^\s*(?:import|export)\b/m.test(source))
      return { format: "module", source, shortCircuit: true };
  }
  return next(url, context);
};

interface Esbuild {
  transformSync(source: string, options: object): { readonly code: string };
}
interface TypeScript {
  readonly transpileModule?: (source: string, options: object) => { readonly outputText: string };
}
interface NodeModule {
  readonly stripTypeScriptTypes?: (source: string, options: object) => string;
}

/** JavaScript of TypeScript: by what the project has, else by Node itself from 22.13. */
async function withoutTypes(source: string, path: string): Promise<string> {
  const esbuild = projectModule<Esbuild>("esbuild", path);
  if (esbuild) {
    const loader = path.endsWith("x") ? "tsx" : "ts";
    return esbuild.transformSync(source, { loader, format: "esm", target: "node20" }).code;
  }
  const typescript = projectModule<TypeScript>("typescript", path);
  if (typescript?.transpileModule) {
    const compilerOptions = { module: 99, target: 9, jsx: 2 };
    return typescript.transpileModule(source, { compilerOptions }).outputText;
  }
  const { stripTypeScriptTypes } = (await import("node:module")) as NodeModule;
  if (stripTypeScriptTypes) return stripTypeScriptTypes(source, { mode: "transform" });
  throw new Error(
    `${path} is TypeScript, which Node ${process.versions.node} does not run by itself: ` +
      "install esbuild or typescript in the project, or use Node 22.13 or newer.",
  );
}

/** A module as the project's own files would find it. */
function projectModule<T>(name: string, path: string): T | undefined {
  try {
    return createRequire(path)(name) as T;
  } catch {
    return undefined;
  }
}
