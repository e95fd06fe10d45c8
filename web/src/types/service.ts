import declarations from "virtual:declarations";
import type { SourceFile } from "../program/files.js";
import type { FromTypes, ToTypes, TypeMethod, TypeMethods } from "./protocol.js";

/** TypeScript's service in a worker of its own. It runs no code of users; what it cannot answer is undefined. */
export class TypeService {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #count = 0;

  constructor() {
    this.#worker = new Worker(new URL("./typescript.ts", import.meta.url), {
      type: "module",
      name: "virga types",
    });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromTypes>) => {
      this.#waiting.get(data.id)?.(data.value);
      this.#waiting.delete(data.id);
    });
    this.#post({ declarations: new URL(declarations, document.baseURI).href });
  }

  /** Gives the files as they are now. */
  update(files: readonly SourceFile[]): void {
    this.#post({ files });
  }

  ask<M extends TypeMethod>(
    method: M,
    ...args: Parameters<TypeMethods[M]>
  ): Promise<ReturnType<TypeMethods[M]>> {
    const id = (this.#count += 1);
    this.#post({ id, method, args });
    return new Promise((resolve) => {
      this.#waiting.set(id, (value) => resolve(value as ReturnType<TypeMethods[M]>));
    });
  }

  #post(message: ToTypes): void {
    this.#worker.postMessage(message);
  }
}
