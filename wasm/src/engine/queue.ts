import { VirgaError } from "../base/error.js";
import { defaultPatience, transactionAround } from "./context.js";

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
  readonly #parent: Queue | undefined;
  readonly #waiting: (() => void)[] = [];
  #held = false;
  #ended = false;
  /** Transactions of this queue that have not ended. */
  #open = 0;
  /** When something last happened here or in a transaction that holds the turn. */
  #active = 0;

  /** @param parent the queue whose turn a transaction holds */
  constructor(parent?: Queue) {
    this.#parent = parent;
    if (parent) parent.#open += 1;
  }

  /**
   * Does the work now if the turn is free, else later. The turn lasts until its promise settles.
   * @param patience how many milliseconds it waits while nothing happens
   */
  run<T>(work: () => T, patience = defaultPatience): T | Promise<Awaited<T>> {
    this.#check();
    if (!this.#held) return this.#turn(work);
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        stopWatch();
        try {
          this.#check();
          Promise.resolve(this.#turn(work)).then(resolve, reject);
        } catch (error) {
          reject(error);
          this.#next();
        }
      };
      this.#waiting.push(turn);
      const stopWatch = this.#watch(patience, () => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(waitedTooLong(patience));
      });
    });
  }

  /** Does synchronous work now. Throws while a transaction holds the turn, unless it is inside. */
  runNow<T>(work: () => T): T {
    this.requireFree();
    return work();
  }

  /**
   * Throws while a transaction holds the turn. A synchronous call from inside of the transaction is
   * a part of it, as in Drizzle: prepared queries may be older than the transaction.
   */
  requireFree(): void {
    this.#checkEnded();
    const inner = this.#innermost();
    if (inner) return inner.requireFree();
    if (!this.#held) return;
    throw new VirgaError({
      code: "transaction",
      message: "A synchronous call cannot wait for the transaction that is in progress.",
      hint: "Await the query, or make the call on the transaction; an async callback can wait.",
    });
  }

  /** Calls `giveUp` when nothing has happened for some time; gives the function that stops it. */
  #watch(patience: number, giveUp: () => void): () => void {
    if (patience === Infinity) return () => undefined;
    const look = (): void => {
      const left = this.#active + patience - performance.now();
      if (left > 0) timer = setTimeout(look, left);
      else giveUp();
    };
    let timer = setTimeout(look, patience);
    return () => clearTimeout(timer);
  }

  #touch(): void {
    this.#active = performance.now();
    if (this.#parent) this.#parent.#touch();
  }

  /** Refuses all further work. */
  end(): void {
    if (!this.#ended && this.#parent) this.#parent.#open -= 1;
    this.#ended = true;
  }

  #check(): void {
    this.#checkEnded();
    if (this.#innermost()) throw calledFromInside();
  }

  #checkEnded(): void {
    if (!this.#ended) return;
    throw new VirgaError({
      code: "transaction",
      message: "The transaction has ended; its object cannot be used any more.",
    });
  }

  /** The transaction of this queue, or of one of its transactions, that the call comes from inside of. */
  #innermost(): Queue | undefined {
    if (this.#open === 0) return undefined;
    for (let at = transactionAround(); at; at = at.outer) {
      if (at.queue.#isWithin(this)) return at.queue;
    }
    return undefined;
  }

  #isWithin(outer: Queue): boolean {
    if (this.#ended || !this.#parent) return false;
    return this.#parent === outer || this.#parent.#isWithin(outer);
  }

  #turn<T>(work: () => T): T {
    this.#held = true;
    this.#touch();
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
    this.#touch();
    this.#next();
  }

  #next(): void {
    if (!this.#held) this.#waiting.shift()?.();
  }
}

function calledFromInside(): VirgaError {
  return new VirgaError({
    code: "transaction",
    message:
      "Inside the callback of a transaction, queries go through its tx. " +
      "This one is not of tx: it would wait for the end of the transaction, which waits for it.",
    hint: "tx has all that db has; a nested transaction is tx.transaction().",
  });
}

function waitedTooLong(patience: number): VirgaError {
  return new VirgaError({
    code: "transaction",
    message: `For ${patience} ms this call has waited for a transaction that made no call in that time.`,
    hint: "Inside the callback of a transaction, queries go through its tx; else transactionTimeout allows more.",
  });
}
