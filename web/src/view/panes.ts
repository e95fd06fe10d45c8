import type { FromWorker } from "../protocol.js";
import type { Origin, Page, Pane } from "../panes/pane.js";
import { h } from "./dom.js";
import { Tabs } from "./tabs.js";

/** The panes of the page behind their tabs: what happens in a run is told to all of them. */
export class Panes {
  readonly #panes: readonly Pane[];
  readonly #badges = new Map<Pane, HTMLElement>();
  readonly #tabs: Tabs;

  /** Puts a tab for each pane into `list`, and the panes into `parent`. */
  constructor(parent: HTMLElement, list: HTMLElement, panes: readonly Pane[], page: Page) {
    this.#panes = panes;
    list.append(...panes.map((pane) => this.#tab(pane)));
    for (const pane of panes) {
      pane.page = page;
      pane.id = `pane-${pane.key}`;
      pane.className = "pane";
      pane.tabIndex = 0;
      pane.setAttribute("role", "tabpanel");
      pane.setAttribute("aria-labelledby", `tab-${pane.key}`);
    }
    parent.append(...panes);
    this.#tabs = new Tabs(list, (id) => this.#show(id));
    this.open(panes[0]?.key ?? "");
  }

  /** The key of the pane that is shown. */
  get shown(): string {
    return this.#panes.find((pane) => !pane.hidden)?.key ?? "";
  }

  /** Shows the pane with this key, or the first when there is none of that name. */
  open(key: string): void {
    const { key: found } = this.#panes.find((pane) => pane.key === key) ??
      this.#panes[0] ?? { key };
    this.#tabs.select(`tab-${found}`);
  }

  began(): void {
    this.#tell((pane) => pane.began());
  }

  receive(message: FromWorker): void {
    this.#tell((pane) => pane.receive(message));
  }

  ended(): void {
    this.#tell((pane) => pane.ended());
  }

  pointed(origin: Origin | undefined): void {
    for (const pane of this.#panes) pane.pointed(origin);
  }

  #tell(what: (pane: Pane) => void): void {
    for (const pane of this.#panes) {
      what(pane);
      const badge = this.#badges.get(pane);
      if (badge && badge.textContent !== pane.badge) badge.textContent = pane.badge;
    }
  }

  #show(id: string): void {
    for (const pane of this.#panes) {
      pane.hidden = id !== `tab-${pane.key}`;
      if (!pane.hidden) pane.chosen();
    }
  }

  #tab(pane: Pane): HTMLElement {
    const badge = h("span", { class: "badge" });
    this.#badges.set(pane, badge);
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${pane.key}`,
        "aria-controls": `pane-${pane.key}`,
      },
      pane.label,
      badge,
    );
  }
}
