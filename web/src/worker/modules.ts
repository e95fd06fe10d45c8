import type { CompiledModule, Place } from "../protocol.js";

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

/** Stack frames of user code carry this scheme before the path of their file. */
export const sourceScheme = "virga:///";

/**
 * Links and runs compiled modules. A module runs once, after those it imports, and may await at its top
 * level; in a cycle the importer sees the exports made so far, as with CommonJS.
 */
export class ModuleGraph {
  readonly #modules: ReadonlyMap<string, CompiledModule>;
  readonly #libraries: Readonly<Record<string, object>>;
  readonly #scope: Scope;
  readonly #started = new Map<string, Exports>();

  constructor(
    modules: readonly CompiledModule[],
    libraries: Readonly<Record<string, object>>,
    scope: Scope,
  ) {
    this.#modules = new Map(modules.map((module) => [module.path, module]));
    this.#libraries = libraries;
    this.#scope = scope;
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
    if (!target.startsWith("npm:")) return this.#started.get(target) ?? {};
    const library = this.#libraries[target.slice(4)] ?? {};
    return { default: library, ...library, __esModule: true };
  }
}

/** Indirect evaluation keeps the line numbers of the source, and `sourceURL` gives them a name in stacks. */
function compileBody(module: CompiledModule): Body {
  const head = "(async function (require, exports, console, process, $show, $at) {";
  const evaluate = globalThis.eval;
  return evaluate(`${head}${module.code}\n})\n//# sourceURL=${sourceScheme}${module.path}`) as Body;
}
