import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { localCompletionSource } from "@codemirror/lang-javascript";
import {
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type StateEffectType,
} from "@codemirror/state";
import {
  EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  ViewPlugin,
  type PluginValue,
  type Tooltip,
  type TooltipView,
  type ViewUpdate,
} from "@codemirror/view";
import type { Hover, Signature } from "../types/protocol.js";
import { h } from "../view/dom.js";

/** What TypeScript knows of the document that is shown; offsets are those of the document. */
export interface TypeSource {
  hover(
    offset: number,
  ): Promise<(Hover & { readonly at: number; readonly end: number }) | undefined>;
  complete(offset: number): Promise<readonly Completion[] | undefined>;
  signature(offset: number): Promise<Signature | undefined>;
  /** Goes to where the name at the offset is declared. */
  define(offset: number): Promise<void>;
  /** The name at the offset, if it can be renamed. */
  nameAt(offset: number): Promise<string | undefined>;
  rename(offset: number, name: string): Promise<void>;
  format(): Promise<void>;
}

/** Hovering, completion, signatures, and the keys that ask TypeScript; without it, words of the file complete. */
export function typeExtensions(source: () => TypeSource | undefined): Extension {
  return [
    autocompletion({ override: [(context) => complete(context, source())] }),
    hoverTooltip((_view, offset) => hover(offset, source()), { hoverTime: 250 }),
    signatureHelp(source),
    renameField,
    keymap.of([
      { key: "F12", run: ({ state }) => define(state, source()) },
      { key: "F2", run: (view) => beginRename(view, source()) },
      { key: "Shift-Alt-f", run: () => (void source()?.format(), true) },
    ]),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false;
        const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (offset === null || !source()) return false;
        void source()?.define(offset);
        return true;
      },
    }),
  ];
}

async function complete(
  context: CompletionContext,
  source: TypeSource | undefined,
): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w$]*$/);
  const before = context.state.sliceDoc(Math.max(0, (word?.from ?? context.pos) - 1), word?.from);
  const begun = word !== null && word.from < word.to;
  if (!begun && !context.explicit && !/[.'"`/{,]$/.test(before)) return null;
  if (!source) return localCompletionSource(context);
  if (!begun && !context.explicit && /[{,]$/.test(before)) return null;
  const options = await source.complete(context.pos);
  if (context.aborted || !options || options.length === 0) return null;
  return { from: word?.from ?? context.pos, options: [...options], validFor: /^[\w$]*$/ };
}

async function hover(offset: number, source: TypeSource | undefined): Promise<Tooltip | null> {
  const found = await source?.hover(offset);
  if (!found) return null;
  return { pos: found.at, end: found.end, above: true, create: () => ({ dom: typeCard(found) }) };
}

/** A type's text in colours, with what its declaration says. */
export function typeCard({ parts, documentation }: Hover): HTMLElement {
  const pieces = parts.map(({ text, kind }) => h("span", { class: `part ${kind}` }, text));
  return h(
    "div",
    { class: "type-card" },
    h("pre", {}, ...pieces),
    documentation !== "" && h("p", {}, documentation),
  );
}

function define({ selection }: EditorState, source: TypeSource | undefined): boolean {
  if (!source) return false;
  void source.define(selection.main.head);
  return true;
}

// ---- the signature of the call that the cursor is in

const setSignature = StateEffect.define<Tooltip | null>();

const signatureField = tooltipField(setSignature);

/** The tooltip that an effect set last. */
function tooltipField(effect: StateEffectType<Tooltip | null>): StateField<Tooltip | null> {
  return StateField.define<Tooltip | null>({
    create: () => null,
    update: (value, { effects }) =>
      effects.reduce((last, each) => (each.is(effect) ? each.value : last), value),
    provide: (each) => showTooltip.from(each),
  });
}

class SignatureHelp implements PluginValue {
  readonly #view: EditorView;
  readonly #source: () => TypeSource | undefined;
  #timer = 0;

  constructor(view: EditorView, source: () => TypeSource | undefined) {
    this.#view = view;
    this.#source = source;
  }

  update({ docChanged, selectionSet, state }: ViewUpdate): void {
    const shown = state.field(signatureField) !== null;
    if (!docChanged && !(selectionSet && shown)) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), 120);
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const { doc, selection } = this.#view.state;
    const offset = selection.main.head;
    const found = await this.#source()?.signature(offset);
    const { state } = this.#view;
    if (state.doc !== doc || state.selection.main.head !== offset) return;
    if (!found && state.field(signatureField) === null) return;
    const value = found
      ? { pos: offset, above: true, create: () => ({ dom: signatureCard(found) }) }
      : null;
    this.#view.dispatch({ effects: setSignature.of(value) });
  }
}

function signatureHelp(source: () => TypeSource | undefined): Extension {
  const close = (view: EditorView): boolean => {
    if (view.state.field(signatureField) === null) return false;
    view.dispatch({ effects: setSignature.of(null) });
    return true;
  };
  return [
    signatureField,
    ViewPlugin.define((view) => new SignatureHelp(view, source)),
    keymap.of([{ key: "Escape", run: close }]),
  ];
}

function signatureCard({
  before,
  parameters,
  after,
  active,
  documentation,
}: Signature): HTMLElement {
  const pieces = parameters.map((text, index) => h(index === active ? "strong" : "span", {}, text));
  return h(
    "div",
    { class: "type-card signature" },
    h("pre", {}, before, ...pieces, after),
    documentation !== "" && h("p", {}, documentation),
  );
}

// ---- renaming

const setRename = StateEffect.define<Tooltip | null>();

const renameField = tooltipField(setRename);

function beginRename(view: EditorView, source: TypeSource | undefined): boolean {
  if (!source) return false;
  const offset = view.state.selection.main.head;
  void source.nameAt(offset).then((name) => {
    if (name === undefined) return;
    const close = (): void => {
      view.dispatch({ effects: setRename.of(null) });
      view.focus();
    };
    const create = (): TooltipView => {
      const input = h("input", { "aria-label": "New name", value: name, size: 24 });
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Escape") close();
        if (event.key !== "Enter" || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(input.value))
          return;
        event.preventDefault();
        const { value } = input;
        close();
        void source.rename(offset, value);
      });
      const dom = h("div", { class: "rename" }, h("label", {}, `Rename ${name} to `, input));
      return { dom, mount: () => input.select() };
    };
    view.dispatch({ effects: setRename.of({ pos: offset, above: false, create }) });
  });
  return true;
}
