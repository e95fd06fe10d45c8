import { CagedWorker } from "./cage/cage.js";
import workerUrl from "./worker/main.ts?worker&url";
import type {
  FromWorker,
  Inquiries,
  Inquiry,
  InquiryType,
  Program,
  Question,
  ToWorker,
} from "./protocol.js";

export interface RunnerEvents {
  /** The engine is loaded and a run can start at once. */
  ready(): void;
  message(message: FromWorker): void;
  /** The worker could not start or died; a sentence says why. */
  broken(reason: string): void;
}

/**
 * Runs programs in workers, one worker per run: stopping is terminating, and nothing of a run outlives it.
 * The worker of the next run is loaded while the page is idle.
 */
export class Runner {
  readonly #events: RunnerEvents;
  #active: CagedWorker | undefined;
  #spare: CagedWorker | undefined;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #asked = 0;

  constructor(events: RunnerEvents) {
    this.#events = events;
    this.#spare = this.#spawn();
  }

  /** Ends whatever runs and starts `program` in a fresh worker. */
  run(program: Program): void {
    this.#end();
    this.#active = this.#spare ?? this.#spawn();
    this.#spare = undefined;
    send(this.#active, { type: "run", program });
  }

  /** Ends the run at once. */
  stop(): void {
    this.#end();
    this.#spare ??= this.#spawn();
  }

  /** Asks the worker of the last run; false when it is gone. */
  ask(question: Question): boolean {
    if (this.#active === undefined) return false;
    send(this.#active, question);
    return true;
  }

  /** Asks the worker of the last run and waits; undefined when it is gone, or goes, or cannot tell. */
  inquire<T extends InquiryType>(
    type: T,
    asks: Inquiries[T]["asks"],
  ): Promise<Inquiries[T]["answer"] | undefined> {
    const worker = this.#active;
    if (worker === undefined) return Promise.resolve(undefined);
    const number = this.#asked++;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve as (answer: unknown) => void);
      send(worker, { type: "inquire", number, inquiry: { type, ...asks } as Inquiry });
    });
  }

  #end(): void {
    this.#active?.terminate();
    this.#active = undefined;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }

  #spawn(): CagedWorker {
    const worker = spawnWorker("virga run");
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === "ready") {
        ready = true;
        this.#events.ready();
      } else if (worker === this.#active) this.#receive(data);
    });
    let ready = false;
    worker.addEventListener("error", ({ message }) => {
      const waits = worker === this.#spare;
      if (waits) this.#spare = undefined;
      if (worker === this.#active || (waits && !ready)) this.#events.broken(message);
      if (worker === this.#active) this.#end();
    });
    return worker;
  }

  #receive(message: FromWorker): void {
    if (message.type === "answer") {
      this.#waiting.get(message.number)?.(message.answer);
      return void this.#waiting.delete(message.number);
    }
    this.#events.message(message);
    if (message.type === "finished") this.#spare ??= this.#spawn();
  }
}

/** Starts a worker for code of users; it says when it is ready. */
export function spawnWorker(name: string): CagedWorker {
  return new CagedWorker(name, workerUrl);
}

export function send(worker: CagedWorker, message: ToWorker): void {
  worker.postMessage(message);
}
