import { html, LitElement, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { Shown } from "../protocol.js";
import type { ValueNode } from "./nodes.js";
import { leaf, width } from "./shown.js";
import { ValueTree, type TreeOptions } from "./tree.js";
import { rowHeight, Viewport } from "./viewport.js";

const widest = 38;
const narrowest = 5;
const measured = 100;
const tallest = 12;

/** A cell that is open below its row, over some rows' height. */
interface Detail {
  readonly row: ValueNode;
  readonly column: string;
  readonly height: number;
  readonly tree: ValueTree;
}

/** What stands at one row's height: a row, what is open below it, or the rest of the latter. */
type Line = ValueNode | Detail | undefined;

/**
 * Rows as a table, one line each; cells that do not fit theirs open below it. It holds only the lines that
 * can be seen.
 */
export class ValueTable extends LitElement {
  readonly #viewport = new Viewport(this);
  readonly #rows: readonly ValueNode[];
  readonly #columns: readonly string[];
  readonly #options: TreeOptions;
  readonly #widths: readonly number[];
  readonly #details = new Map<ValueNode, Detail>();
  #lines: readonly Line[];

  constructor(rows: readonly ValueNode[], columns: readonly string[], options: TreeOptions) {
    super();
    this.#rows = rows;
    this.#columns = columns;
    this.#options = options;
    this.#widths = columns.map((column) => widthOf(column, rows));
    this.#lines = rows;
    this.className = "table";
    this.tabIndex = 0;
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", "Result as a table");
    this.style.setProperty("--row", `${rowHeight}px`);
    this.addEventListener("pointerleave", () => options.looked?.(undefined));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    let { from, to } = this.#viewport.range(this.#lines.length);
    while (from > 0 && this.#lines[from] === undefined) from -= 1;
    while (to < this.#lines.length && this.#lines[to] === undefined) to += 1;
    const lines = this.#lines.slice(from, to).filter((line) => line !== undefined);
    const digits = String(this.#rows.length).length + 2;
    const total = this.#widths.reduce((sum, each) => sum + each, digits);
    return html`<table
      aria-rowcount=${this.#rows.length + 1}
      aria-colcount=${this.#columns.length + 1}
      style="width:${total}ch"
    >
      <colgroup>
        <col style="width:${digits}ch" />
        ${this.#widths.map((each) => html`<col style="width:${each}ch" />`)}
      </colgroup>
      <thead>
        <tr aria-rowindex="1">
          <th scope="col"><span class="unseen">Row</span></th>
          ${this.#columns.map((name) => html`<th scope="col" title=${name}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${space(from)}
        ${repeat(
          lines,
          (line) => line,
          (line) => ("tree" in line ? this.#detail(line) : this.#row(line)),
        )}
        ${space(this.#lines.length - to)}
      </tbody>
    </table>`;
  }

  #row(row: ValueNode): unknown {
    const { source, looked, marked } = this.#options;
    if (row.value === undefined && source)
      void row.parent?.load(row.index, source).then((came) => came && this.requestUpdate());
    return html`<tr
      aria-rowindex=${row.index + 2}
      class=${marked?.(row) ? "marked" : nothing}
      @pointermove=${() => looked?.(row)}
    >
      <th scope="row">${row.index}</th>
      ${this.#columns.map((column, at) => this.#cell(row, column, at))}
    </tr>`;
  }

  #cell(row: ValueNode, column: string, at: number): unknown {
    const value = fieldOf(row, column);
    if (value === undefined)
      return html`<td>
        ${row.value ? nothing : html`<span class="value reference">${row.parent?.lost ? "not here" : "…"}</span>`}
      </td>`;
    const shown = guard([value], () => leaf(value));
    const fits = isAtom(value) && width(value) < (this.#widths[at] ?? 0) - 1;
    if (fits) return html`<td class=${isNumber(value) ? "right" : nothing}>${shown}</td>`;
    const open = this.#details.get(row)?.column === column;
    const node = row.children.find(({ key }) => key === column);
    return html`<td
      class=${node && this.#options.marked?.(node) ? "marked" : nothing}
      @pointermove=${(event: Event) => {
        event.stopPropagation();
        if (node) this.#options.looked?.(node);
      }}
    >
      <button
        type="button"
        class="cell"
        aria-expanded=${String(open)}
        @focus=${() => node && this.#options.looked?.(node)}
        @click=${() => this.#toggle(row, column)}
      >
        ${shown}
      </button>
    </td>`;
  }

  #detail({ column, tree, height }: Detail): unknown {
    return html`<tr class="detail" style="height:${height * rowHeight}px">
      <td colspan=${this.#columns.length + 1} aria-label=${column}>${tree}</td>
    </tr>`;
  }

  #toggle(row: ValueNode, column: string): void {
    const open = this.#details.get(row);
    this.#details.delete(row);
    const node = row.children.find(({ key }) => key === column);
    if (open?.column !== column && node) {
      const tops = node.size > 0 ? node.children : [node];
      const tree = new ValueTree(tops, column, this.#options);
      const height = Math.min(tallest, tree.rows + 1);
      this.#details.set(row, { row, column, height, tree });
    }
    this.#lines = this.#rows.flatMap((each): Line[] => {
      const detail = this.#details.get(each);
      return detail ? [each, detail, ...Array<undefined>(detail.height - 1)] : [each];
    });
    this.requestUpdate();
  }
}

function fieldOf(row: ValueNode, column: string): Shown | undefined {
  if (row.value?.kind !== "record") return undefined;
  return row.value.fields.find(([name]) => name === column)?.[1];
}

function widthOf(column: string, rows: readonly ValueNode[]): number {
  let most = column.length;
  for (const row of rows.slice(0, measured)) {
    const value = fieldOf(row, column);
    if (value) most = Math.max(most, width(value));
  }
  return Math.min(widest, Math.max(narrowest, most)) + 3;
}

const isAtom = (value: Shown): boolean => value.kind === "atom";
const isNumber = (value: Shown): boolean =>
  value.kind === "atom" && (value.type === "number" || value.type === "bigint");

/** The lines that are not rendered, as one high row. */
function space(lines: number): unknown {
  if (lines === 0) return nothing;
  return html`<tr aria-hidden="true" class="space">
    <td style="height:${lines * rowHeight}px"></td>
  </tr>`;
}

customElements.define("virga-table", ValueTable);
