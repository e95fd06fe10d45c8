import { h } from "./dom.js";
import { Tabs } from "./tabs.js";

export interface FileTabEvents {
  chosen(path: string): void;
  /** A name was given to a new file. */
  added(path: string): void;
  removed(path: string): void;
}

/** The tabs of the editor: one a document. Those between the first and the last can be removed. */
export class FileTabs {
  readonly #list = h("div", { role: "tablist", "aria-label": "Files" });
  readonly #edit = h("div", { class: "file-edit" });
  readonly #events: FileTabEvents;
  readonly #tabs: Tabs;
  #paths: readonly string[] = [];

  constructor(parent: HTMLElement, events: FileTabEvents) {
    parent.append(this.#list, this.#edit);
    this.#events = events;
    this.#tabs = new Tabs(this.#list, (id) => {
      const path = id.slice("file-".length);
      this.#showButtons(path);
      events.chosen(path);
    });
  }

  /** Shows tabs for these documents, and chooses one. */
  show(paths: readonly string[], shown: string): void {
    this.#paths = paths;
    this.#list.replaceChildren(...paths.map(tab));
    this.choose(shown);
  }

  choose(path: string): void {
    this.#tabs.select(`file-${path}`);
  }

  #showButtons(path: string): void {
    const own = this.#paths.slice(1, -1).includes(path);
    this.#edit.replaceChildren(
      ...(own ? [button("×", `Remove ${path}`, () => this.#events.removed(path))] : []),
      button("+", "Add a file", () => this.#askName(path)),
    );
  }

  /** Enter adds the file that is named; Escape, or leaving, does not. */
  #askName(shown: string): void {
    const field = h("input", {
      "aria-label": "Name of the file",
      placeholder: "name.ts",
      size: 12,
      pattern: "(?:[\\w@.\\-]+/)*[\\w\\-][\\w.\\-]*\\.[cm]?[jt]sx?",
      required: true,
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") field.blur();
      if (event.key !== "Enter") return;
      field.setCustomValidity(this.#paths.includes(field.value) ? "There is such a file." : "");
      if (field.reportValidity()) this.#events.added(field.value);
    });
    field.addEventListener("input", () => field.setCustomValidity(""));
    field.addEventListener("blur", () => field.isConnected && this.#showButtons(shown));
    this.#edit.replaceChildren(field);
    field.focus();
  }
}

function tab(path: string): HTMLElement {
  return h(
    "button",
    { type: "button", role: "tab", id: `file-${path}`, "aria-controls": "editor" },
    path,
  );
}

function button(text: string, label: string, click: () => void): HTMLElement {
  return h("button", { type: "button", class: "quiet", "aria-label": label, click }, text);
}
