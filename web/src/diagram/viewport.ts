import type { Bounds, Point } from "./layout.js";

/** What of a drawing is seen: its origin is drawn at `x`, `y`, at `scale`. */
export interface View extends Point {
  readonly scale: number;
}

const smallest = 0.1;
const greatest = 3;
const margin = 20;

/** The view in which all of the drawing is seen, never enlarged. */
export function fit(bounds: Bounds, width: number, height: number): View {
  const across = (width - margin * 2) / Math.max(bounds.width, 1);
  const down = (height - margin * 2) / Math.max(bounds.height, 1);
  const scale = clamp(Math.min(across, down, 1));
  return {
    scale,
    x: (width - bounds.width * scale) / 2 - bounds.x * scale,
    y: (height - bounds.height * scale) / 2 - bounds.y * scale,
  };
}

/** The view with a factor more scale, while the point of the screen stays where it is. */
export function zoom(view: View, factor: number, at: Point): View {
  const scale = clamp(view.scale * factor);
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

const clamp = (scale: number): number => Math.min(greatest, Math.max(smallest, scale));

/** What moving pointers do to a drawing: one drags a table or the view, two zoom. */
export class Gestures {
  readonly #pointers = new Map<number, Point>();
  #table: string | undefined;
  #distance = 0;

  /** How far the first pointer came since it went down. */
  get distance(): number {
    return this.#distance;
  }

  /** @param table the table under the pointer, if any */
  down({ pointerId, clientX, clientY }: PointerEvent, table?: string): void {
    if (this.#pointers.size === 0) this.#distance = 0;
    this.#pointers.set(pointerId, { x: clientX, y: clientY });
    this.#table = this.#pointers.size === 1 ? table : undefined;
  }

  /** Gives the table that the last pointer leaves. */
  up({ pointerId }: PointerEvent): string | undefined {
    this.#pointers.delete(pointerId);
    return this.#pointers.size === 0 ? this.#table : undefined;
  }

  /** What the movement of a pointer does; nothing when it is not down. */
  move({ pointerId, clientX, clientY }: PointerEvent): Movement | undefined {
    const before = this.#pointers.get(pointerId);
    if (!before) return undefined;
    const now = { x: clientX, y: clientY };
    this.#pointers.set(pointerId, now);
    const by = { x: now.x - before.x, y: now.y - before.y };
    this.#distance += Math.hypot(by.x, by.y);
    const other = [...this.#pointers].find(([id]) => id !== pointerId)?.[1];
    if (!other) return { by, table: this.#table };
    const factor = apart(now, other) / Math.max(apart(before, other), 1);
    const half = { x: by.x / 2, y: by.y / 2 };
    const at = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    return { by: half, table: undefined, pinch: { factor, at } };
  }
}

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

export interface Movement {
  readonly by: Point;
  readonly table: string | undefined;
  /** How two pointers zoom, about a point of the window. */
  readonly pinch?: { readonly factor: number; readonly at: Point };
}
