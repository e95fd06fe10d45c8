import type { SQLWrapper } from "../ast/tree.js";
import { is } from "../base/entity.js";
import { Index } from "./constraints.js";
import { IndexedColumn } from "./pg-column.js";

type Columns = readonly [SQLWrapper, ...SQLWrapper[]];

/** An index of a Postgres table. Its storage parameters are accepted, and left. */
export class PgIndex extends Index {
  /** For Postgres; changes nothing. */
  concurrently(): this {
    return this;
  }

  /** For Postgres; changes nothing. */
  with(_parameters: object): this {
    return this;
  }

  override where(condition: SQLWrapper): PgIndex {
    return new PgIndex(this.name, this.unique, this.columns, condition);
  }
}

/** An index that still needs its columns. */
export interface PgIndexStart {
  /** The columns of the index, or expressions. */
  on(...columns: Columns): PgIndex;
  /** As `on`: SQLite has no partitions. */
  onOnly(...columns: Columns): PgIndex;
  /** An index of SQLite is always a B-tree, whichever method is named. */
  using(method: string, ...columns: Columns): PgIndex;
}

function indexes(unique: boolean, name: string | undefined): PgIndexStart {
  const on = (...columns: Columns): PgIndex => new PgIndex(name, unique, columns.map(plain));
  return { on, onOnly: on, using: (_method, ...columns) => on(...columns) };
}

/** An ascending column is simply that column. */
function plain(part: SQLWrapper): SQLWrapper {
  return is(part, IndexedColumn) && part.order === "asc" ? part.column : part;
}

/** Declares an index. */
export const index = (name?: string): PgIndexStart => indexes(false, name);
/** Declares an index in which no two rows are equal. */
export const uniqueIndex = (name?: string): PgIndexStart => indexes(true, name);
