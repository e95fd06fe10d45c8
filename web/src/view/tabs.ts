/** Makes a `role=tablist` work: arrows, Home and End move, the chosen tab shows its panel. */
export class Tabs {
  readonly #tabs: readonly HTMLElement[];

  constructor(list: HTMLElement) {
    this.#tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    for (const tab of this.#tabs) {
      tab.addEventListener("click", () => this.select(tab.id));
      tab.addEventListener("keydown", (event) => this.#onKey(event, tab));
    }
  }

  /** Shows the panel of the tab with this id. */
  select(id: string): void {
    for (const tab of this.#tabs) {
      const chosen = tab.id === id;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
      if (panel !== null) panel.hidden = !chosen;
    }
  }

  #onKey(event: KeyboardEvent, tab: HTMLElement): void {
    const last = this.#tabs.length - 1;
    const index = this.#tabs.indexOf(tab);
    const next = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    }[event.key];
    const target = next === undefined ? undefined : this.#tabs[next];
    if (target === undefined) return;
    event.preventDefault();
    this.select(target.id);
    target.focus();
  }
}
