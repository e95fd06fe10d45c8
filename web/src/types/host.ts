import ts from "typescript";
import type { SourceFile } from "../program/files.js";
import { resolveImport } from "../program/resolve.js";
import globals from "./globals.txt?raw";

/** What the type service reads beside the files of the page. */
export interface Declarations {
  readonly files: Readonly<Record<string, string>>;
  /** The declarations of the package's entries, by their names. */
  readonly entries: Readonly<Record<string, string>>;
}

const globalsPath = "/globals.d.ts";
const dataPath = "/npm/playground-data.d.ts";
const dataDeclaration = `/** The playground's data: an SQLite file, as the pane Data shows it. */
export declare const data: Uint8Array<ArrayBuffer>;
`;

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** The page's files and the declarations as TypeScript asks for them; files of the page stand at the root. */
export class Host implements ts.LanguageServiceHost {
  readonly #declarations: Declarations;
  #files = new Map<string, { readonly text: string; readonly version: number }>();
  #version = 0;

  constructor(declarations: Declarations) {
    this.#declarations = {
      ...declarations,
      files: { ...declarations.files, [globalsPath]: globals, [dataPath]: dataDeclaration },
    };
  }

  /** Replaces the files of the page. */
  update(files: readonly SourceFile[]): void {
    this.#version += 1;
    const before = this.#files;
    this.#files = new Map(
      files.map(({ path, text }) => {
        const old = before.get(`/${path}`);
        return [`/${path}`, old?.text === text ? old : { text, version: this.#version }];
      }),
    );
  }

  /** The paths of the page's files. */
  get paths(): readonly string[] {
    return [...this.#files.keys()].map((path) => path.slice(1));
  }

  getCompilationSettings = (): ts.CompilerOptions => options;
  getProjectVersion = (): string => String(this.#version);
  getScriptFileNames = (): string[] => [globalsPath, ...this.#files.keys()];
  getScriptVersion = (path: string): string => String(this.#files.get(path)?.version ?? 0);
  getCurrentDirectory = (): string => "/";
  getDefaultLibFileName = (): string => "/lib/lib.es2023.d.ts";
  fileExists = (path: string): boolean => this.readFile(path) !== undefined;
  readFile = (path: string): string | undefined =>
    this.#files.get(path)?.text ?? this.#declarations.files[path];

  getScriptSnapshot = (path: string): ts.IScriptSnapshot | undefined => {
    const text = this.readFile(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  };

  resolveModuleNameLiterals = (
    literals: readonly ts.StringLiteralLike[],
    from: string,
  ): readonly ts.ResolvedModuleWithFailedLookupLocations[] =>
    literals.map(({ text }) => {
      const path = this.#resolve(text, from);
      if (path === undefined) return { resolvedModule: undefined };
      const extension = path.endsWith(".d.ts") ? ts.Extension.Dts : ts.Extension.Ts;
      return { resolvedModule: { resolvedFileName: path, extension } };
    });

  #resolve(name: string, from: string): string | undefined {
    if (from.startsWith("/npm/")) {
      const path = new URL(name.replace(/\.js$/, ".d.ts"), `file://${from}`).pathname;
      return this.fileExists(path) ? path : undefined;
    }
    const link = resolveImport(name, from.slice(1), this.paths);
    if (!("target" in link)) return undefined;
    if (link.target === "npm:playground/data") return dataPath;
    if (link.target.startsWith("npm:")) return this.#declarations.entries[link.target.slice(4)];
    return `/${link.target}`;
  }
}
