import declarations from "virtual:declarations";
import type { SourceFile } from "../program/files.js";
import type { FromTypes, ToTypes, TypeMethod, TypeMethods } from "./protocol.js";

/** TypeScript's service in a worker of its own. It runs no code of users; what it cannot answer is undefined. */
export class TypeService {
  readonly #worker: Worker;
  readonly #failed: () => void;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #count = 0;

  /** @param failed the service is not there, and will not be */
  constructor(failed: () => void) {
    this.#failed = failed;
    this.#worker = new Worker(new URL("./typescript.ts", import.meta.url), {
      type: "module",
      name: "virga types",
    });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromTypes>) => {
      if ("failed" in data) return this.#fail(data.failed);
      this.#waiting.get(data.id)?.(data.value);
      this.#waiting.delete(data.id);
    });
    this.#worker.addEventListener("error", ({ message }) => this.#fail(message));
    this.#post({ declarations: new URL(declarations, document.baseURI).href });
  }

  /** Gives the files as they are now. */
  update(files: readonly SourceFile[]): void {
    this.#post({ files });
  }

  /** The answer; none when a newer check took the place of this one, and when TypeScript failed. */
  ask<M extends TypeMethod>(
    method: M,
    ...args: Parameters<TypeMethods[M]>
  ): Promise<ReturnType<TypeMethods[M]> | undefined> {
    const id = (this.#count += 1);
    this.#post({ id, method, args });
    return new Promise((resolve) => {
      this.#waiting.set(id, (value) => resolve(value as ReturnType<TypeMethods[M]>));
    });
  }

  #fail(reason: string): void {
    console.warn(`Types are not shown: ${reason}`);
    this.#worker.terminate();
    for (const answer of this.#waiting.values()) answer(undefined);
    this.#waiting.clear();
    this.#failed();
  }

  #post(message: ToTypes): void {
    this.#worker.postMessage(message);
  }
}
