import type { SqlValue } from "../ast/value.js";
import { entityKind } from "../base/entity.js";
import type { Frame } from "../frame/frame.js";
import { rowFactory, type Row } from "../frame/rows.js";
import type { Client } from "./client.js";
import { Cursor } from "./cursor.js";

/** The rows of a statement of SQL, by the names of their columns. */
export const rowsOf = rowFactory({ kind: "raw" });

/** One statement of SQL on a client. Values are given in the order of its parameters. */
export class ClientStatement {
  static readonly [entityKind]: string = "ClientStatement";

  /** The text of the statement. */
  readonly source: string;
  readonly #client: Client;
  readonly #query: number;

  /** @param query the handle of the statement, which lives as long as the client */
  constructor(client: Client, source: string, query: number) {
    this.#client = client;
    this.source = source;
    this.#query = query;
    Object.freeze(this);
  }

  /** All rows, by the names of their columns. */
  all(...values: readonly SqlValue[]): Row[] {
    return rowsOf(this.#run(values), []);
  }

  /** The first row; undefined if there is none. */
  get(...values: readonly SqlValue[]): Row | undefined {
    return this.all(...values)[0];
  }

  /** The rows, read while they are asked for, as they were when the first one was. */
  *iterate(...values: readonly SqlValue[]): IterableIterator<Row> {
    const { queue } = this.#client;
    const open = (): Cursor => {
      const { engine, database } = this.#client.connectNow();
      return new Cursor(engine, database, this.#query, values);
    };
    const cursor = queue.runNow(open);
    try {
      const next = (): Frame | undefined => cursor.next(false);
      for (let frame = queue.runNow(next); frame; frame = queue.runNow(next)) {
        yield* rowsOf(frame, []);
      }
    } finally {
      cursor.close();
    }
  }

  /** Runs the statement for its counts. */
  run(...values: readonly SqlValue[]): Pick<Frame, "changes" | "lastInsertRowid"> {
    const { changes, lastInsertRowid } = this.#run(values);
    return { changes, lastInsertRowid };
  }

  #run(values: readonly SqlValue[]): Frame {
    return this.#client.queue.runNow(() => {
      const { engine, database } = this.#client.connectNow();
      return engine.run(database, this.#query, values);
    });
  }
}
