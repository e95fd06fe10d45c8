import { wasmFile } from "../wasm.js";

/** The parts of Node's modules that loading uses; Bun and Deno have them too. */
interface Builtins {
  readonly "node:fs": {
    existsSync(path: URL | string): boolean;
    readFileSync(url: URL): Uint8Array<ArrayBuffer>;
    readFileSync(path: string, encoding: "utf8"): string;
    readdirSync(path: string): string[];
  };
  readonly "node:module": { createRequire(path: string): { resolve(name: string): string } };
  readonly "node:url": { pathToFileURL(path: string): URL };
}

interface Host {
  readonly process?: {
    cwd(): string;
    getBuiltinModule?<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined;
  };
}

/** A module of the host, at once; undefined in hosts that do not have it. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  return (globalThis as Host).process?.getBuiltinModule?.(name);
}

/** Reads a file, also in versions of Node (20.0 to 20.15) that give no modules at once. */
export async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  // The name stands in a variable to keep bundlers from looking for it.
  const name = "node:fs";
  const files =
    builtin(name) ??
    ((await import(
      /* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ name
    )) as Builtins[typeof name]);
  return files.readFileSync(url);
}

/** The wasm file of the package: beside its modules, or where Node finds it when a bundler moved those. */
export function ownFile(): URL {
  const files = builtin("node:fs");
  const beside = attempt(wasmFile);
  // The development server of Vite before 8 moves modules and leaves their files.
  if (beside?.pathname.endsWith("/node_modules/.vite/deps/virga.wasm"))
    return new URL("../../virga/virga.wasm", beside);
  if (beside && (!files || /^(https?|data|blob):/.test(beside.href) || files.existsSync(beside)))
    return beside;
  return attempt(installedFile) ?? wasmFile();
}

/** The file as a program in the working folder would find it. */
function installedFile(): URL | undefined {
  const folder = `${(globalThis as Host).process?.cwd()}/`;
  const path = builtin("node:module")?.createRequire(folder).resolve("virga/virga.wasm");
  return path === undefined ? undefined : builtin("node:url")?.pathToFileURL(path);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
