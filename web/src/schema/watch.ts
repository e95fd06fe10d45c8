import type { Editor, EditorAdvice } from "../editor/editor.js";
import type { Advice, Fix } from "../lint/advice.js";
import { adviseOn } from "../lint/lint.js";
import type { DiagramPane } from "../panes/diagram.js";
import type { Compiled } from "../program/compile.js";
import type { SchemaAnswer } from "../protocol.js";
import type { Document } from "../program/files.js";
import { Places, type DocumentSpan } from "../types/documents.js";
import { Declarations } from "./declarations.js";
import { SchemaDescriber } from "./describer.js";

type DocumentEdit = DocumentSpan & { readonly insert: string };

/** Follows the schema as it is typed: what it declares is drawn, and looked through for mistakes. */
export class SchemaWatch {
  readonly #editor: Editor;
  readonly #diagram: DiagramPane;
  readonly #describer = new SchemaDescriber((answer) => this.#told(answer));
  #compiled: Compiled | undefined;
  #documents: readonly Document[] = [];
  #begun = false;

  constructor(editor: Editor, diagram: DiagramPane) {
    this.#editor = editor;
    this.#diagram = diagram;
  }

  /** From now on schemas are described: to do so is to run them. */
  begin(): void {
    this.#begun = true;
    if (this.#compiled) this.check(this.#compiled);
  }

  /** Until `begin` nothing of what is opened runs. */
  pause(): void {
    this.#begun = false;
    this.#compiled = undefined;
    this.#diagram.clear();
  }

  /** Looks at files as they are now. */
  check(compiled: Compiled): void {
    this.#compiled = compiled;
    this.#documents = this.#editor.documents;
    if (!this.#begun) return;
    if (compiled.schema) return this.#describer.describe(compiled.schema);
    this.#fail(compiled.problems.length > 0 && "The schema does not compile: this is how it was.");
  }

  #told({ facts, problem }: SchemaAnswer): void {
    const compiled = this.#compiled;
    if (!compiled || !this.#begun) return;
    if (!facts) return this.#fail(`The schema fails: ${problem?.message ?? ""}`);
    const declarations = new Declarations(compiled.files);
    this.#diagram.show(facts, declarations);
    this.#advise(compiled, adviseOn(facts, declarations));
  }

  /** What is drawn stays; advice about files that are no more does not. */
  #fail(reason: string | false): void {
    if (reason !== false) this.#diagram.outdate(reason);
    for (const { path } of this.#documents) this.#editor.markAdvice(path, []);
  }

  #advise({ files }: Compiled, all: readonly Advice[]): void {
    const places = new Places(this.#documents, files);
    for (const { path: document } of this.#documents) {
      const marks = all.flatMap(({ path, from, to, message, severity, fix }): EditorAdvice[] => {
        const span = places.inDocument(path, from, to);
        if (span?.document !== document) return [];
        return [{ ...span, message, severity, ...(fix && this.#fix(places, fix)) }];
      });
      if (this.#unchanged(document)) this.#editor.markAdvice(document, marks);
    }
  }

  /** A fix of the documents, if all that it changes is in them. */
  #fix(places: Places, { label, edits }: Fix): Pick<EditorAdvice, "fix"> {
    const spans = edits.flatMap(({ path, from, to, text }) => {
      const span = places.inDocument(path, from, to);
      return span ? [{ ...span, insert: text }] : [];
    });
    if (spans.length < edits.length) return {};
    return { fix: { name: label, edits: spans, apply: () => this.#apply(spans) } };
  }

  /** Changes each document once; not when it was changed since it was looked at: it will be again. */
  #apply(spans: readonly DocumentEdit[]): void {
    const documents = [...new Set(spans.map(({ document }) => document))];
    if (!documents.every((document) => this.#unchanged(document))) return;
    for (const document of documents)
      this.#editor.change(
        document,
        spans.filter((span) => span.document === document),
      );
  }

  #unchanged(path: string): boolean {
    const looked = this.#documents.find((document) => document.path === path);
    return looked?.text === this.#editor.documents.find((each) => each.path === path)?.text;
  }
}
