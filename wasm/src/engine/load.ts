import { VirgaError } from "../base/error.js";
import createModule, { type GlueOptions } from "../virga.js";
import { Engine } from "./engine.js";
import type { WasmExports } from "./exports.js";
import { builtin, ownFile, readFile } from "./files.js";
import { loadError } from "./load-error.js";

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
let given: WebAssembly.Module | undefined;

/** For hosts that compile at build time only: the module that is loaded when no other is named. */
export function giveModule(module: HostModule): void {
  given = module;
}

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
      throw error;
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

/** The engine, when its module is there or its file can be read at once. */
function loadNow(): Engine | undefined {
  if (given) return instantiateNow(given);
  const files = builtin("node:fs");
  if (!files) return undefined;
  let url: URL | undefined;
  try {
    url = ownFile();
    if (url.protocol !== "file:") return undefined;
    return instantiateNow(new WebAssembly.Module(files.readFileSync(url)));
  } catch (error) {
    throw loadError(error, url, true);
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

/** Whether synchronous calls are possible. */
export function isLoaded(): boolean {
  return loaded !== undefined;
}

async function instantiate(source: WasmSource | undefined): Promise<Engine> {
  const module = await compileFrom(source);
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

/** Compiles a source, or says why that failed and where it was. */
async function compileFrom(source: WasmSource | undefined): Promise<WebAssembly.Module> {
  let place = source;
  try {
    place = locate(source ?? given ?? ownFile());
    return await compile(place);
  } catch (error) {
    throw loadError(error, place, source === undefined);
  }
}

/**
 * What kind of object a value is. `instanceof` would not know objects of another realm (a frame, the
 * window of jsdom), nor classes that the host does not have.
 */
const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** A source that is text, as a URL: seen from the page in browsers, else from the working folder. */
function locate(source: WasmSource): WasmSource {
  if (typeof source !== "string") return source;
  const hasScheme = /^[a-z][a-z\d+.-]+:/i.test(source);
  const { pathToFileURL } = builtin("node:url") ?? {};
  if (pathToFileURL && !hasScheme) return pathToFileURL(source);
  return new URL(source, globalThis.location?.href);
}

async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  switch (kindOf(source)) {
    case "WebAssembly.Module":
      return source as WebAssembly.Module;
    case "Response":
      return compileResponse(source as Response);
    case "URL": {
      const url = source as URL;
      if (url.protocol === "file:") return compileBytes(await readFile(url));
      return compileResponse(await fetch(url));
    }
    case "ArrayBuffer":
    case "Uint8Array":
      return compileBytes(source as ArrayBuffer | Uint8Array<ArrayBuffer>);
    default:
      throw new TypeError(`what is given is of the kind ${kindOf(source)}`);
  }
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`the answer has the status ${response.status}`);
  // Only with its media type can a module be compiled while it arrives.
  const type = response.headers.get("content-type") ?? undefined;
  if (type?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return compileBytes(await response.arrayBuffer(), type);
}

/** Compiles bytes that begin as wasm does: many servers answer with a page what they do not have. */
async function compileBytes(
  bytes: ArrayBuffer | Uint8Array<ArrayBuffer>,
  type = "bytes",
): Promise<WebAssembly.Module> {
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 20));
  if (start.startsWith("\0asm")) return WebAssembly.compile(bytes);
  throw new Error(`what is there (${type}) is no wasm, it begins with ${JSON.stringify(start)}`);
}
