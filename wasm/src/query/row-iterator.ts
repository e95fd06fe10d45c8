import { entityKind } from "../base/entity.js";
import type { Chunks } from "./chunks.js";
import type { Outcome, RowForm, Session } from "./session.js";
import type { PlaceholderValues, Statement } from "./statement.js";

/** What is read: the query, its values, and how rows come of what the core gives. */
export interface Reading<Row> {
  readonly session: Session;
  readonly statement: Statement;
  readonly values: PlaceholderValues | undefined;
  readonly form: RowForm | undefined;
  readonly read: (outcome: Outcome) => readonly Row[];
}

/**
 * The rows of a query, read while they are asked for: a part of them is in memory, as they were when
 * the first one was asked for. Leaving a loop early closes it; so does `return()`.
 */
export class RowIterator<Row> implements IterableIterator<Row>, AsyncIterable<Row> {
  static readonly [entityKind]: string = "RowIterator";

  readonly #reading: Reading<Row>;
  #chunks: Chunks | undefined;
  #rows: readonly Row[] = [];
  #at = 0;
  #ended = false;

  constructor(reading: Reading<Row>) {
    this.#reading = reading;
  }

  /** The next row, at once. */
  next(): IteratorResult<Row, undefined> {
    if (this.#at === this.#rows.length) {
      this.#reading.session.queue.requireFree();
      this.#fill();
    }
    return this.#take();
  }

  /** Ends the rows, which frees what they are read with. */
  return(): IteratorResult<Row, undefined> {
    this.#ended = true;
    this.#rows = [];
    this.#at = 0;
    this.#chunks?.close();
    this.#chunks = undefined;
    return { done: true, value: undefined };
  }

  /** Itself. */
  [Symbol.iterator](): this {
    return this;
  }

  /** The rows as they come, each part when its turn has come: for `for await`. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    try {
      for (;;) {
        if (this.#at === this.#rows.length) {
          await this.#reading.session.turn(() => this.#fill());
        }
        const row = this.#take();
        if (row.done) return;
        yield row.value;
      }
    } finally {
      this.return();
    }
  }

  #take(): IteratorResult<Row, undefined> {
    if (this.#at === this.#rows.length) return { done: true, value: undefined };
    return { done: false, value: this.#rows[this.#at++]! };
  }

  /** Reads the next rows, of which there are none at the end. */
  #fill(): void {
    if (this.#ended) return;
    try {
      const { session, statement, values, form, read } = this.#reading;
      this.#chunks ??= session.open(statement, values, form);
      const outcome = this.#chunks.next();
      if (!outcome) return void this.return();
      this.#rows = read(outcome);
      this.#at = 0;
    } catch (error) {
      this.return();
      throw error;
    }
  }
}
