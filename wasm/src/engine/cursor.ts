import type { SqlValue } from "../ast/value.js";
import type { Frame } from "../frame/frame.js";
import type { Engine } from "./engine.js";

interface Handle {
  readonly engine: Engine;
  readonly cursor: number;
}

/** Closes the cursors of programs that forgot theirs. */
const forgotten = globalThis.FinalizationRegistry
  ? new FinalizationRegistry<Handle>(({ engine, cursor }) => engine.closeCursor(cursor))
  : undefined;

/** A query that is being read in chunks; to be closed unless it has come to its end. */
export class Cursor {
  readonly #handle: Handle;

  constructor(engine: Engine, database: number, query: number, values: readonly SqlValue[]) {
    this.#handle = { engine, cursor: engine.openCursor(database, query, values) };
    forgotten?.register(this, this.#handle, this);
  }

  /**
   * The next chunk, undefined at the end. As with `Engine.run` it is read at once, unless it is
   * kept: then it has memory of its own.
   */
  next(kept: boolean): Frame | undefined {
    const { engine, cursor } = this.#handle;
    return engine.nextFrame(cursor, kept);
  }

  close(): void {
    forgotten?.unregister(this);
    this.#handle.engine.closeCursor(this.#handle.cursor);
  }
}
