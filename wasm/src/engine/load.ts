import { VirgaError } from "../base/error.js";
import createModule, { type GlueOptions } from "../virga.js";
import { Engine } from "./engine.js";
import type { WasmExports } from "./exports.js";

/** The instances of a class that the program's TypeScript libraries may know, or not. */
type Instance<Host, Name extends string> = Host extends {
  readonly [K in Name]: { readonly prototype: infer T };
}
  ? T
  : never;

type HostModule = typeof globalThis extends { readonly WebAssembly: infer Host }
  ? Instance<Host, "Module">
  : never;

/** Where the wasm module comes from: an address, its bytes, a response, or the compiled module. */
export type WasmSource =
  | string
  | Instance<typeof globalThis, "URL">
  | ArrayBuffer
  | Uint8Array
  | Instance<typeof globalThis, "Response">
  | HostModule;

let loading: Promise<Engine> | undefined;
let loaded: Engine | undefined;

/**
 * Loads the wasm module once; every database shares it. Without a source, it is the file that
 * stands beside this module: read from the disk in Node, Bun and Deno, fetched elsewhere.
 */
export function loadEngine(source?: WasmSource): Engine | Promise<Engine> {
  if (loaded) return loaded;
  loading ??= instantiate(source).then(
    // A synchronous call may have been faster; all databases stay in one engine.
    (engine) => (loaded ??= engine),
    (error: unknown) => {
      // A failure is not kept, so that another source can be tried.
      loading = undefined;
      throw loadError(error);
    },
  );
  return loading;
}

/** The engine, for a synchronous call: loaded now where files can be read at once. */
export function loadedEngine(): Engine {
  loaded ??= loadNow();
  if (loaded) return loaded;
  throw new VirgaError({
    code: "not_loaded",
    message: "A synchronous call needs the wasm module to be loaded.",
    hint: "Await load() or open() once before the first synchronous call.",
  });
}

/** The engine of the file beside this module; undefined where a file cannot be read at once. */
function loadNow(): Engine | undefined {
  const files = (globalThis as Host).process?.getBuiltinModule?.("node:fs");
  const url = ownFile();
  if (!files || url.protocol !== "file:" || !files.existsSync(url)) return undefined;
  try {
    return instantiateNow(new WebAssembly.Module(files.readFileSync(url)));
  } catch (error) {
    throw loadError(error);
  }
}

function instantiateNow(module: WebAssembly.Module): Engine {
  const glue: GlueOptions & Partial<WasmExports> = {
    instantiateWasm(imports, receive) {
      receive(new WebAssembly.Instance(module, imports), module);
      return {};
    },
  };
  // The glue adds its exports to the object it is given; nothing is left for the promise to bring.
  void createModule(glue);
  return new Engine(glue as WasmExports);
}

/** The file that stands beside this module. */
const ownFile = (): URL => new URL("../virga.wasm", import.meta.url);

/** Whether synchronous calls are possible. */
export function isLoaded(): boolean {
  return loaded !== undefined;
}

function loadError(error: unknown): VirgaError {
  const reason = error instanceof Error ? error.message : String(error);
  return new VirgaError(
    {
      code: "not_loaded",
      message: `The wasm module could not be loaded: ${reason}`,
      hint: "load() takes the address, the bytes or the compiled module of virga.wasm.",
    },
    error,
  );
}

async function instantiate(source: WasmSource | undefined): Promise<Engine> {
  const module = await compile(source ?? ownFile());
  // The glue swallows the errors of instantiation, so they are passed around it.
  return new Promise((resolve, reject) => {
    createModule({
      instantiateWasm(imports, receive) {
        const receiveInstance = (instance: WebAssembly.Instance) => receive(instance, module);
        WebAssembly.instantiate(module, imports).then(receiveInstance).catch(reject);
        return {};
      },
    }).then((wasm) => resolve(new Engine(wasm)), reject);
  });
}

async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL) {
    const url = new URL(source, globalThis.location?.href ?? import.meta.url);
    if (url.protocol === "file:") return WebAssembly.compile(await readFile(url));
    return compileResponse(await fetch(url));
  }
  if (source instanceof Response) return compileResponse(source);
  return WebAssembly.compile(source as ArrayBuffer | Uint8Array<ArrayBuffer>);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`${response.url} answers with status ${response.status}`);
  // Only with its media type can a module be compiled while it arrives.
  const streams = response.headers.get("content-type")?.startsWith("application/wasm");
  if (streams) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

interface FileSystem {
  readFile(url: URL): Promise<Uint8Array<ArrayBuffer>>;
}
interface SyncFileSystem {
  existsSync(url: URL): boolean;
  readFileSync(url: URL): Uint8Array<ArrayBuffer>;
}
interface Host {
  readonly process?: { getBuiltinModule?(name: string): SyncFileSystem | undefined };
}

async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  // The name stands in a variable to keep bundlers from looking for it.
  const name = "node:fs/promises";
  const files = (await import(/* @vite-ignore */ name)) as FileSystem;
  return files.readFile(url);
}
