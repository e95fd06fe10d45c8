import { byId, duration } from "./dom.js";

export interface RunActions {
  run(): void;
  stop(): void;
  /** Running as one types was switched on. */
  live(): void;
}

/** Run, Stop, their keys, the status line, and the rain, which falls while a query runs. */
export class RunControls {
  readonly #run = byId("run", HTMLButtonElement);
  readonly #stop = byId("stop", HTMLButtonElement);
  readonly #live = byId("live", HTMLButtonElement);
  readonly #status = byId("status", HTMLElement);
  #clock = 0;

  constructor({ run, stop, live }: RunActions) {
    this.#run.addEventListener("click", run);
    this.#stop.addEventListener("click", stop);
    this.#live.addEventListener("click", () => {
      this.#live.setAttribute("aria-pressed", String(!this.live));
      if (this.live) live();
    });
    const mac = /Mac|iP(?:hone|ad)/.test(navigator.userAgent);
    byId("run-keys", HTMLElement).textContent = mac ? "⌘ ⏎" : "Ctrl ⏎";
    addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented)
        return;
      event.preventDefault();
      run();
    });
  }

  /** Whether the program runs as one types. */
  get live(): boolean {
    return this.#live.getAttribute("aria-pressed") === "true";
  }

  /** The engine is loaded. */
  ready(): void {
    if (this.#status.dataset["state"] === undefined) this.#say("Ready", "ready");
  }

  /** A run begins. Its time is told once it is long enough to wonder. */
  running(): void {
    this.#stop.disabled = false;
    const started = performance.now();
    this.#say("Running", "running");
    clearInterval(this.#clock);
    this.#clock = window.setInterval(() => {
      const elapsed = performance.now() - started;
      if (elapsed > 1_000)
        this.#say(`Running for ${duration(Math.floor(elapsed / 1_000) * 1_000)}`, "running");
    }, 1_000);
  }

  ended(text: string, failed: boolean): void {
    clearInterval(this.#clock);
    if (document.activeElement === this.#stop) this.#run.focus();
    this.#stop.disabled = true;
    this.#say(text, failed ? "failed" : "done");
  }

  #say(text: string, state: string): void {
    this.#status.textContent = text;
    this.#status.dataset["state"] = state;
    document.body.dataset["state"] = state;
  }
}
