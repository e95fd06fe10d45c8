import { html, LitElement, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { rowHeight, Viewport } from "./viewport.js";

/** Gives lines of a JSON text, and how many there are. */
export type LineSource = (
  from: number,
  to: number,
) => Promise<{ readonly lines: readonly string[]; readonly total: number } | undefined>;

const chunk = 400;
const token =
  /(?<key>"(?:[^"\\]|\\.)*"(?=: ))|(?<string>"(?:[^"\\]|\\.)*"?)|(?<number>-?\b\d[\d.eE+-]*)|(?<null>null|true|false)|(?<other>[^"\dntf-]+|.)/gs;

/** A long JSON text, of which it holds only the lines that can be seen. */
export class JsonLines extends LitElement {
  readonly #viewport = new Viewport(this);
  readonly #lines = new Map<number, string>();
  readonly #asked = new Set<number>();
  #total = 0;

  constructor(
    private readonly source: LineSource,
    private readonly gone: string,
  ) {
    super();
    this.className = "json";
    this.tabIndex = 0;
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", "JSON");
    this.style.setProperty("--row", `${rowHeight}px`);
    void this.#load(0);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    if (this.#total < 0) return html`<p class="notice">${this.gone}</p>`;
    const { from, to } = this.#viewport.range(this.#total);
    for (let line = from; line < to; line += chunk) void this.#load(line);
    if (to > from) void this.#load(to - 1);
    const rows = Array.from({ length: to - from }, (_, index) => from + index);
    return html`<div class="rows" style="height:${this.#total * rowHeight}px">
      ${repeat(
        rows,
        (row) => row,
        (row) =>
          html`<code style="top:${row * rowHeight}px">${coloured(this.#lines.get(row))}</code>`,
      )}
    </div>`;
  }

  async #load(line: number): Promise<void> {
    const from = line - (line % chunk);
    if (this.#asked.has(from)) return;
    this.#asked.add(from);
    const answer = await this.source(from, from + chunk);
    if (answer === undefined && this.#lines.size === 0) this.#total = -1;
    else if (answer !== undefined) this.#total = answer.total;
    for (const [index, text] of (answer?.lines ?? []).entries())
      this.#lines.set(from + index, text);
    this.requestUpdate();
  }
}

function coloured(line: string | undefined): unknown {
  if (line === undefined) return nothing;
  return [...line.matchAll(token)].map(({ 0: text, groups = {} }) => {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    return kind === "other" ? text : html`<span class="value ${kind ?? ""}">${text}</span>`;
  });
}

customElements.define("virga-json", JsonLines);
