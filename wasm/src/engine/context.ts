import type { Queue } from "./queue.js";

/** The transaction whose callback makes a call, and the one around it. */
export interface TransactionContext {
  readonly queue: Queue;
  readonly outer: TransactionContext | undefined;
}

interface Storage {
  run<T>(value: TransactionContext, work: () => T): T;
  getStore(): TransactionContext | undefined;
}

interface Host {
  readonly process?: { getBuiltinModule?(name: string): AsyncHooks | undefined };
}
interface AsyncHooks {
  readonly AsyncLocalStorage: new () => Storage;
}

/** Knows the callback only until its first `await`; browsers can tell no more. */
class SynchronousStorage implements Storage {
  #value: TransactionContext | undefined;

  run<T>(value: TransactionContext, work: () => T): T {
    const outer = this.#value;
    this.#value = value;
    try {
      return work();
    } finally {
      this.#value = outer;
    }
  }

  getStore(): TransactionContext | undefined {
    return this.#value;
  }
}

const hooks = (globalThis as Host).process?.getBuiltinModule?.("node:async_hooks");
const storage: Storage = hooks ? new hooks.AsyncLocalStorage() : new SynchronousStorage();

/**
 * How many milliseconds a call waits for a transaction that makes no call itself. A call from inside
 * of that transaction would wait for ever: where these are known there is no limit.
 */
export const defaultPatience = hooks ? Infinity : 10_000;

/** Does the work of a transaction; calls made by it are known to come from inside. */
export function inTransaction<T>(queue: Queue, work: () => T): T {
  return storage.run({ queue, outer: storage.getStore() }, work);
}

/** The innermost transaction that a call comes from inside of. */
export function transactionAround(): TransactionContext | undefined {
  return storage.getStore();
}
