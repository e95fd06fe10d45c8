import { DrizzleQueryError } from "../base/error.js";
import type { SqlValue } from "../ast/value.js";
import type { Connection } from "../engine/client.js";
import { Cursor } from "../engine/cursor.js";
import type { Frame } from "../frame/frame.js";
import type { CompiledQuery } from "./compiler.js";
import type { QueryEvent } from "./observe.js";
import type { Outcome } from "./session.js";

/** The results of a query, one after the other. */
export interface Chunks {
  /** The next result, undefined at the end. */
  next(): Outcome | undefined;
  /** Frees what the query is read with. */
  close(): void;
}

/** The one result of a query that has run. */
export function wholeChunk(outcome: Outcome): Chunks {
  const results = [outcome];
  return { next: () => results.pop(), close: () => undefined };
}

/** What is known of a query when it has run. */
export type RunFacts = Pick<QueryEvent, "sql" | "rows" | "milliseconds" | "error">;

/** A query that can be read in chunks. */
export interface ChunkSource {
  readonly connection: Connection;
  readonly query: CompiledQuery;
  readonly values: readonly SqlValue[];
  /** What a chunk gives. */
  readonly outcome: (frame: Frame) => Outcome;
  /** Is told when the chunks end or are closed. */
  readonly tell: (facts: RunFacts) => void;
}

/** Chunks read with a cursor of the core. */
export class CursorChunks implements Chunks {
  readonly #source: ChunkSource;
  #cursor: Cursor | undefined;
  #rows = 0;
  #milliseconds = 0;
  #error: unknown;

  constructor(source: ChunkSource) {
    this.#source = source;
  }

  next(): Outcome | undefined {
    const { query, values } = this.#source;
    const started = performance.now();
    try {
      const outcome = this.#read();
      this.#rows += outcome?.rows?.length ?? 0;
      return outcome;
    } catch (error) {
      this.#error = DrizzleQueryError.of(error, query.sql, values);
      throw this.#error;
    } finally {
      this.#milliseconds += performance.now() - started;
    }
  }

  close(): void {
    this.#cursor?.close();
    const error = this.#error !== undefined && { error: this.#error };
    const { query, tell } = this.#source;
    tell({ sql: query.sql, rows: this.#rows, milliseconds: this.#milliseconds, ...error });
  }

  #read(): Outcome | undefined {
    const { connection, query, values, outcome } = this.#source;
    const { engine, database } = connection;
    this.#cursor ??= new Cursor(engine, database, query.query, values);
    const frame = this.#cursor.next(query.custom.length > 0);
    return frame && outcome(frame);
  }
}
