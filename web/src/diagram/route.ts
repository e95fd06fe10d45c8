import type { Bounds, Point } from "./layout.js";

/** Where a line arrives at a table, and to which side it leaves it: 1 is right. */
export interface Joint extends Point {
  readonly side: 1 | -1;
}

/** How far out of a joint its marks reach. */
const marks = 16;
/** How far lines stay away from tables that they go around. */
const clearance = 14;
const samples = 24;

/** A point on the way out of a joint, as SVG writes it. */
export const outOf = ({ x, y, side }: Joint, out: number, dy = 0): string =>
  `${round(x + side * out)} ${round(y + dy)}`;

export const round = (value: number): number => Math.round(value * 10) / 10;

/** The line from one joint to another, around the tables that stand between them. */
export function route(a: Joint, b: Joint, tables: readonly Bounds[]): string {
  const bend = Math.max(46, Math.min(150, Math.abs(a.x - b.x) / 2));
  const start = `M${outOf(a, marks - 2)}L${outOf(a, marks)}`;
  const end = `${outOf(b, marks)}L${outOf(b, marks - 2)}`;
  const direct = `${start}C${outOf(a, marks + bend)} ${outOf(b, marks + bend)} ${end}`;
  if (a.side === b.side) return direct;
  const between = tables.filter((table) => crosses(a, b, bend, table));
  if (between.length === 0) return direct;
  const left = Math.min(...between.map(({ x }) => x)) - clearance;
  const right = Math.max(...between.map(({ x, width }) => x + width)) + clearance;
  const over = Math.min(...between.map(({ y }) => y)) - clearance;
  const under = Math.max(...between.map(({ y, height }) => y + height)) + clearance;
  const middle = (a.y + b.y) / 2;
  const y = round(middle - over < under - middle ? over : under);
  const [near, far] = a.side === 1 ? [left, right] : [right, left];
  const ease = (from: number, to: number): number => round((from + to) / 2);
  const [fromX, toX] = [a.x + a.side * marks, b.x + b.side * marks];
  return [
    `${start}C${ease(fromX, near)} ${round(a.y)} ${ease(fromX, near)} ${y} ${round(near)} ${y}`,
    `L${round(far)} ${y}`,
    `C${ease(far, toX)} ${y} ${ease(far, toX)} ${round(b.y)} ${end}`,
  ].join("");
}

/** Whether the direct line goes through a table. */
function crosses(a: Joint, b: Joint, bend: number, { x, y, width, height }: Bounds): boolean {
  const from = a.x + a.side * marks;
  const to = b.x + b.side * marks;
  const xs = [from, from + a.side * bend, to + b.side * bend, to] as const;
  const ys = [a.y, a.y, b.y, b.y] as const;
  for (let step = 1; step < samples; step += 1) {
    const px = bezier(xs, step / samples);
    const py = bezier(ys, step / samples);
    if (px > x - 4 && px < x + width + 4 && py > y - 4 && py < y + height + 4) return true;
  }
  return false;
}

function bezier([p, q, r, s]: readonly [number, number, number, number], t: number): number {
  const u = 1 - t;
  return u ** 3 * p + 3 * u * u * t * q + 3 * u * t * t * r + t ** 3 * s;
}
