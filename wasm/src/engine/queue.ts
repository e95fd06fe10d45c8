import { VirgaError } from "../base/error.js";

/** Whether `value` can be awaited. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}

/**
 * One turn after the other: work that starts while another's promise is pending waits for it. A
 * connection has a queue, and so has each transaction, which holds its parent's turn meanwhile.
 */
export class Queue {
  readonly #waiting: (() => void)[] = [];
  #held = false;
  #ended = false;

  /** Does the work now if the turn is free, else later. The turn lasts until its promise settles. */
  run<T>(work: () => T): T | Promise<Awaited<T>> {
    this.#check();
    if (!this.#held) return this.#turn(work);
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          this.#check();
          Promise.resolve(this.#turn(work)).then(resolve, reject);
        } catch (error) {
          reject(error);
          this.#next();
        }
      });
    });
  }

  /** Does synchronous work now. Throws while a transaction holds the turn. */
  runNow<T>(work: () => T): T {
    this.#check();
    if (!this.#held) return work();
    throw new VirgaError({
      code: "transaction",
      message: "A synchronous call cannot wait for the transaction that is in progress.",
      hint: "Await the query, or make the call on the transaction.",
    });
  }

  /** Refuses all further work. */
  end(): void {
    this.#ended = true;
  }

  #check(): void {
    if (!this.#ended) return;
    throw new VirgaError({
      code: "transaction",
      message: "The transaction has ended; its object cannot be used any more.",
    });
  }

  #turn<T>(work: () => T): T {
    this.#held = true;
    let result: T;
    try {
      result = work();
    } catch (error) {
      this.#release();
      throw error;
    }
    if (!isThenable(result)) {
      this.#release();
      return result;
    }
    const release = (): void => this.#release();
    const settled = Promise.resolve(result).finally(release);
    return settled as T;
  }

  #release(): void {
    this.#held = false;
    this.#next();
  }

  #next(): void {
    if (!this.#held) this.#waiting.shift()?.();
  }
}
