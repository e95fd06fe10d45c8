import type { ReactiveController, ReactiveControllerHost } from "lit";

/** How high a row is: fingers need more than pointers. */
export const rowHeight = matchMedia("(pointer: coarse)").matches ? 34 : 22;

const beyond = 10;
const atFirst = 40;
const atMost = 160;

/** Tells which rows of an element that scrolls can be seen, and has it render when that changes. */
export class Viewport implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #render = (): void => this.#host.requestUpdate();
  readonly #resized = new ResizeObserver(this.#render);

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener("scroll", this.#render, { passive: true });
    this.#resized.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener("scroll", this.#render);
    this.#resized.disconnect();
  }

  /** The first row to render, and the one after the last. */
  range(rows: number): { readonly from: number; readonly to: number } {
    const { scrollTop, clientHeight } = this.#host;
    const seen = clientHeight === 0 ? atFirst : Math.ceil(clientHeight / rowHeight);
    const from = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
    return { from, to: Math.min(rows, from + Math.min(atMost, seen + 2 * beyond + 1)) };
  }

  /** Scrolls until a row can be seen whole, below whatever covers the top. */
  reveal(row: number, covered = 0): void {
    const { scrollTop, clientHeight } = this.#host;
    const top = row * rowHeight;
    if (top < scrollTop) this.#host.scrollTop = top;
    else if (top + rowHeight + covered > scrollTop + clientHeight)
      this.#host.scrollTop = top + rowHeight + covered - clientHeight;
  }
}
