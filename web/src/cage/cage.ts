import wasmUrl from "virga/virga.wasm?url";
import frameScript from "./frame.txt?raw";
import { fileBytes } from "./files.js";

/** No network, no storage, no other script than the one that is handed in; `eval` is how programs run. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "worker-src blob:",
].join("; ");

/** How many seconds the frame may be silent; its thread has nothing to do but to answer. */
const patience = 10;

/** The sandboxed frame in which all workers live, and what it was given. */
class Frame {
  readonly #element = document.createElement("iframe");
  readonly #loaded: Promise<void>;
  readonly #scripts = new Map<string, Promise<void>>();
  readonly #workers = new Map<number, CagedWorker>();
  #count = 0;
  #silence = 0;

  constructor() {
    this.#element.hidden = true;
    this.#element.title = "Where programs run";
    this.#element.setAttribute("sandbox", "allow-scripts");
    this.#element.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script>${frameScript}</script>`;
    this.#loaded = this.#load();
    const hear = ({ source, data }: MessageEvent): void => {
      if (source === null || source !== this.#element.contentWindow) return;
      this.#silence = 0;
      const { failed, message } = data as { failed?: number; message: string };
      if (failed) this.#workers.get(failed)?.fail(`The engine could not start: ${message}`);
    };
    addEventListener("message", hear);
    void this.#loaded.then(() => {
      const watch = setInterval(() => {
        this.#silence += 1;
        if (this.#silence <= patience) return this.#post({ ping: true });
        clearInterval(watch);
        removeEventListener("message", hear);
        this.#lost();
      }, 1000);
    });
  }

  /** A program that takes all memory takes the process of the frame with it, of which nobody is told. */
  #lost(): void {
    this.#element.remove();
    if (frame === this) frame = undefined;
    for (const worker of this.#workers.values())
      worker.fail("The browser ended the program: it took more memory than there is.");
  }

  /** Starts a worker; what it is sent waits for it in the port. */
  start(worker: CagedWorker, name: string, script: string, port: MessagePort): number {
    const id = (this.#count += 1);
    this.#workers.set(id, worker);
    Promise.all([this.#script(script), this.#loaded]).then(
      () => this.#post({ start: id, name, of: script }, [port]),
      (error: unknown) => worker.fail(`The engine could not start: ${String(error)}`),
    );
    return id;
  }

  end(id: number): void {
    this.#workers.delete(id);
    void this.#loaded.then(() => this.#post({ end: id }));
  }

  /** Gives the frame the wasm file: it cannot fetch anything itself. */
  async #load(): Promise<void> {
    const there = new Promise((resolve) => {
      this.#element.addEventListener("load", resolve, { once: true });
    });
    document.body.append(this.#element);
    const [wasm] = await Promise.all([fileBytes(wasmUrl), there]);
    this.#post({ wasm }, [wasm]);
  }

  /** Gives the frame a script, once. */
  #script(url: string): Promise<void> {
    let given = this.#scripts.get(url);
    if (given === undefined) {
      given = Promise.all([fileBytes(url), this.#loaded]).then(([bytes]) =>
        this.#post({ script: url, text: bytes }),
      );
      this.#scripts.set(url, given);
    }
    return given;
  }

  #post(message: object, transfer: Transferable[] = []): void {
    // An opaque origin has no name; the frame is ours, and holds only what was written above.
    this.#element.contentWindow?.postMessage(message, "*", transfer);
  }
}

let frame: Frame | undefined;

/** What a caged worker tells: `message` events, and `error` events when it cannot start or dies. */
interface CagedEvents {
  readonly message: MessageEvent;
  readonly error: ErrorEvent;
}

/** A worker in the cage, with the face of a `Worker`. */
export class CagedWorker {
  readonly #events = new EventTarget();
  readonly #port: MessagePort;
  readonly #frame: Frame;
  readonly #id: number;

  /**
   * @param name shown by developer tools
   * @param script the URL of its script, which takes the engine and its port by its first message
   */
  constructor(name: string, script: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#port.onmessage = ({ data }) =>
      void this.#events.dispatchEvent(new MessageEvent("message", { data }));
    this.#frame = frame ??= new Frame();
    this.#id = this.#frame.start(this, name, script, port2);
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  addEventListener<Type extends keyof CagedEvents>(
    type: Type,
    listener: (event: CagedEvents[Type]) => void,
  ): void {
    this.#events.addEventListener(type, listener as EventListener);
  }

  /** Ends it at once, in the midst of whatever it does. */
  terminate(): void {
    this.#port.close();
    this.#frame.end(this.#id);
  }

  /** Says that the worker could not start or died. */
  fail(message: string): void {
    this.#events.dispatchEvent(new ErrorEvent("error", { message }));
  }
}
