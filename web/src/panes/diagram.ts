import { html, nothing } from "lit";
import { drawDiagram, linkWords, type DrawEvents } from "../diagram/draw.js";
import { pngFile, svgFile } from "../diagram/export.js";
import { arrange, rearrange, type Bounds, type Point, type Positions } from "../diagram/layout.js";
import { diagramOf, type Diagram, type Link } from "../diagram/model.js";
import { fit, Gestures, zoom, type View } from "../diagram/viewport.js";
import type { Declarations } from "../schema/declarations.js";
import type { SchemaFacts } from "../schema/facts.js";
import { count } from "../view/dom.js";
import { saveFile } from "../view/download.js";
import { Pane } from "./pane.js";

const step = 16;
/** Pointers that move less than this press. */
const slack = 4;
const narrow = matchMedia("(width < 560px)");

const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -step, y: 0 },
  ArrowRight: { x: step, y: 0 },
  ArrowUp: { x: 0, y: -step },
  ArrowDown: { x: 0, y: step },
};

/** The tables of the schema as it is typed, with their keys and relations. */
export class DiagramPane extends Pane {
  readonly key = "schema";
  readonly label = "Schema";
  readonly #gestures = new Gestures();
  readonly #moved = new Set<string>();
  readonly #resized = new ResizeObserver(() => this.#fitIfAsked());
  readonly #events: DrawEvents = {
    chooseLink: (link) => this.#goToLink(link),
    grab: (key, event) => this.#down(event, key),
    key: (key, event) => this.#tableKey(key, event),
  };
  #declarations: Declarations | undefined;
  #diagram: Diagram = { boxes: [], links: [] };
  #positions: Positions = new Map();
  #view: View = { x: 0, y: 0, scale: 1 };
  #toFit = true;
  #stale = "";

  /** Draws a schema; tables that stay keep their places. */
  show(facts: SchemaFacts, declarations: Declarations): void {
    this.#declarations = declarations;
    this.#diagram = diagramOf(facts);
    const { positions, anew } = rearrange(
      this.#diagram,
      this.#positions,
      this.#moved,
      narrow.matches,
    );
    this.#positions = positions;
    for (const key of this.#moved) if (!positions.has(key)) this.#moved.delete(key);
    if (anew) this.#toFit = true;
    this.#stale = "";
    this.requestUpdate();
  }

  /** Forgets all that is drawn. */
  clear(): void {
    this.#diagram = { boxes: [], links: [] };
    this.#positions = new Map();
    this.#moved.clear();
    this.#stale = "Run once, and the tables of the schema are drawn here.";
    this.requestUpdate();
  }

  /** Keeps what is drawn, and says why it is not the schema of the editor. */
  outdate(reason: string): void {
    this.#stale = reason;
    this.requestUpdate();
  }

  override chosen(): void {
    this.requestUpdate();
  }

  override firstUpdated(): void {
    this.#resized.observe(this);
  }

  override updated(): void {
    this.#fitIfAsked();
  }

  override render(): unknown {
    const { boxes, links } = this.#diagram;
    if (boxes.length === 0) return this.#stale === "" ? empty : this.#notice();
    const { x, y, scale } = this.#view;
    const words = `${count(boxes.length, "table")}, ${count(links.length, "relation")}`;
    return html`<div class="diagram-tools">
        <span class="count">${words}</span>
        <button type="button" class="quiet" @click=${() => this.#arrange()}>Arrange</button>
        <button type="button" class="quiet" @click=${() => this.#fit()}>Fit</button>
        <button type="button" class="quiet" aria-label="Zoom out" @click=${() => this.#zoomBy(0.8)}>
          −
        </button>
        <button type="button" class="quiet" aria-label="Zoom in" @click=${() => this.#zoomBy(1.25)}>
          +
        </button>
        <button type="button" class="quiet" @click=${() => this.#saveSvg()}>Save SVG</button>
        <button type="button" class="quiet" @click=${() => void this.#savePng()}>Save PNG</button>
      </div>
      ${this.#notice()}
      <svg
        class="diagram"
        role="group"
        tabindex="0"
        aria-label=${`Diagram of the schema: ${words}. Arrows move what is seen, or the table that has the focus; Enter goes to its declaration.`}
        @pointerdown=${(event: PointerEvent) => this.#down(event)}
        @pointermove=${(event: PointerEvent) => this.#move(event)}
        @pointerup=${(event: PointerEvent) => this.#up(event)}
        @pointercancel=${(event: PointerEvent) => this.#up(event)}
        @wheel=${(event: WheelEvent) => this.#wheel(event)}
        @keydown=${(event: KeyboardEvent) => this.#viewKey(event)}
      >
        <g transform="translate(${x} ${y}) scale(${scale})">
          ${drawDiagram(this.#diagram, this.#positions, this.#events)}
        </g>
      </svg>
      ${this.#words()}`;
  }

  #notice(): unknown {
    return this.#stale === "" ? nothing : html`<p class="notice" role="status">${this.#stale}</p>`;
  }

  /** The same in words: what those hear who see no drawing. */
  #words(): unknown {
    const { boxes, links } = this.#diagram;
    return html`<details class="card diagram-words">
      <summary>In words</summary>
      <ol aria-label="Tables">
        ${boxes.map(
          ({ key, title, rows }) =>
            html`<li>
              <button type="button" class="place" @click=${() => this.#goToTable(key)}>
                ${title}
              </button>
              <ul>
                ${rows.map(({ words }) => html`<li>${words}</li>`)}
              </ul>
            </li>`,
        )}
      </ol>
      <ol aria-label="Relations">
        ${links.map(
          (link) =>
            html`<li>
              <button type="button" class="place" @click=${() => this.#goToLink(link)}>
                ${linkWords(link)}
              </button>
            </li>`,
        )}
      </ol>
    </details>`;
  }

  // ---- places of tables, and what is seen

  get #drawing(): SVGSVGElement | null {
    return this.querySelector("svg.diagram");
  }

  /** What is drawn takes, lines that go around included. */
  get #bounds(): Bounds {
    const drawn = this.querySelector<SVGGElement>("svg.diagram > g")?.getBBox();
    return drawn ?? { x: 0, y: 0, width: 0, height: 0 };
  }

  #arrange(): void {
    this.#moved.clear();
    this.#positions = arrange(this.#diagram, narrow.matches);
    this.#toFit = true;
    this.requestUpdate();
  }

  #fit(): void {
    this.#toFit = true;
    this.#fitIfAsked();
  }

  /** A drawing that is not seen has no size to fit: it waits until it has. */
  #fitIfAsked(): void {
    const { width = 0, height = 0 } = this.#drawing?.getBoundingClientRect() ?? {};
    if (!this.#toFit || width === 0) return;
    this.#toFit = false;
    this.#look(fit(this.#bounds, width, height));
  }

  #look(view: View): void {
    this.#view = view;
    this.requestUpdate();
  }

  #zoomBy(factor: number, at?: Point): void {
    const { width = 0, height = 0 } = this.#drawing?.getBoundingClientRect() ?? {};
    this.#look(zoom(this.#view, factor, at ?? { x: width / 2, y: height / 2 }));
  }

  #pan({ x, y }: Point): void {
    this.#look({ ...this.#view, x: this.#view.x + x, y: this.#view.y + y });
  }

  #moveTable(key: string, by: Point): void {
    const at = this.#positions.get(key);
    if (!at) return;
    this.#moved.add(key);
    this.#positions = new Map(this.#positions).set(key, { x: at.x + by.x, y: at.y + by.y });
    this.requestUpdate();
  }

  /** A point of the window in the drawing's element. */
  #inside({ x, y }: Point): Point {
    const { left = 0, top = 0 } = this.#drawing?.getBoundingClientRect() ?? {};
    return { x: x - left, y: y - top };
  }

  // ---- pointers and keys

  #down(event: PointerEvent, table?: string): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    this.#gestures.down(event, table);
    if (table !== undefined) this.#drawing?.setPointerCapture(event.pointerId);
  }

  #move(event: PointerEvent): void {
    const movement = this.#gestures.move(event);
    if (!movement) return;
    const { by, table, pinch } = movement;
    if (this.#gestures.distance > slack) this.#drawing?.setPointerCapture(event.pointerId);
    if (pinch) this.#zoomBy(pinch.factor, this.#inside(pinch.at));
    const { scale } = this.#view;
    if (table === undefined) this.#pan(by);
    else this.#moveTable(table, { x: by.x / scale, y: by.y / scale });
  }

  #up(event: PointerEvent): void {
    const released = this.#gestures.up(event);
    if (released !== undefined && this.#gestures.distance <= slack) this.#goToTable(released);
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = this.#inside({ x: event.clientX, y: event.clientY });
    this.#zoomBy(Math.exp(-event.deltaY / 300), at);
  }

  #tableKey(key: string, event: KeyboardEvent): void {
    const arrow = arrows[event.key];
    if (event.key === "Enter" || event.key === " ") this.#goToTable(key);
    else if (arrow) this.#moveTable(key, arrow);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #viewKey(event: KeyboardEvent): void {
    const arrow = arrows[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow) this.#pan({ x: -arrow.x * 2, y: -arrow.y * 2 });
    else if (event.key === "+" || event.key === "=") this.#zoomBy(1.25);
    else if (event.key === "-") this.#zoomBy(0.8);
    else if (event.key === "0") this.#fit();
    else return;
    event.preventDefault();
  }

  // ---- where it leads

  #goToTable(key: string): void {
    const place = this.#declarations?.placeOfTable(key);
    if (place) this.page.goTo(place);
  }

  /** To a relation that goes along a link, or to the table that holds its key. */
  #goToLink({ from, to }: Link): void {
    for (const { table, relations } of [from, to]) {
      for (const name of relations) {
        const place = this.#declarations?.placeOfRelation(table, name);
        if (place) return this.page.goTo(place);
      }
    }
    const place = from.column && this.#declarations?.placeOfColumn(from.table, from.column);
    if (place) this.page.goTo(place);
    else this.#goToTable(from.table);
  }

  #saveSvg(): void {
    const text = this.#svg();
    if (text) saveFile({ name: "schema.svg", bytes: new TextEncoder().encode(text) });
  }

  async #savePng(): Promise<void> {
    const text = this.#svg();
    if (!text) return;
    const blob = await pngFile(text);
    saveFile({ name: "schema.png", bytes: new Uint8Array(await blob.arrayBuffer()) });
  }

  #svg(): string | undefined {
    const drawing = this.#drawing;
    return drawing ? svgFile(drawing, this.#bounds) : undefined;
  }
}

const empty = html`<p class="notice">The schema declares no tables.</p>`;

customElements.define("virga-diagram", DiagramPane);
