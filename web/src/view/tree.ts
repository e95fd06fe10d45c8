import { html, LitElement, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { Shown } from "../protocol.js";
import { copyText } from "./dom.js";
import { ValueNode, visibleNodes, type ValueSource } from "./nodes.js";
import { fitsLine, leaf, plain } from "./shown.js";
import { rowHeight, Viewport } from "./viewport.js";

export interface TreeOptions {
  /** What the records of a list are called. */
  readonly noun?: string;
  /** How many nodes may be open at first. */
  readonly openNodes?: number;
  /** Where parts can be had that did not come with the value. */
  readonly source?: ValueSource;
  /** Is told which node the reader looks at. */
  readonly looked?: (node: ValueNode | undefined) => void;
  /** Whether a node is to be marked. */
  readonly marked?: (node: ValueNode) => boolean;
}

/** A collapsible tree of a value. */
export function tree(value: Shown, label: string, options: TreeOptions = {}): HTMLElement {
  return new ValueTree(new ValueNode(undefined, 0, ["", value]).children, label, options);
}

/**
 * A tree after the ARIA tree pattern: one tab stop, arrows to move, open and close. It holds only the rows
 * that can be seen; the first branches are open as far as a screen can take them.
 */
export class ValueTree extends LitElement {
  readonly #viewport = new Viewport(this);
  readonly #tops: readonly ValueNode[];
  readonly #options: TreeOptions;
  #nodes: readonly ValueNode[] = [];
  #active: ValueNode | undefined;
  #focusing = false;
  #copied: { readonly node: ValueNode; readonly text: string } | undefined;

  constructor(tops: readonly ValueNode[], label: string, options: TreeOptions = {}) {
    super();
    this.#tops = tops;
    this.#options = options;
    this.className = "tree";
    this.setAttribute("role", "tree");
    this.setAttribute("aria-label", label);
    this.style.setProperty("--row", `${rowHeight}px`);
    openFirst(tops, options.openNodes ?? 160);
    this.#lay();
    this.#active = this.#nodes[0];
    this.addEventListener("keydown", (event) => this.#onKey(event));
    this.addEventListener("pointerleave", () => this.#options.looked?.(undefined));
  }

  /** How many rows it has now. */
  get rows(): number {
    return this.#nodes.length;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    const { from, to } = this.#viewport.range(this.#nodes.length);
    const rows = this.#nodes.slice(from, to).map((node, index) => ({ node, row: from + index }));
    const active = this.#active ? this.#nodes.indexOf(this.#active) : -1;
    // What has the focus keeps it when it is scrolled away.
    if (active >= 0 && active < from) rows.unshift({ node: this.#nodes[active]!, row: active });
    if (active >= to) rows.push({ node: this.#nodes[active]!, row: active });
    this.#load(rows.map(({ node }) => node));
    const height = this.#nodes.length * rowHeight;
    return html`<div role="presentation" class="rows" style="height:${height}px">
      ${repeat(
        rows,
        ({ node }) => node,
        ({ node, row }) => this.#item(node, row),
      )}
    </div>`;
  }

  protected override updated(): void {
    if (!this.#focusing) return;
    this.#focusing = false;
    this.querySelector<HTMLElement>("[role=treeitem][tabindex='0']")?.focus({
      preventScroll: true,
    });
  }

  #item(node: ValueNode, row: number): unknown {
    const { value, key, open, size } = node;
    const level = node.level - (this.#tops[0]?.level ?? 1) + 1;
    const marked = this.#options.marked?.(node) ?? false;
    return html`<div
      role="treeitem"
      class=${marked ? "marked" : nothing}
      aria-level=${level}
      aria-setsize=${node.parent?.size ?? 1}
      aria-posinset=${node.index + 1}
      aria-expanded=${size > 0 ? String(open) : nothing}
      aria-keyshortcuts="c p"
      tabindex=${node === this.#active ? 0 : -1}
      style="top:${row * rowHeight}px;--level:${level - 1}"
      @click=${() => this.#click(node)}
      @focus=${() => this.#look(node)}
      @pointermove=${() => this.#look(node)}
    >
      <div class="row">
        <span class="key">${key}</span>${
          value
            ? guard([value], () => leaf(value, this.#options.noun))
            : html`<span class="value reference"
                >${this.#options.source && !node.parent?.lost ? "…" : "not here"}</span
              >`
        }
      </div>
      ${
        this.#copied?.node === node
          ? html`<span class="node-tools" role="status">${this.#copied.text}</span>`
          : html`<span class="node-tools"
              ><button
                type="button"
                tabindex="-1"
                title="Copy as JSON: c"
                @click=${(event: Event) => this.#copy(node, "JSON", event)}
              >
                JSON</button
              ><button
                type="button"
                tabindex="-1"
                title="Copy the path: p"
                @click=${(event: Event) => this.#copy(node, "path", event)}
              >
                path
              </button></span
            >`
      }
    </div>`;
  }

  #lay(): void {
    this.#nodes = visibleNodes(this.#tops);
    this.requestUpdate();
  }

  #look(node: ValueNode): void {
    this.#options.looked?.(node);
  }

  #load(nodes: readonly ValueNode[]): void {
    const { source } = this.#options;
    if (source === undefined) return;
    for (const node of nodes) {
      if (node.value === undefined)
        void node.parent?.load(node.index, source).then((came) => came && this.requestUpdate());
    }
  }

  #click(node: ValueNode): void {
    this.#toggle(node);
    this.#focus(node);
  }

  #toggle(node: ValueNode): void {
    if (node.size === 0) return;
    node.open = !node.open;
    this.#lay();
  }

  #focus(node: ValueNode | undefined): void {
    if (node === undefined) return;
    this.#active = node;
    this.#viewport.reveal(this.#nodes.indexOf(node));
    this.#focusing = true;
    this.requestUpdate();
  }

  #copy(node: ValueNode, what: "JSON" | "path", event?: Event): void {
    event?.stopPropagation();
    const { source } = this.#options;
    const path = node.path;
    const text =
      what === "path"
        ? node.accessor
        : (source?.text(path) ?? (node.value ? plain(node.value) : ""));
    const tell = (outcome: string): void => {
      this.#copied = { node, text: outcome };
      this.requestUpdate();
      setTimeout(() => {
        if (this.#copied?.node === node) this.#copied = undefined;
        this.requestUpdate();
      }, 1_200);
    };
    void copyText(text).then((done) => tell(done ? `${what} copied` : "Not copied"));
  }

  #onKey(event: KeyboardEvent): void {
    const node = this.#active;
    if (node === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLButtonElement) return;
    const row = this.#nodes.indexOf(node);
    const parent = this.#tops.includes(node) ? undefined : node.parent;
    const page = Math.max(1, Math.floor(this.clientHeight / rowHeight) - 1);
    const last = this.#nodes.length - 1;
    const to = (target: number) => () => this.#focus(this.#nodes[target]);
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: to(row + 1),
      ArrowUp: to(row - 1),
      PageDown: to(Math.min(last, row + page)),
      PageUp: to(Math.max(0, row - page)),
      Home: to(0),
      End: to(last),
      ArrowRight: () =>
        node.open || node.size === 0 ? to(row + (node.open ? 1 : 0))() : this.#toggle(node),
      ArrowLeft: () => (node.open ? this.#toggle(node) : this.#focus(parent)),
      Enter: () => this.#toggle(node),
      " ": () => this.#toggle(node),
      c: () => this.#copy(node, "JSON"),
      p: () => this.#copy(node, "path"),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }
}

/** Opens the first branches, as long as their parts fit the budget. */
function openFirst(tops: readonly ValueNode[], budget: number): void {
  let left = budget;
  const visit = (node: ValueNode): void => {
    left -= 1;
    const { value, size } = node;
    if (value === undefined || size === 0 || left < size || node.level >= 8) return;
    if (fitsLine(value)) return;
    node.open = true;
    node.children.forEach(visit);
  };
  tops.slice(0, budget).forEach(visit);
}

customElements.define("virga-tree", ValueTree);
