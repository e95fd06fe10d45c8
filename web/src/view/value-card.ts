import { html, LitElement, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Origin, Page } from "../panes/pane.js";
import type { QueryReport, ValueOutput } from "../protocol.js";
import { choice, recallChoice, rememberChoice } from "./choice.js";
import { copyButton, count, duration } from "./dom.js";
import { JsonLines, type LineSource } from "./json-lines.js";
import { ValueNode, type ValueSource } from "./nodes.js";
import { Origins } from "./origins.js";
import { placeLink } from "./problem.js";
import { leaf, size } from "./shown.js";
import { sqlText } from "./sql-text.js";
import { ValueTable } from "./table.js";
import { ValueTree, type TreeOptions } from "./tree.js";

type View = "tree" | "table" | "json";
const views = { tree: "Tree", table: "Table", json: "JSON" } as const;

/** One value of a run: as a tree, a table or JSON, with the statements that it came from. */
export class ValueCard extends LitElement {
  readonly #output: ValueOutput;
  readonly #page: Page;
  readonly #queries: readonly QueryReport[];
  readonly #root: ValueNode;
  readonly #origins: Origins | undefined;
  readonly #bodies = new Map<View, LitElement>();
  readonly #choice;
  readonly #copy;
  #view: View;
  #asked = false;
  #open = false;
  #looked: ValueNode | undefined;
  #pointed: Origin | undefined;
  /** Whether it is this card that points. */
  #pointing = false;
  #marks = false;

  /** @param queries those of the run; the output says which are its own */
  constructor(output: ValueOutput, queries: readonly QueryReport[], page: Page) {
    super();
    this.#output = output;
    this.#page = page;
    this.#queries = queries.filter(({ id }) => output.queries.includes(id) || id === output.origin);
    this.#root = new ValueNode(undefined, 0, ["", output.value]);
    this.#origins = output.origin === undefined ? undefined : new Origins(output.origin);
    const remembered = recallChoice("view", ["tree", "table", "json"], "tree");
    this.#view = remembered === "table" && output.columns === undefined ? "tree" : remembered;
    const { tree, table, json } = views;
    this.#choice = choice<View>({
      label: "Shown as",
      options: output.columns ? { tree, table, json } : { tree, json },
      choose: (view) => {
        this.#view = view;
        rememberChoice("view", view);
        this.requestUpdate();
      },
    });
    this.#copy = copyButton("Copy this value as JSON", () =>
      page.inquire("text", { value: output.id, path: [] }),
    );
  }

  /** A statement is pointed at: what came from it is marked. */
  pointed(origin: Origin | undefined): void {
    const own = origin?.query === this.#output.origin ? origin : undefined;
    if (own === undefined && this.#pointed === undefined) return;
    this.#pointed = own;
    this.#marks = own !== undefined && !this.#pointing;
    if (own) void this.#askRelations();
    if (this.#marks) this.scrollIntoView({ block: "nearest" });
    this.#renderAll();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    const { place, value, columns } = this.#output;
    const rows = size(value);
    const single = this.#root.size === 0;
    const cut = columns && columns.length >= 200;
    return html`<article class="card value-card">
      <header>
        ${
          place === undefined
            ? html`<span class="place">default export</span>`
            : placeLink(place, this.#page.goTo)
        }
        <span class="count">${rows ?? nothing}</span>
        ${this.#queryButton()} ${single ? nothing : this.#choice(this.#view)} ${this.#copy}
      </header>
      <div class="halves">
        ${single ? html`<p class="single">${leaf(value)}</p>` : this.#body()} ${this.#statements()}
      </div>
      ${this.#view === "json" && !single ? html`<p class="foot">${legend}</p>` : nothing}
      ${
        this.#view === "table" && cut
          ? html`<p class="foot">The first 200 columns; the tree has all.</p>`
          : nothing
      }
      ${this.#view !== "json" && !single ? this.#foot() : nothing}
    </article>`;
  }

  #queryButton(): unknown {
    if (this.#queries.length === 0) return nothing;
    const time = this.#queries.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    return html`<button
      type="button"
      class="quiet"
      aria-expanded=${String(this.#open)}
      title="Show the SQL beside"
      @click=${() => {
        this.#open = !this.#open;
        this.requestUpdate();
      }}
    >
      ${count(this.#queries.length, "query", "queries")} · ${duration(time)}
    </button>`;
  }

  #body(): LitElement {
    const body = this.#bodies.get(this.#view) ?? this.#makeBody();
    this.#bodies.set(this.#view, body);
    return body;
  }

  #makeBody(): LitElement {
    const { id: value, columns = [] } = this.#output;
    const source: ValueSource = {
      entries: (path, from, to) => this.#page.inquire("entries", { value, path, from, to }),
      text: (path) => this.#page.inquire("text", { value, path }),
    };
    const options: TreeOptions = {
      source,
      looked: (node) => this.#look(node),
      marked: (node) => this.#isMarked(node),
    };
    const list = this.#root.value?.kind === "list";
    if (this.#view === "tree") return new ValueTree(this.#root.children, "Result", options);
    if (this.#view === "table")
      return new ValueTable(list ? this.#root.children : [this.#root], columns, options);
    const lines: LineSource = (from, to) => this.#page.inquire("lines", { value, from, to });
    return new JsonLines(lines, "This run was stopped; its values went with it.");
  }

  #statements(): unknown {
    if (!this.#open) return nothing;
    return html`<div class="statements">
      ${this.#queries.flatMap(({ id: query, sql }) =>
        sql.map((text, statement) => {
          const pointed = this.#pointed?.query === query && this.#pointed.statement === statement;
          return html`<pre
            tabindex="0"
            aria-label=${`Query ${query + 1}, statement ${statement + 1}`}
            class=${pointed ? "pointed" : nothing}
            @pointermove=${() => !pointed && this.#page.point({ query, statement })}
            @pointerleave=${() => this.#page.point()}
            @focus=${() => this.#page.point({ query, statement })}
            @blur=${() => this.#page.point()}
          >
${guard([text], () => sqlText(text))}</pre>`;
        }),
      )}
    </div>`;
  }

  /** Where what the reader looks at comes from. */
  #foot(): unknown {
    const origin = this.#queries.find(({ id }) => id === this.#output.origin);
    const origins = this.#origins;
    const keys = this.#view === "tree" ? html`<span class="keys">${hint}</span>` : nothing;
    if (origin === undefined || origins === undefined)
      return this.#view === "tree" ? html`<p class="foot">${keys}</p>` : nothing;
    const relation = origins.relationOf(this.#looked ?? this.#root);
    return html`<p class="foot">
      <span class="origin">${origins.describe(relation, origin.sql.length)}</span>${keys}
    </p>`;
  }

  #look(node: ValueNode | undefined): void {
    if (node === this.#looked) return;
    this.#looked = node;
    if (this.#origins === undefined) return;
    if (node && node.trail.some((each) => each.size > 0 && !this.#isRow(each)))
      void this.#askRelations();
    this.#point();
    this.requestUpdate();
  }

  #isRow(node: ValueNode): boolean {
    return node.parent === this.#root && this.#root.value?.kind === "list";
  }

  /** Points at the statement of what the reader looks at, which itself needs no mark. */
  #point(): void {
    this.#pointing = true;
    this.#page.point(this.#looked && this.#origins?.originOf(this.#looked));
    this.#pointing = false;
  }

  #isMarked(node: ValueNode): boolean {
    if (!this.#marks) return false;
    return this.#origins?.originOf(node).statement === this.#pointed?.statement;
  }

  /** The plan of the query is asked for when something nested is looked at. */
  async #askRelations(): Promise<void> {
    const query = this.#output.origin;
    if (this.#asked || query === undefined) return;
    this.#asked = true;
    const relations = await this.#page.inquire("relations", { query });
    if (relations === undefined || this.#origins === undefined) return;
    this.#origins.relations = relations;
    if (this.#looked && !this.#marks) this.#point();
    this.#renderAll();
  }

  #renderAll(): void {
    this.requestUpdate();
    this.#bodies.get(this.#view)?.requestUpdate();
  }
}

const legend =
  "Dates are ISO strings, big integers strings of digits, bytes strings like x'01ff'; undefined is left out.";
const hint = html`<kbd>c</kbd> copies JSON <kbd>p</kbd> copies the path`;

customElements.define("virga-value", ValueCard);
