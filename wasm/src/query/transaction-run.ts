import { beginVerb, rollBack, type Connection } from "../engine/client.js";
import { inTransaction } from "../engine/context.js";
import type { TransactionBehavior } from "../engine/exports.js";
import { isThenable, Queue } from "../engine/queue.js";
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
  const { engine, database } = connection;
  const queue = new Queue(outer.queue);
  const commit = (): void => {
    queue.end();
    engine.transaction(database, "commit");
  };
  const undo = (error: unknown): never => {
    queue.end();
    rollBack(connection);
    outer.compiler.rolledBack();
    outer.legacy?.compiler.rolledBack();
    throw error;
  };
  // Tables that are created on first use are no part of the transaction.
  outer.compiler.schema(connection);
  engine.transaction(database, beginVerb(behavior));
  let result: unknown;
  try {
    result = inTransaction(queue, () => work(outer.within(queue)));
    if (!isThenable(result)) {
      commit();
      return result;
    }
  } catch (error) {
    return undo(error);
  }
  return settle(result, queue, commit).catch(undo);
}

/** Waits for the work and for what it left running in its own transactions; then commits. */
async function settle(
  work: PromiseLike<unknown>,
  queue: Queue,
  commit: () => void,
): Promise<unknown> {
  let result: unknown;
  try {
    result = await work;
  } finally {
    await queue.run(() => undefined);
  }
  commit();
  return result;
}
