/** A value of a cell as SQLite keeps it. */
export type Cell = null | number | bigint | string | Uint8Array;

/** A long text or blob that is only begun: the whole stays in the database. */
export interface Cut {
  readonly cut: string;
  readonly length: number;
}

export interface ColumnInfo {
  readonly name: string;
  /** As declared; empty when nothing was. */
  readonly type: string;
  readonly notNull: boolean;
  readonly primaryKey: boolean;
  readonly generated: boolean;
  readonly hasDefault: boolean;
  /** Where its foreign key leads. */
  readonly references?: { readonly table: string; readonly column: string };
}

export interface TableInfo {
  readonly name: string;
  /** Views can be read only. */
  readonly view: boolean;
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
}

/** What tells a row from others: its rowid, or its primary key. */
export type RowKey = readonly Cell[];

export interface Row {
  readonly key: RowKey;
  readonly cells: readonly (Cell | Cut)[];
}

/** How rows are filtered. */
export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
}

export const operators = [
  "=",
  "<>",
  "<",
  "<=",
  ">",
  ">=",
  "contains",
  "is null",
  "is not null",
] as const;
export type Operator = (typeof operators)[number];

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Which rows of a table are shown. */
export interface Selection {
  readonly table: string;
  readonly filter?: Filter | undefined;
  readonly sort?: Sort | undefined;
  readonly limit: number;
  readonly offset: number;
}

export interface Page {
  readonly rows: readonly Row[];
  /** How many rows the filter lets through. */
  readonly total: number;
}

/** How many rows have a value, or one within a range. */
export interface Bar {
  readonly label: string;
  readonly count: number;
}

/** What the values of a column are like. */
export interface ColumnSummary {
  readonly name: string;
  readonly nulls: number;
  /** How many different values there are. */
  readonly different: number;
  readonly least: string;
  readonly most: string;
  /** Whether the bars are ranges of numbers, in their order, or the values that occur most often. */
  readonly kind: "range" | "values";
  readonly bars: readonly Bar[];
  /** How many rows have values that have no bar. */
  readonly others: number;
}

export const formats = ["sqlite", "sql", "csv", "json"] as const;
export type Format = (typeof formats)[number];

export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** An error of the database, as its user reads it. */
export interface DataProblem {
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
}

/** How far long work has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export type ToData =
  | { readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly cancel: true };

export type FromData =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problem: DataProblem }
  | { readonly id: number; readonly progress: Progress };
