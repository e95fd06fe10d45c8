/** Makes a `role=tablist` work: arrows, Home and End move among its tabs, choosing one tells its id. */
export class Tabs {
  readonly #list: HTMLElement;
  readonly #chosen: (id: string) => void;

  constructor(list: HTMLElement, chosen: (id: string) => void) {
    this.#list = list;
    this.#chosen = chosen;
    list.addEventListener("click", (event) => {
      const tab = event.target instanceof Element && event.target.closest("[role=tab]");
      if (tab) this.select(tab.id);
    });
    list.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Marks the tab with this id as chosen, and shows its panel where it has one of its own. */
  select(id: string): void {
    for (const tab of this.#tabs()) {
      const selected = tab.id === id;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    this.#chosen(id);
  }

  #tabs(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=tab]")];
  }

  #onKey(event: KeyboardEvent): void {
    const tabs = this.#tabs();
    const last = tabs.length - 1;
    const index = tabs.findIndex((tab) => tab === event.target);
    if (index < 0) return;
    const next = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    }[event.key];
    const target = next === undefined ? undefined : tabs[next];
    if (target === undefined) return;
    event.preventDefault();
    this.select(target.id);
    target.focus();
  }
}
