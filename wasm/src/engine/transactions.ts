import { VirgaError } from "../base/error.js";
import { Listeners } from "../base/listeners.js";
import type { Client, Connection } from "./client.js";
import type { TransactionBehavior, TransactionVerb } from "./exports.js";

/** A transaction or savepoint that has begun or ended. */
export interface TransactionEvent {
  /** What happened; inside of a transaction begin, commit and rollback are those of a savepoint. */
  readonly verb: TransactionVerb;
  /** How deep it is: 1 for a transaction, 2 for a savepoint in it, and so on. */
  readonly depth: number;
  /** Why it was rolled back: what its callback threw, or why it could not be committed. */
  readonly cause?: unknown;
  /** The client of the database. */
  readonly client: Client;
}

const listeners = new Listeners<TransactionEvent>();

/**
 * Has the begin and end of the transactions and savepoints of every database reported from now on. Those that
 * are written as SQL are queries, which `observe` reports.
 *
 * @param listener is called when it has happened, before anything else does
 * @returns the function that stops it
 */
export function observeTransactions(listener: (event: TransactionEvent) => void): () => void {
  return listeners.add(listener);
}

/** Begins a transaction, or a savepoint inside of one. */
export function begin(connection: Connection, behavior: TransactionBehavior = "deferred"): void {
  const { engine, database, client } = connection;
  const verb = behavior === "deferred" ? "begin" : (`begin ${behavior}` as const);
  const depth = engine.transaction(database, verb);
  if (listeners.any) listeners.tell({ verb, depth, client });
}

/** Commits the innermost transaction, or releases the innermost savepoint; it stays open when that fails. */
export function commit({ engine, database, client }: Connection): void {
  const depth = engine.transaction(database, "commit") + 1;
  if (listeners.any) listeners.tell({ verb: "commit", depth, client });
}

/**
 * Rolls the innermost transaction back. It may be gone already: SQLite ends some when a statement
 * fails, and closing the database ends all.
 *
 * @param cause why
 */
export function rollBack({ engine, database, client }: Connection, cause?: unknown): void {
  try {
    const depth = engine.transaction(database, "rollback") + 1;
    if (listeners.any) listeners.tell({ verb: "rollback", depth, cause, client });
  } catch (error) {
    const gone = error instanceof VirgaError && ["transaction", "closed"].includes(error.code);
    if (!gone) throw error;
  }
}
