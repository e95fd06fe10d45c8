import { nothing, svg, type TemplateResult } from "lit";
import type { Point, Positions } from "./layout.js";
import { outOf, round, route, type Joint } from "./route.js";
import {
  label,
  letter,
  rowHeight,
  titleHeight,
  type Box,
  type Cardinality,
  type Diagram,
  type End,
  type Link,
  type Row,
} from "./model.js";

/** What can be done with what is drawn. */
export interface DrawEvents {
  chooseLink(link: Link): void;
  grab(key: string, event: PointerEvent): void;
  key(key: string, event: KeyboardEvent): void;
}

/** The tables of a diagram at their places, with the lines between them below. */
export function drawDiagram(
  diagram: Diagram,
  positions: Positions,
  events: DrawEvents,
): TemplateResult {
  const placed = diagram.boxes.flatMap((box): Placed[] => {
    const at = positions.get(box.key);
    return at ? [{ ...box, ...at }] : [];
  });
  const taken = new Map<string, number>();
  const links = diagram.links.map((link) => drawLink(link, placed, events, taken));
  const boxes = placed.map((box) => drawBox(box, events));
  return svg`<g class="links">${links}</g><g class="boxes">${boxes}</g>`;
}

/** A table at its place. */
type Placed = Box & Point;

function drawBox(box: Placed, events: DrawEvents): unknown {
  const { key, title, kind, rows, width, height, x, y } = box;
  return svg`<g class="box ${kind}" transform="translate(${round(x)} ${round(y)})"
    tabindex="0" role="button" aria-keyshortcuts="ArrowUp ArrowRight ArrowDown ArrowLeft"
    data-table=${key}
    @pointerdown=${(event: PointerEvent) => events.grab(key, event)}
    @keydown=${(event: KeyboardEvent) => events.key(key, event)}>
    <rect class="frame" width=${width} height=${height} rx="9"></rect>
    <path class="head" d=${`M0 ${titleHeight}V9a9 9 0 0 1 9-9H${width - 9}a9 9 0 0 1 9 9V${titleHeight}Z`}></path>
    <path class="rule" d=${`M0 ${titleHeight}H${width}`}></path>
    <text class="title" x="12" y="21">${title}</text>
    ${kind === "view" ? svg`<text class="type" x=${width - 12} y="21" text-anchor="end">view</text>` : nothing}
    ${rows.map((row, index) => drawRow(row, index, width))}
  </g>`;
}

function drawRow(row: Row, index: number, width: number): unknown {
  const middle = titleHeight + 3 + index * rowHeight + rowHeight / 2;
  const base = middle + 4;
  return svg`<g class="row">
    <title>${row.words}</title>
    <rect class="hit" x="1" y=${middle - rowHeight / 2} width=${width - 2} height=${rowHeight}></rect>
    ${row.primary ? keyMark(middle) : nothing}
    ${row.foreign ? svg`<path class="foreign" d=${`M${row.primary ? 24 : 13} ${middle - 4}l4 4l-4 4`}></path>` : nothing}
    <text class=${row.primary ? "name primary" : "name"} x="36" y=${base}>${row.name}</text>
    <text class="type" x=${width - 12} y=${base} text-anchor="end">${row.type}${row.optional ? "?" : ""}</text>
    ${row.unique ? svg`<text class="unique" x=${36 + [...row.name].length * letter + 5} y=${base}>u</text>` : nothing}
  </g>`;
}

/** A small key: a ring, a shaft and its bit. */
const keyMark = (y: number): TemplateResult =>
  svg`<path class="primary" d=${`M16 ${y}a2.6 2.6 0 1 0-5.2 0a2.6 2.6 0 1 0 5.2 0h6v3m-2.6-3v2`}></path>`;

function drawLink(
  link: Link,
  placed: readonly Placed[],
  events: DrawEvents,
  taken: Map<string, number>,
): unknown {
  const [a, b] = jointsOf(link, placed);
  if (!a || !b) return nothing;
  const others = placed.filter(({ key }) => key !== link.from.table && key !== link.to.table);
  const path = route(a, b, others);
  return svg`<g class="link ${link.kind}" data-link=${`${link.from.table}-${link.to.table}`}
    @click=${() => events.chooseLink(link)}>
    <title>${linkWords(link)}</title>
    <path class="hit" d=${path}></path>
    <path class="line" d=${path}></path>
    ${drawEnd(a, link.from)}${drawEnd(b, link.to)}
    ${drawNames(a, link.from, b.y < a.y, taken)}${drawNames(b, link.to, a.y < b.y, taken)}
  </g>`;
}

/** What a link says, in words. */
export function linkWords({ from, to, kind, through }: Link): string {
  const side = ({ table, column, relations }: End): string =>
    `${label(table)}${column === undefined ? "" : `.${label(column)}`}${relations.length > 0 ? ` (${relations.map((name) => label(name)).join(", ")})` : ""}`;
  const how = {
    key: "",
    relation: ", without a foreign key",
    through: `, through ${label(through ?? "")}`,
  };
  return `${side(from)} to ${side(to)}: ${toOne(from)} to ${toOne(to)}${how[kind]}`;
}

const toOne = ({ many }: Cardinality): string => (many ? "many" : "one");

function jointsOf({ from, to, kind }: Link, placed: readonly Placed[]): [Joint?, Joint?] {
  const [a, b] = [from, to].map(({ table }) => placed.find(({ key }) => key === table));
  if (!a || !b) return [];
  // Tables that stand above each other are joined on one side: what goes through a junction on the left.
  const apart = 60;
  const above: 1 | -1 = kind === "through" ? -1 : 1;
  const sides: readonly [1 | -1, 1 | -1] =
    a.x > b.x + b.width + apart ? [-1, 1] : b.x > a.x + a.width + apart ? [1, -1] : [above, above];
  const joint = (box: typeof a, end: End, side: 1 | -1): Joint => {
    const row = Math.max(
      0,
      box.rows.findIndex(({ key }) => key === end.column),
    );
    const y = box.y + titleHeight + 3 + row * rowHeight + rowHeight / 2;
    return { x: side === 1 ? box.x + box.width : box.x, y, side };
  };
  return [joint(a, from, sides[0]), joint(b, to, sides[1])];
}

/** The crow's foot of many, the bar of one, the ring of none. */
function drawEnd(joint: Joint, { many, optional }: Cardinality): unknown {
  const { x, y, side } = joint;
  const at = (out: number, dy = 0): string => outOf(joint, out, dy);
  const bar = (out: number): string => `M${at(out, -5)}L${at(out, 5)}`;
  const foot = `M${at(0, -6)}L${at(11)}L${at(0, 6)}M${at(0)}L${at(16)}`;
  const d = many
    ? foot + (optional ? "" : bar(14))
    : `M${at(0)}L${at(16)}${bar(7)}${optional ? "" : bar(11)}`;
  const ring = many ? 15 : 13;
  return svg`<path class="end" d=${d}></path>
    ${optional ? svg`<circle class="ring" cx=${round(x + side * ring)} cy=${round(y)} r="3.5"></circle>` : nothing}`;
}

/**
 * The relations of a table stand where their line leaves it, on the side that it does not turn to.
 *
 * @param taken how many names stand at a joint already
 */
function drawNames(
  { x, y, side }: Joint,
  { relations }: End,
  below: boolean,
  taken: Map<string, number>,
): unknown {
  return relations.map((name) => {
    const joint = [x, y, side, below].join();
    const index = taken.get(joint) ?? 0;
    taken.set(joint, index + 1);
    const base = below ? y + 13 + index * 12 : y - 6 - index * 12;
    return svg`<text class="relation" x=${round(x + side * 23)} y=${round(base)}
      text-anchor=${side === 1 ? "start" : "end"}>${label(name, 18)}</text>`;
  });
}
