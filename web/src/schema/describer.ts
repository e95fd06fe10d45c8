import type { CagedWorker } from "../cage/cage.js";
import type { FromWorker, Program, SchemaAnswer } from "../protocol.js";
import { send, spawnWorker } from "../runner.js";

const patience = 3_000;

/**
 * Describes schemas in a worker of its own, one after another, always the newest. A schema that does not
 * come to an end takes the worker with it, and nothing else.
 */
export class SchemaDescriber {
  readonly #tell: (answer: SchemaAnswer, program: Program) => void;
  #worker: CagedWorker | undefined;
  #ready: Promise<void> | undefined;
  #asked: Program | undefined;
  #next: Program | undefined;
  #timer = 0;

  /** @param tell hears the description of each program that was not overtaken by a newer one */
  constructor(tell: (answer: SchemaAnswer, program: Program) => void) {
    this.#tell = tell;
  }

  /** Asks what the files of a program declare. */
  describe(program: Program): void {
    this.#next = program;
    if (this.#asked === undefined) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asked = this.#next;
    this.#next = undefined;
    if (this.#asked === undefined) return;
    this.#worker ??= this.#spawn();
    await this.#ready;
    this.#timer = window.setTimeout(() => this.#end(endless), patience);
    send(this.#worker, { type: "describe", program: this.#asked });
  }

  #spawn(): CagedWorker {
    const worker = spawnWorker("virga schema");
    this.#ready = new Promise((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === "ready") resolve();
        if (data.type === "schema" && worker === this.#worker) this.#answered(data.answer);
      });
      worker.addEventListener("error", ({ message }) => {
        resolve();
        if (worker === this.#worker) this.#end(message);
      });
    });
    return worker;
  }

  #end(message: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#answered({ problem: { name: "Schema", message } });
  }

  #answered(answer: SchemaAnswer): void {
    clearTimeout(this.#timer);
    const program = this.#asked;
    if (program && this.#next === undefined) this.#tell(answer, program);
    void this.#ask();
  }
}

const endless = `The schema did not come to an end within ${patience / 1_000} seconds.`;
