import type { ForeignKeyAction } from "../ast/schema-document.js";
import type { SQLWrapper } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import type { Column } from "./column.js";
import type { PgPolicy } from "./pg-policy.js";

type Columns = readonly [Column, ...Column[]];

/** What an index is of: a column, of which nothing is compared, or SQL. */
type Indexed = Column<unknown> | SQLWrapper;

/** An index of a table. */
export class Index {
  static readonly [entityKind]: string = "Index";

  constructor(
    /** Its name in SQL. */
    readonly name: string | undefined,
    /** Whether no two rows are equal in it. */
    readonly unique: boolean,
    /** Its columns and expressions, in order. */
    readonly columns: readonly Indexed[],
    /** Which rows are in it: all when there is no condition. */
    readonly condition: SQLWrapper | undefined = undefined,
  ) {
    Object.freeze(this);
  }

  /** Leaves rows out of the index for which the condition does not hold. */
  where(condition: SQLWrapper): Index {
    return new Index(this.name, this.unique, this.columns, condition);
  }
}

/** An index that still needs its columns. */
export interface IndexStart {
  /** The columns of the index, or expressions. */
  on(...columns: [Indexed, ...Indexed[]]): Index;
}

/** Declares an index: `index("by_name").on(table.name)`. */
export function index(name?: string): IndexStart {
  return { on: (...columns) => new Index(name, false, columns) };
}

/** Declares an index in which no two rows are equal. */
export function uniqueIndex(name?: string): IndexStart {
  return { on: (...columns) => new Index(name, true, columns) };
}

/** A primary key of several columns. */
export class PrimaryKey {
  static readonly [entityKind]: string = "PrimaryKey";

  constructor(
    /** Its columns, in order. */
    readonly columns: readonly Column[],
    /** Its name in SQL. */
    readonly name: string | undefined,
  ) {
    Object.freeze(this);
  }
}

/** Declares a primary key of several columns. */
export function primaryKey(config: { columns: Columns; name?: string }): PrimaryKey;
/** @deprecated Drizzle's older form. */
export function primaryKey(...columns: Columns): PrimaryKey;
export function primaryKey(
  first: Column | { columns: Columns; name?: string },
  ...rest: Column[]
): PrimaryKey {
  return "columns" in first
    ? new PrimaryKey(first.columns, first.name)
    : new PrimaryKey([first, ...rest], undefined);
}

/** A unique constraint over several columns. */
export class UniqueConstraint {
  static readonly [entityKind]: string = "UniqueConstraint";

  constructor(
    /** Its columns, in order. */
    readonly columns: readonly Column[],
    /** Its name in SQL. */
    readonly name: string | undefined,
  ) {
    Object.freeze(this);
  }

  /** For Postgres. In SQLite rows without a value never violate the constraint. */
  nullsNotDistinct(): this {
    return this;
  }
}

/** Declares a unique constraint: `unique().on(table.a, table.b)`. */
export function unique(name?: string): {
  /** The columns of the constraint. */
  on(...columns: Columns): UniqueConstraint;
} {
  return { on: (...columns) => new UniqueConstraint(columns, name) };
}

/** The columns of a foreign key and those of the parent table that they name. */
export interface ForeignKeyColumns {
  /** The name of the constraint. */
  readonly name?: string;
  /** The columns that refer. */
  readonly columns: Columns;
  /** The columns they refer to, in the same order. */
  readonly foreignColumns: Columns;
}

/** A foreign key declared on the table. */
export class ForeignKey {
  static readonly [entityKind]: string = "ForeignKey";

  constructor(
    /** Gives its columns; called when all tables are declared. */
    readonly reference: () => ForeignKeyColumns,
    /** What happens to the row when the row it names is deleted. */
    readonly onDeleteAction: ForeignKeyAction | undefined = undefined,
    /** What happens to the row when the row it names gets another key. */
    readonly onUpdateAction: ForeignKeyAction | undefined = undefined,
  ) {
    Object.freeze(this);
  }

  /** Says what happens to the row when the row it names is deleted. */
  onDelete(action: ForeignKeyAction): ForeignKey {
    return new ForeignKey(this.reference, action, this.onUpdateAction);
  }

  /** Says what happens to the row when the row it names gets another key. */
  onUpdate(action: ForeignKeyAction): ForeignKey {
    return new ForeignKey(this.reference, this.onDeleteAction, action);
  }
}

/** Declares a foreign key of one or more columns. */
export function foreignKey(config: ForeignKeyColumns | (() => ForeignKeyColumns)): ForeignKey {
  return new ForeignKey(typeof config === "function" ? config : () => config);
}

/** A condition that every row fulfils. */
export class Check {
  static readonly [entityKind]: string = "Check";

  constructor(
    /** Its name in SQL. */
    readonly name: string,
    /** The condition. */
    readonly value: SQLWrapper,
  ) {
    Object.freeze(this);
  }
}

/** Declares a condition that every row fulfils. */
export function check(name: string, value: SQLWrapper): Check {
  return new Check(name, value);
}

export type TableExtra = Index | PrimaryKey | UniqueConstraint | ForeignKey | Check | PgPolicy;
