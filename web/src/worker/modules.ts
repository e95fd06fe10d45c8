import type { CompiledModule, Place } from "../protocol.js";
import { notePlace, sourceScheme } from "./places.js";

/** What a module offers to those who import it. */
export type Exports = Record<string, unknown>;

/** What every module finds in scope besides the language. */
export interface Scope {
  readonly console: Console;
  /** Shows the value of a statement; that of the last one is the result. */
  show(place: Place, isLast: boolean, value: unknown): Promise<void>;
  /** Passes on what is awaited at a place. */
  at(place: Place, value: unknown): unknown;
}

type Body = (
  require: (specifier: string) => Exports,
  exports: Exports,
  console: Console,
  process: { readonly env: Readonly<Record<string, string>> },
  $show: (line: number, isLast: boolean, value: unknown) => Promise<void>,
  $at: (line: number, value: unknown) => unknown,
) => Promise<void>;

/**
 * Links and runs compiled modules. A module runs once, after those it imports, and may await at its top
 * level; in a cycle the importer sees the exports made so far, as with CommonJS.
 */
export class ModuleGraph {
  readonly #modules: ReadonlyMap<string, CompiledModule>;
  readonly #libraries: Readonly<Record<string, object>>;
  readonly #scope: Scope;
  readonly #started = new Map<string, Exports>();
  readonly #finished = new Set<string>();

  constructor(
    modules: readonly CompiledModule[],
    libraries: Readonly<Record<string, object>>,
    scope: Scope,
  ) {
    this.#modules = new Map(modules.map((module) => [module.path, module]));
    this.#libraries = libraries;
    this.#scope = scope;
  }

  /** The exports of the modules that have run, or begun to. */
  get exports(): ReadonlyMap<string, Exports> {
    return this.#started;
  }

  /** Runs a module, unless it ran already, and gives its exports. */
  async load(path: string): Promise<Exports> {
    const started = this.#started.get(path);
    if (started !== undefined) return started;
    const module = this.#modules.get(path);
    if (module === undefined) throw new Error(`No file "${path}" here`);
    const exports: Exports = {};
    this.#started.set(path, exports);
    for (const target of Object.values(module.links)) {
      if (!target.startsWith("npm:")) await this.load(target);
    }
    await this.#run(module, exports);
    this.#finished.add(path);
    return exports;
  }

  async #run(module: CompiledModule, exports: Exports): Promise<void> {
    const { path } = module;
    const { console, show, at } = this.#scope;
    await compileBody(module)(
      (specifier) => this.#require(module, specifier),
      exports,
      console,
      { env: {} },
      (line, isLast, value) => show({ path, line }, isLast, value),
      (line, value) => at({ path, line }, value),
    );
  }

  #require(module: CompiledModule, specifier: string): Exports {
    const target = module.links[specifier] ?? "";
    if (target.startsWith("npm:")) {
      const library = this.#libraries[target.slice(4)] ?? {};
      return strict({ default: library, ...library, __esModule: true }, specifier);
    }
    const exports = this.#started.get(target) ?? {};
    return this.#finished.has(target) ? strict(exports, target) : exports;
  }
}

/** Reading an export that a finished module does not have says so, as linking would. */
function strict(exports: Exports, name: string): Exports {
  return new Proxy(exports, {
    get(target, key) {
      if (key in target || typeof key === "symbol" || key === "then" || key === "default") {
        return Reflect.get(target, key) as unknown;
      }
      const names = Object.keys(target).filter((other) => !/^(?:__esModule|default)$/.test(other));
      throw new MissingExport(name, key, names);
    },
  });
}

class MissingExport extends Error {
  override readonly name = "Import";
  readonly code = "missing_export";
  readonly hint: string;

  constructor(module: string, key: string, names: readonly string[]) {
    super(`"${module}" has no export "${key}"`);
    const near = names.filter((name) => name[0]?.toLowerCase() === key[0]?.toLowerCase());
    const candidates = near.length > 0 ? near : names;
    this.hint = `It has ${
      candidates
        .slice(0, 12)
        .map((name) => `"${name}"`)
        .join(", ") || "none"
    }.`;
  }
}

/** Indirect evaluation keeps the line numbers of the source, and `sourceURL` gives them a name in stacks. */
function compileBody(module: CompiledModule): Body {
  const head = "(async function (require, exports, console, process, $show, $at) {";
  const evaluate = globalThis.eval;
  try {
    return evaluate(
      `${head}${module.code}\n})\n//# sourceURL=${sourceScheme}${module.path}`,
    ) as Body;
  } catch (error) {
    notePlace(error, { path: module.path, line: redeclaredLine(module.code, String(error)) });
    throw error;
  }
}

/** Engines tell no line for what they refuse to parse; the compiler leaves them little but this. */
function redeclaredLine(code: string, message: string): number {
  const name = /Identifier '(\w+)' has already been declared/.exec(message)?.[1];
  if (name === undefined) return 1;
  const declaration = new RegExp(`\\b(?:const|let|var|class|function)\\b[^=;]*\\b${name}\\b`);
  return code.split("\n").findLastIndex((line) => declaration.test(line)) + 1 || 1;
}
