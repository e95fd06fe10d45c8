import { insertCompletionText, pickedCompletion, type Completion } from "@codemirror/autocomplete";
import type { Editor, EditorProblem } from "../editor/editor.js";
import { typeCard, type TypeSource } from "../editor/types.js";
import type { Document, SourceFile } from "../program/files.js";
import { Places, type DocumentSpan } from "./documents.js";
import { TypeService } from "./service.js";

/** Writes something else than the label of a completion, from before the word if `start` is there. */
const applyText =
  (text: string, start: number | undefined): Exclude<Completion["apply"], string | undefined> =>
  (view, completion, from, to) =>
    view.dispatch({
      ...insertCompletionText(view.state, text, start ?? from, to),
      annotations: pickedCompletion.of(completion),
    });

type FilesOf = (documents: readonly Document[]) => readonly SourceFile[];

/** TypeScript's kinds of names in the words of the editor's completion. */
const kinds: Readonly<Record<string, string>> = {
  function: "function",
  "local function": "function",
  method: "method",
  property: "property",
  getter: "property",
  const: "constant",
  let: "variable",
  var: "variable",
  parameter: "variable",
  alias: "variable",
  class: "class",
  interface: "interface",
  type: "type",
  enum: "enum",
  module: "namespace",
  keyword: "keyword",
  string: "text",
};

/** Brings what TypeScript knows of the page's files into its editor. */
export class Assistant implements TypeSource {
  readonly #service: TypeService;
  readonly #editor: Editor;
  readonly #filesOf: FilesOf;
  #documents: readonly Document[] = [];
  #places = new Places([], []);
  #checks = 0;

  /**
   * @param filesOf the virtual files that documents are
   * @param failed there are no types, and there will be none
   */
  constructor(editor: Editor, filesOf: FilesOf, failed: () => void) {
    this.#service = new TypeService(failed);
    this.#editor = editor;
    this.#filesOf = filesOf;
  }

  /** Marks what is wrong with the types of the files as they are now. */
  async check(): Promise<void> {
    const places = this.#update();
    const documents = this.#documents;
    const check = (this.#checks += 1);
    const found = await this.#service.ask("check");
    // What was typed meanwhile is looked at soon.
    if (check !== this.#checks || !same(documents, this.#editor.documents)) return;
    const problems = new Map<string, EditorProblem[]>(documents.map(({ path }) => [path, []]));
    for (const { path, from, to, message, severity } of found ?? []) {
      const span = places.inDocument(path, from, to);
      if (span) problems.get(span.document)?.push({ ...span, message, severity });
    }
    for (const [path, list] of problems) this.#editor.markTypes(path, list);
  }

  async hover(offset: number): ReturnType<TypeSource["hover"]> {
    const at = this.#at(offset);
    const found = at && (await this.#service.ask("hover", ...at));
    const span = found && this.#places.inDocument(found.path, found.from, found.to);
    return span && { ...found, at: span.from, end: span.to };
  }

  async complete(offset: number): Promise<readonly Completion[] | undefined> {
    const at = this.#at(offset);
    const found = at && (await this.#service.ask("complete", ...at));
    if (!at || !found) return undefined;
    const sorted = found.items.toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1));
    const shift = offset - at[1];
    return sorted.map(({ label, kind, sortText, insert, from }) => ({
      label,
      ...(insert !== undefined && {
        apply: applyText(insert, from === undefined ? undefined : from + shift),
      }),
      type: kinds[kind] ?? "variable",
      boost: -Math.min(99, Number.parseInt(sortText, 10) || 0),
      info: async () => {
        const details = await this.#service.ask("describe", ...at, label);
        return details ? typeCard(details) : null;
      },
    }));
  }

  async signature(offset: number): ReturnType<TypeSource["signature"]> {
    const at = this.#at(offset);
    return at && this.#service.ask("signature", ...at);
  }

  async define(offset: number): Promise<void> {
    const at = this.#at(offset);
    const found = at && (await this.#service.ask("define", ...at));
    const span = found && this.#places.inDocument(found.path, found.from, found.to);
    if (span) this.#editor.select(span.document, span.from, span.to);
  }

  async nameAt(offset: number): Promise<string | undefined> {
    const [first] = await this.#occurrences(offset);
    return first && this.#editor.textOf(first.document).slice(first.from, first.to);
  }

  async rename(offset: number, name: string): Promise<void> {
    const edits = await this.#occurrences(offset);
    this.#apply(edits.map((span) => ({ ...span, text: name })));
  }

  async format(): Promise<void> {
    const document = this.#editor.shown;
    const at = this.#at(0) ?? this.#at(this.#editor.textOf(document).length);
    if (!at) return;
    const found = await this.#service.ask("format", at[0]);
    const edits = (found ?? []).flatMap(({ path, from, to, text }) => {
      const span = this.#places.inDocument(path, from, to);
      return span ? [{ ...span, text }] : [];
    });
    this.#apply(edits);
  }

  async #occurrences(offset: number): Promise<readonly DocumentSpan[]> {
    const at = this.#at(offset);
    const found = at ? await this.#service.ask("rename", ...at) : [];
    const spans = (found ?? []).map(({ path, from, to }) =>
      this.#places.inDocument(path, from, to),
    );
    return spans.every((span) => span !== undefined) ? spans : [];
  }

  #apply(edits: readonly (DocumentSpan & { readonly text: string })[]): void {
    for (const path of new Set(edits.map(({ document }) => document))) {
      const own = edits.filter(({ document }) => document === path);
      this.#editor.change(
        path,
        own.map(({ from, to, text }) => ({ from, to, insert: text })),
      );
    }
  }

  /** Gives the service what the editor holds now. */
  #update(): Places {
    const documents = this.#editor.documents;
    if (same(documents, this.#documents)) return this.#places;
    const files = this.#filesOf(documents);
    this.#service.update(files);
    this.#documents = documents;
    return (this.#places = new Places(documents, files));
  }

  #at(offset: number): readonly [path: string, offset: number] | undefined {
    this.#update();
    return this.#places.inFile(this.#editor.shown, offset);
  }
}

const same = (some: readonly Document[], others: readonly Document[]): boolean =>
  some.length === others.length &&
  some.every(({ path, text }, at) => others[at]?.path === path && others[at].text === text);
