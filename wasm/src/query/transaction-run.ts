import type { Connection } from "../engine/client.js";
import { inTransaction } from "../engine/context.js";
import type { TransactionBehavior } from "../engine/exports.js";
import { isThenable, Queue } from "../engine/queue.js";
import { begin, commit, rollBack } from "../engine/transactions.js";
import type { Session } from "./session.js";

/** How a transaction begins. */
export interface TransactionOptions {
  /** When SQLite locks the database: `deferred` (at the first read or write), `immediate` or `exclusive`. */
  readonly behavior?: TransactionBehavior | undefined;
}

/** Begins, works, and commits or rolls back; all at once if the work is synchronous. */
export function runTransaction(
  connection: Connection,
  outer: Session,
  { behavior }: TransactionOptions,
  work: (inner: Session) => unknown,
): unknown {
  const queue = new Queue(outer.queue);
  const end = (): void => {
    queue.end();
    commit(connection);
  };
  const undo = (error: unknown): never => {
    queue.end();
    rollBack(connection, error);
    outer.compiler.rolledBack();
    outer.legacy?.compiler.rolledBack();
    throw error;
  };
  // Tables that are created on first use are no part of the transaction.
  outer.compiler.schema(connection);
  begin(connection, behavior);
  let result: unknown;
  try {
    result = inTransaction(queue, () => work(outer.within(queue)));
    if (!isThenable(result)) {
      end();
      return result;
    }
  } catch (error) {
    return undo(error);
  }
  return settle(result, queue, end).catch(undo);
}

/** Waits for the work and for what it left running in its own transactions; then commits. */
async function settle(work: PromiseLike<unknown>, queue: Queue, end: () => void): Promise<unknown> {
  let result: unknown;
  try {
    result = await work;
  } finally {
    await queue.run(() => undefined);
  }
  end();
  return result;
}
