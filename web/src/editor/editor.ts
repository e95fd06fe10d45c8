import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import {
  forEachDiagnostic,
  lintGutter,
  lintKeymap,
  setDiagnostics,
  type Action,
  type Diagnostic,
} from "@codemirror/lint";
import { EditorState, Facet, Prec, type ChangeDesc, type ChangeSpec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  type KeyBinding,
} from "@codemirror/view";
import type { Document } from "../program/files.js";
import type { Lines } from "../program/instrument.js";
import { colours } from "./colours.js";
import { typeExtensions, type TypeSource } from "./types.js";

export interface EditorOptions {
  readonly parent: HTMLElement;
  /** Runs everything, or the statements at these lines of the document that is shown. */
  run(lines?: Lines): void;
  changed(): void;
  /** Another document is shown, since something led there. */
  shown(path: string): void;
}

/** A stretch of a document and what is wrong with it. */
export interface EditorProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly severity: "error" | "warning" | "info";
}

/** A change that mends what advice is about; `edits` tells it from others of its name. */
export interface EditorFix extends Action {
  readonly edits: readonly object[];
}

/** A stretch of a document and what to think of it. */
export interface EditorAdvice extends EditorProblem {
  readonly fix?: EditorFix;
}

/** A line of a document and what is wrong with it. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

/** What the compiler and a run, TypeScript, and the lint found. */
type Marks = Partial<Readonly<Record<"lines" | "types" | "advice", readonly Diagnostic[]>>>;

/** The path of the document that a state belongs to. */
export const documentPath = Facet.define<string, string>({ combine: ([path = ""]) => path });

/**
 * A TypeScript editor for several documents, of which it shows one. Tab moves on to the next control, as
 * on any page; Ctrl+] and Ctrl+[ indent.
 */
export class Editor {
  readonly #view: EditorView;
  readonly #options: EditorOptions;
  /** All documents by path, in their order; the state of the shown one is the view's. */
  #states = new Map<string, EditorState>();
  /** What is marked in each document, by whom. */
  readonly #marks = new Map<string, Marks>();
  /** What TypeScript knows, once it is there. */
  types: TypeSource | undefined;

  constructor(options: EditorOptions) {
    this.#options = options;
    this.#view = new EditorView({ parent: options.parent });
    void document.fonts.ready.then(() => this.#view.requestMeasure());
  }

  get documents(): readonly Document[] {
    return [...this.#states].map(([path]) => ({ path, text: this.#state(path).doc.toString() }));
  }

  /** Replaces all documents, and shows the last. */
  set documents(documents: readonly Document[]) {
    this.#marks.clear();
    this.#states = new Map(documents.map(({ path, text }) => [path, this.#begin(path, text)]));
    const last = documents.at(-1);
    if (last) this.#setState(last.path);
  }

  /** The path of the document that is shown. */
  get shown(): string {
    return this.#view.state.facet(documentPath);
  }

  /** Shows another document. */
  show(path: string): void {
    if (path === this.shown || !this.#states.has(path)) return;
    this.#states.set(this.shown, this.#view.state);
    this.#setState(path);
  }

  /** Replaces the text of a document, as typing would. */
  replace(path: string, text: string): void {
    this.show(path);
    const { doc } = this.#view.state;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }

  /** Marks these lines of a document, and no others. */
  mark(path: string, problems: readonly LineProblem[]): void {
    const { doc } = this.#state(path);
    const lines = problems.map(({ line, message }): Diagnostic => {
      const { from, to, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      const start = from + (text.length - text.trimStart().length);
      return { from: start, to, severity: "error", message };
    });
    this.#show(path, { ...this.#marks.get(path), lines });
  }

  /** Marks these stretches of a document as what is wrong with its types, and no others. */
  markTypes(path: string, problems: readonly EditorProblem[]): void {
    if (!this.#states.has(path)) return;
    const types = problems.map((problem): Diagnostic => ({
      ...problem,
      source: "TypeScript",
      markClass: "cm-typed",
    }));
    this.#show(path, { ...this.#marks.get(path), types });
  }

  /** Marks these stretches of a document as what may be done better, and no others. */
  markAdvice(path: string, all: readonly EditorAdvice[]): void {
    if (!this.#states.has(path)) return;
    const advice = all.map(({ fix, ...problem }): Diagnostic => ({
      ...problem,
      markClass: "cm-advised",
      actions: fix ? [fix] : [],
    }));
    this.#show(path, { ...this.#marks.get(path), advice });
  }

  /** Changes a document, as typing would. */
  change(path: string, changes: ChangeSpec): void {
    if (path === this.shown) return this.#view.dispatch({ changes });
    this.#states.set(path, this.#state(path).update({ changes }).state);
    this.#options.changed();
  }

  textOf(path: string): string {
    return this.#state(path).doc.toString();
  }

  /** Selects a stretch of a document and shows it in the middle. */
  select(path: string, from: number, to: number): void {
    this.show(path);
    this.#view.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    this.#view.focus();
    this.#options.shown(path);
  }

  /** What TypeScript and the lint found stays where it stands until they have looked again. */
  #moveMarks(path: string, changes: ChangeDesc): void {
    const marks = this.#marks.get(path);
    if (!marks) return;
    const move = (diagnostics: readonly Diagnostic[] = []): Diagnostic[] =>
      diagnostics
        .map((each) => ({
          ...each,
          from: changes.mapPos(each.from, 1),
          to: changes.mapPos(each.to, -1),
        }))
        .filter(({ from, to }) => from < to);
    this.#marks.set(path, { ...marks, types: move(marks.types), advice: move(marks.advice) });
  }

  #show(path: string, marks: Marks): void {
    this.#marks.set(path, marks);
    const state = this.#state(path);
    const end = state.doc.length;
    const { lines = [], types = [], advice = [] } = marks;
    const all = [...lines, ...types, ...advice].map((each) => ({
      ...each,
      from: Math.min(each.from, end),
      to: Math.min(each.to, end),
    }));
    // To set them anew would close what is being read of them.
    if (isMarked(state, all)) return;
    const transaction = setDiagnostics(state, all);
    if (path === this.shown) this.#view.dispatch(transaction);
    else this.#states.set(path, state.update(transaction).state);
  }

  /** Puts the cursor on a line of a document and shows it in the middle. */
  goTo(path: string, line: number): void {
    this.show(path);
    const { from } = this.#view.state.doc.line(Math.min(line, this.#view.state.doc.lines));
    this.#view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    this.#view.focus();
  }

  #state(path: string): EditorState {
    const state = path === this.shown ? this.#view.state : this.#states.get(path);
    if (state === undefined) throw new Error(`The editor has no document ${path}`);
    return state;
  }

  #setState(path: string): void {
    const state = this.#states.get(path);
    if (state) this.#view.setState(state);
  }

  #begin(path: string, text: string): EditorState {
    const { run, changed } = this.#options;
    const runKey: KeyBinding = {
      key: "Mod-Enter",
      run: ({ state }) => (
        run(state.selection.main.empty ? undefined : selectedLines(state)),
        true
      ),
      shift: ({ state }) => (run(selectedLines(state)), true),
    };
    return EditorState.create({
      doc: text,
      extensions: [
        documentPath.of(path),
        Prec.highest(keymap.of([runKey])),
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        typeExtensions(() => this.types),
        highlightActiveLine(),
        javascript({ typescript: true }),
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...lintKeymap,
        ]),
        colours,
        EditorView.contentAttributes.of({ "aria-label": path, spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          this.#moveMarks(path, update.changes);
          changed();
        }),
      ],
    });
  }
}

/** Whether a document has these marks, and no others. */
function isMarked(state: EditorState, diagnostics: readonly Diagnostic[]): boolean {
  const marked: string[] = [];
  forEachDiagnostic(state, (each, from, to) => marked.push(JSON.stringify({ ...each, from, to })));
  const wanted = diagnostics.map((each) => JSON.stringify(each));
  return marked.sort().join() === wanted.sort().join();
}

/** The lines that the selection touches, or that the cursor is in. */
function selectedLines({ doc, selection: { main } }: EditorState): Lines {
  return { from: doc.lineAt(main.from).number, to: doc.lineAt(main.to).number };
}
