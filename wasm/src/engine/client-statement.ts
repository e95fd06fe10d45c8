import type { SqlValue } from "../ast/value.js";
import { entityKind } from "../base/entity.js";
import type { Frame } from "../frame/frame.js";
import { rowFactory, type Row } from "../frame/rows.js";
import type { Client } from "./client.js";

const rowsOf = rowFactory({ kind: "raw" });

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

  /** The rows one after the other, as they were when this was called. */
  iterate(...values: readonly SqlValue[]): IterableIterator<Row> {
    return this.all(...values).values();
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
