import { CagedWorker } from "../cage/cage.js";
import type { DataProblem, FromData, Progress } from "./protocol.js";
import type { DataMethods } from "./worker.js";
import workerUrl from "./worker.ts?worker&url";

type Method = keyof DataMethods;
type Args<M extends Method> = Parameters<DataMethods[M]>;
type Result<M extends Method> = Awaited<ReturnType<DataMethods[M]>>;

interface Waiting {
  resolve(value: never): void;
  reject(problem: DataProblem): void;
  progress(progress: Progress): void;
}

/** Methods after which the data may be other than before. */
const changing: readonly Method[] = [
  "open",
  "exec",
  "update",
  "insert",
  "remove",
  "importText",
  "generate",
];

/**
 * The data of a playground: a database that outlives runs, in a worker of its own. A
 * playground without data has no such worker.
 */
export class DataStore extends EventTarget {
  readonly #waiting = new Map<number, Waiting>();
  #worker: CagedWorker | undefined;
  #calls = 0;
  #bytes: Promise<Uint8Array> | undefined;

  /** Whether there is no data: runs begin with an empty database then. */
  get empty(): boolean {
    return this.#worker === undefined;
  }

  /** Asks the worker; `change` is dispatched after calls that change the data. */
  async call<M extends Method>(
    method: M,
    args: Args<M>,
    progress: (progress: Progress) => void = () => {},
  ): Promise<Result<M>> {
    const id = (this.#calls += 1);
    const worker = (this.#worker ??= this.#spawn());
    const result = new Promise<Result<M>>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, progress });
    });
    worker.postMessage({ id, method, args });
    const value = await result;
    if (changing.includes(method)) this.#changed();
    return value;
  }

  /** Ends the long work that goes on; its call fails, and the data is as it was. */
  cancel(): void {
    this.#worker?.postMessage({ cancel: true });
  }

  /** The data as an SQLite file; undefined when there is none. */
  bytes(): Promise<Uint8Array> | undefined {
    if (this.empty) return undefined;
    return (this.#bytes ??= this.call("bytes", []));
  }

  /** Lets the data go. */
  clear(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject({ message: "The data was let go." });
    this.#waiting.clear();
    this.#changed();
  }

  #changed(): void {
    this.#bytes = undefined;
    this.dispatchEvent(new Event("change"));
  }

  #spawn(): CagedWorker {
    const worker = new CagedWorker("virga data", workerUrl);
    worker.addEventListener("message", ({ data }) => this.#receive(data as FromData));
    worker.addEventListener("error", ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject({ message });
      this.#waiting.clear();
    });
    return worker;
  }

  #receive(message: FromData): void {
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    if ("progress" in message) return waiting.progress(message.progress);
    this.#waiting.delete(message.id);
    if ("problem" in message) waiting.reject(message.problem);
    else waiting.resolve(message.value as never);
  }
}
