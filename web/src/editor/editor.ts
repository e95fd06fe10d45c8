import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { colours } from "./colours.js";

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly text: string;
  run(): void;
  changed(): void;
}

/** A line of an editor and what is wrong with it. */
export interface LineProblem {
  readonly line: number;
  readonly message: string;
}

/**
 * A TypeScript editor. Tab moves on to the next control, as on any page; Ctrl+] and Ctrl+[ indent.
 */
export class Editor {
  readonly #view: EditorView;

  constructor({ parent, label, text, run, changed }: EditorOptions) {
    const runKey = { key: "Mod-Enter", run: () => (run(), true) };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          Prec.highest(keymap.of([runKey])),
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          highlightActiveLine(),
          javascript({ typescript: true }),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          colours,
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed();
          }),
        ],
      }),
    });
    void document.fonts.ready.then(() => this.#view.requestMeasure());
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  set text(text: string) {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
    this.#view.scrollDOM.scrollTop = 0;
  }

  /** Marks these lines, and no others. */
  mark(problems: readonly LineProblem[]): void {
    const { doc } = this.#view.state;
    const diagnostics = problems.map(({ line, message }): Diagnostic => {
      const { from, to, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return {
        from: from + (text.length - text.trimStart().length),
        to,
        severity: "error",
        message,
      };
    });
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Puts the cursor on a line and shows it in the middle. */
  goTo(line: number): void {
    const { from } = this.#view.state.doc.line(Math.min(line, this.#view.state.doc.lines));
    this.#view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    this.#view.focus();
  }
}
