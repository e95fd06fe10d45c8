import type { Shown } from "../protocol.js";
import { count, h } from "./dom.js";
import { fitsLine, leaf } from "./shown.js";

const pageSize = 100;

export interface TreeOptions {
  /** What the records of a list are called. */
  readonly noun?: string;
  /** How many nodes may be open at first. */
  readonly openNodes?: number;
}

interface Entry {
  readonly key: string;
  readonly value: Shown;
}

/**
 * A collapsible tree of a value, after the ARIA tree pattern: one tab stop, arrows to move, open and close.
 * Branches are built when they are opened; the first ones are open as far as a screen can take them.
 */
export function tree(value: Shown, label: string, options: TreeOptions = {}): HTMLElement {
  const { noun = "row", openNodes = 160 } = options;
  const root = h("ul", { role: "tree", "aria-label": label, class: "tree" });
  let budget = openNodes;
  const grow = (parent: HTMLElement, entries: readonly Entry[], level: number): void => {
    appendPage(parent, entries, 0, level);
  };

  const appendPage = (
    parent: HTMLElement,
    entries: readonly Entry[],
    from: number,
    level: number,
  ): void => {
    for (const entry of entries.slice(from, from + pageSize)) parent.append(item(entry, level));
    const next = from + pageSize;
    if (next >= entries.length) return;
    const more = h("li", { role: "treeitem", "aria-level": level, tabindex: -1, class: "more" });
    more.textContent = `${count(entries.length - next, "more item")} …`;
    more.addEventListener("click", (event) => {
      event.stopPropagation();
      more.remove();
      appendPage(parent, entries, next, level);
      focusItem(root, parent.children[next]);
    });
    parent.append(more);
  };

  const item = ({ key, value: current }: Entry, level: number): HTMLElement => {
    budget -= 1;
    const children = entriesOf(current);
    const row = h("div", { class: "row" }, h("span", { class: "key" }, key), leaf(current, noun));
    const element = h("li", { role: "treeitem", "aria-level": level, tabindex: -1 }, row);
    if (children.length === 0) return element;
    let group: HTMLElement | undefined;
    const toggle = (open: boolean): void => {
      if (open && group === undefined) {
        group = h("ul", { role: "group" });
        grow(group, children, level + 1);
        element.append(group);
      }
      element.setAttribute("aria-expanded", String(open));
    };
    row.addEventListener("click", () => {
      toggle(element.getAttribute("aria-expanded") !== "true");
      focusItem(root, element);
    });
    element.addEventListener("virga-toggle", (event) => {
      event.stopPropagation();
      toggle(element.getAttribute("aria-expanded") !== "true");
    });
    toggle(budget >= children.length && level < 8 && !fitsLine(current));
    return element;
  };

  grow(root, entriesOf(value), 1);
  root.querySelector("[role=treeitem]")?.setAttribute("tabindex", "0");
  root.addEventListener("keydown", (event) => onKey(event, root));
  return root;
}

function entriesOf(value: Shown): readonly Entry[] {
  if (value.kind === "list") {
    const entries = value.items.map((item, index) => ({ key: String(index), value: item }));
    return withRest(entries, value.length - value.items.length);
  }
  if (value.kind === "record") {
    const entries = value.fields.map(([key, item]) => ({ key, value: item }));
    return withRest(entries, value.more);
  }
  return [];
}

function withRest(entries: readonly Entry[], left: number): readonly Entry[] {
  if (left <= 0) return entries;
  return [
    ...entries,
    {
      key: "…",
      value: { kind: "atom", type: "reference", text: `${count(left, "more item")} not shown` },
    },
  ];
}

function onKey(event: KeyboardEvent, root: HTMLElement): void {
  const current = event.target;
  if (!(current instanceof HTMLElement) || current.getAttribute("role") !== "treeitem") return;
  const visible = [...root.querySelectorAll<HTMLElement>("[role=treeitem]")].filter(
    (item) => item.parentElement?.closest('[aria-expanded="false"]') === null,
  );
  const index = visible.indexOf(current);
  const open = current.getAttribute("aria-expanded");
  const toggle = (): null => (
    current.dispatchEvent(new Event("virga-toggle", { bubbles: false })),
    null
  );
  const parent = current.parentElement?.closest<HTMLElement>("[role=treeitem]");
  const actions: Readonly<Record<string, () => Element | null | undefined>> = {
    ArrowDown: () => visible[index + 1],
    ArrowUp: () => visible[index - 1],
    Home: () => visible[0],
    End: () => visible.at(-1),
    ArrowRight: () => (open === "false" ? toggle() : open === "true" ? visible[index + 1] : null),
    ArrowLeft: () => (open === "true" ? toggle() : parent),
    Enter: () => (open === null ? (current.click(), null) : toggle()),
    " ": () => (open === null ? (current.click(), null) : toggle()),
  };
  const action = actions[event.key];
  if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  focusItem(root, action());
}

function focusItem(root: HTMLElement, item: Element | null | undefined): void {
  if (!(item instanceof HTMLElement)) return;
  root.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  item.tabIndex = 0;
  item.focus();
}
