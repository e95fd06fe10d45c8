import type { SQLTree, SQLWrapper, Tree } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import { Column, type ColumnTypes } from "./column.js";

/** How a column stands in an index. SQLite knows the direction; the rest is accepted, and left. */
export interface IndexOps {
  asc(): IndexedColumn;
  desc(): IndexedColumn;
  nullsFirst(): IndexedColumn;
  nullsLast(): IndexedColumn;
  op(operatorClass: string): IndexedColumn;
}

/** A column of an index, with its direction. */
export class IndexedColumn implements SQLWrapper, IndexOps {
  static readonly [entityKind]: string = "IndexedColumn";

  constructor(
    /** The column or expression. */
    readonly column: SQLWrapper,
    /** Its direction. */
    readonly order: "asc" | "desc" = "asc",
  ) {
    Object.freeze(this);
  }

  /** Smallest first. */
  asc(): IndexedColumn {
    return new IndexedColumn(this.column, "asc");
  }

  /** Largest first. */
  desc(): IndexedColumn {
    return new IndexedColumn(this.column, "desc");
  }

  /** For Postgres; changes nothing. */
  nullsFirst(): IndexedColumn {
    return this;
  }

  /** For Postgres; changes nothing. */
  nullsLast(): IndexedColumn {
    return this;
  }

  /** For Postgres; changes nothing. */
  op(_operatorClass: string): IndexedColumn {
    return this;
  }

  /** The SQL that this stands for. */
  getSQL(): SQLTree {
    const direction: Tree = { kind: "text", text: this.order === "desc" ? " desc" : "" };
    const chunks = [this.column.getSQL().tree, direction];
    const sql: SQLTree = { tree: { kind: "sql", chunks }, getSQL: () => sql };
    return sql;
  }
}

/** A column of a table made by `pgTable`: in an index it may have a direction. */
export class PgColumn<T = ColumnTypes> extends Column<T> implements IndexOps {
  static override readonly [entityKind]: string = "PgColumn";

  /** Smallest first. */
  asc(): IndexedColumn {
    return new IndexedColumn(this);
  }

  /** Largest first. */
  desc(): IndexedColumn {
    return new IndexedColumn(this, "desc");
  }

  /** For Postgres; changes nothing. */
  nullsFirst(): IndexedColumn {
    return new IndexedColumn(this);
  }

  /** For Postgres; changes nothing. */
  nullsLast(): IndexedColumn {
    return new IndexedColumn(this);
  }

  /** For Postgres; changes nothing. */
  op(_operatorClass: string): IndexedColumn {
    return new IndexedColumn(this);
  }
}
