import dagre from "@dagrejs/dagre";
import type { Box, Diagram } from "./model.js";

/** The upper left corner of a table. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Positions = ReadonlyMap<string, Point>;

/** Room between tables: two names of relations stand in the wider one. */
const gap = 36;
const perLetter = 6.3;

/** The room for a drawing on a phone. */
const phone = { width: 310, height: 440 };

/**
 * Places all tables: those that are referred to on the left, those without links in rows below.
 *
 * @param narrow for a phone: all in one column, if they are larger so
 */
export function arrange(diagram: Diagram, narrow = false): Map<string, Point> {
  const ranks = inRanks(diagram);
  if (!narrow) return ranks;
  const column = inColumn(diagram.boxes, ranks);
  const scale = (positions: Positions): number => {
    const { width, height } = boundsOf(diagram.boxes, positions);
    return Math.min(phone.width / width, phone.height / height);
  };
  return scale(column) > scale(ranks) ? column : ranks;
}

/** One below the other, from the left to the right of their ranks; lines run beside the edge they share. */
function inColumn(boxes: readonly Box[], ranks: Positions): Map<string, Point> {
  const middle = ({ key, width }: Box): number => (ranks.get(key)?.x ?? 0) + width / 2;
  const top = ({ key }: Box): number => ranks.get(key)?.y ?? 0;
  const sorted = boxes.toSorted((a, b) => middle(a) - middle(b) || top(a) - top(b));
  let y = 0;
  const positions = new Map<string, Point>();
  for (const { key, width, height } of sorted) {
    positions.set(key, { x: -width, y });
    y += height + gap;
  }
  return positions;
}

function inRanks({ boxes, links }: Diagram): Map<string, Point> {
  const linked = new Set(links.flatMap(({ from, to }) => [from.table, to.table]));
  const widest = Math.max(0, ...links.map(({ from, to }) => labelWidth(from) + labelWidth(to)));
  // Nodes are named by numbers: names of tables may be those of members that every object has.
  const names = new Map(boxes.map(({ key }, index) => [key, String(index)]));
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: gap, ranksep: Math.min(70 + widest, 240) });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { key, width, height } of boxes)
    if (linked.has(key)) graph.setNode(names.get(key) ?? "", { width, height });
  // A line through a junction goes beside: its tables stand above each other.
  for (const [index, { from, to, kind }] of links.entries()) {
    const ends = [names.get(to.table), names.get(from.table)] as const;
    if (kind === "through" || ends[0] === ends[1] || ends.includes(undefined)) continue;
    graph.setEdge(ends[0] ?? "", ends[1] ?? "", {}, String(index));
  }
  dagre.layout(graph);
  const positions = new Map<string, Point>();
  for (const box of boxes) {
    if (!linked.has(box.key)) continue;
    const { x = 0, y = 0 } = graph.node(names.get(box.key) ?? "");
    positions.set(box.key, { x: x - box.width / 2, y: y - box.height / 2 });
  }
  const alone = boxes.filter(({ key }) => !linked.has(key));
  placeInRows(alone, positions, boundsOf(boxes, positions));
  return positions;
}

const labelWidth = ({ relations }: { readonly relations: readonly string[] }): number =>
  Math.max(0, ...relations.map((name) => Math.min(name.length, 18) * perLetter));

function placeInRows(alone: readonly Box[], positions: Map<string, Point>, drawn: Bounds): void {
  const area = alone.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const limit = Math.max(drawn.width, Math.sqrt(area) * 1.3);
  let x = drawn.x;
  let y = positions.size > 0 ? drawn.y + drawn.height + gap * 1.5 : 0;
  let rowHeight = 0;
  for (const { key, width, height } of alone) {
    if (x > drawn.x && x + width > drawn.x + limit) {
      x = drawn.x;
      y += rowHeight + gap;
      rowHeight = 0;
    }
    positions.set(key, { x, y });
    x += width + gap;
    rowHeight = Math.max(rowHeight, height);
  }
}

/**
 * Places what is new and leaves what stays where it is, unless most is new: then all is placed anew.
 *
 * @param moved tables that were put somewhere by hand
 * @param narrow whether it is for a phone
 */
export function rearrange(
  diagram: Diagram,
  before: Positions,
  moved: ReadonlySet<string>,
  narrow = false,
): { readonly positions: Map<string, Point>; readonly anew: boolean } {
  const fresh = arrange(diagram, narrow);
  const staying = diagram.boxes.filter(({ key }) => before.has(key));
  const byHand = staying.some(({ key }) => moved.has(key));
  if (!byHand && staying.length * 2 <= diagram.boxes.length)
    return { positions: fresh, anew: true };
  const positions = new Map<string, Point>();
  for (const { key } of staying) positions.set(key, before.get(key) ?? { x: 0, y: 0 });
  const placed = [...staying];
  for (const box of diagram.boxes) {
    if (positions.has(box.key)) continue;
    let at = fresh.get(box.key) ?? { x: 0, y: 0 };
    for (let other = overlapping(box, at, placed, positions); other !== undefined;) {
      at = { x: at.x, y: (positions.get(other.key)?.y ?? 0) + other.height + gap };
      other = overlapping(box, at, placed, positions);
    }
    positions.set(box.key, at);
    placed.push(box);
  }
  return { positions, anew: false };
}

function overlapping(
  box: Box,
  at: Point,
  placed: readonly Box[],
  positions: Positions,
): Box | undefined {
  return placed.find((other) => {
    const { x, y } = positions.get(other.key) ?? at;
    const across = at.x < x + other.width + gap / 2 && x < at.x + box.width + gap / 2;
    return across && at.y < y + other.height + gap / 2 && y < at.y + box.height + gap / 2;
  });
}

/** A stretch of the drawing. */
export interface Bounds extends Point {
  readonly width: number;
  readonly height: number;
}

/** What all tables together take. */
function boundsOf(boxes: readonly Box[], positions: Positions): Bounds {
  const placed = boxes.flatMap((box) => {
    const at = positions.get(box.key);
    return at ? [{ ...box, ...at }] : [];
  });
  if (placed.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...placed.map((box) => box.x));
  const y = Math.min(...placed.map((box) => box.y));
  const right = Math.max(...placed.map((box) => box.x + box.width));
  const bottom = Math.max(...placed.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
