import type { MigrationOptions, MigrationReport } from "virga";
import type { Folder } from "virga/migrator";
import type { SchemaFacts } from "./schema/facts.js";

export type { Folder, MigrationOptions, MigrationReport };

/**
 * What the page and the worker say to each other. Everything here survives structured cloning, so values
 * of user code travel as `Shown` trees, never as themselves.
 */

/** A line of a virtual file, counted from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** One virtual file, compiled to a body that runs inside a function. */
export interface CompiledModule {
  readonly path: string;
  readonly code: string;
  /** What each import specifier of this file stands for: a path, or `npm:` and a library module. */
  readonly links: Readonly<Record<string, string>>;
}

/** Everything one run needs. */
export interface Program {
  readonly modules: readonly CompiledModule[];
  /** The file whose last expression is the result. */
  readonly main: string;
  /** Files that declare tables; their exports make the DDL pane. */
  readonly schemas: readonly string[];
  /** Files that stand in the editor, where an error can be shown. */
  readonly userFiles: readonly string[];
  /** The SQLite file that the playground's data is; what `playground/data` exports. */
  readonly data?: Uint8Array;
}

/** A value of user code, described for showing. `more` counts what was left out. */
export type Shown =
  | {
      readonly kind: "atom";
      readonly type: AtomType;
      readonly text: string;
      /** How long the whole text is, when it is cut here. */
      readonly length?: number;
    }
  | { readonly kind: "bytes"; readonly length: number; readonly hex: string }
  | { readonly kind: "list"; readonly items: readonly Shown[]; readonly length: number }
  | { readonly kind: "error"; readonly problem: Problem }
  | {
      readonly kind: "record";
      readonly name?: string;
      readonly fields: readonly (readonly [string, Shown])[];
      readonly more: number;
    };

/** A part of a value: its key, and what stands there. */
export type Entry = readonly [key: string, value: Shown];

export type AtomType =
  | "null"
  | "undefined"
  | "boolean"
  | "number"
  | "bigint"
  | "string"
  | "date"
  | "function"
  | "symbol"
  | "reference";

/** An error of user code or of Virga, with the line that caused it where one is known. */
export interface Problem {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly path?: string;
  readonly hint?: string;
  readonly constraint?: string;
  readonly sqliteCode?: string;
  readonly sql?: string;
  readonly place?: Place;
}

export type ConsoleLevel = "log" | "info" | "warn" | "error" | "debug";

/** One thing to show in the result pane, in the order in which it happened. */
export type Output =
  | {
      readonly kind: "console";
      readonly level: ConsoleLevel;
      readonly values: readonly Shown[];
      /** By which the worker keeps the values, whole. */
      readonly ids: readonly number[];
      readonly place?: Place;
    }
  | ValueOutput
  | { readonly kind: "write"; readonly changes: number; readonly place?: Place }
  | { readonly kind: "exports"; readonly path: string; readonly names: readonly string[] }
  | { readonly kind: "notice"; readonly text: string }
  | { readonly kind: "problem"; readonly problem: Problem };

/** A value of a statement. The worker keeps it whole under its id: what is not here can be asked for. */
export interface ValueOutput {
  readonly kind: "value";
  readonly id: number;
  readonly value: Shown;
  /** The names of the fields of all its rows, where it is a list of rows or one row. */
  readonly columns?: readonly string[];
  readonly place?: Place;
  /** The queries that ran for it. */
  readonly queries: readonly number[];
  /** The query that it is the result of. */
  readonly origin?: number;
}

/** Which statement of a query the rows of one of its relations come from. */
export interface Relation {
  /** The names that lead to it, with dots; empty for the rows of the query itself. */
  readonly path: string;
  readonly statement: number;
  /** `batch`: for all rows at once; `loop`: once a row or a range of rows; `join`: with another statement. */
  readonly how: string;
}

/** What the page asks the worker of the last run, by type, and what it answers. */
export interface Inquiries {
  /** Parts of a value; `path` leads there by positions. There may come fewer than asked, but one. */
  readonly entries: {
    readonly asks: {
      readonly value: number;
      readonly path: readonly number[];
      readonly from: number;
      readonly to: number;
    };
    readonly answer: readonly Entry[];
  };
  /** Lines of a value as JSON. */
  readonly lines: {
    readonly asks: { readonly value: number; readonly from: number; readonly to: number };
    readonly answer: { readonly lines: readonly string[]; readonly total: number };
  };
  /** A part of a value as JSON, whole. */
  readonly text: {
    readonly asks: { readonly value: number; readonly path: readonly number[] };
    readonly answer: string;
  };
  /** Where the relations of a query come from. */
  readonly relations: {
    readonly asks: { readonly query: number };
    readonly answer: readonly Relation[];
  };
}

export type InquiryType = keyof Inquiries;
export type Inquiry = {
  [T in InquiryType]: { readonly type: T } & Inquiries[T]["asks"];
}[InquiryType];

/** One observed query. */
export interface QueryReport {
  readonly id: number;
  readonly sql: readonly string[];
  readonly params: readonly Shown[];
  readonly rows: number;
  readonly milliseconds: number;
  readonly problem?: Problem;
  readonly place?: Place;
}

/** What a step of a transaction is. */
export type StepKind =
  | "begin"
  | "begin immediate"
  | "begin exclusive"
  | "savepoint"
  | "statement"
  | "release"
  | "rollback to"
  | "commit"
  | "rollback";

/** Something that happened in a transaction, and what it did to the rows. */
export interface Step {
  /** Which transaction of the run. */
  readonly transaction: number;
  /** How deep in transactions it happened: 1 in one, 2 in its first savepoint. */
  readonly depth: number;
  readonly kind: StepKind;
  /** The query that a statement is. */
  readonly query?: number;
  /** Why the statement failed, or why it was rolled back. */
  readonly problem?: Problem;
  readonly tables: readonly TableChange[];
  /** Whether the steps after it are not told. */
  readonly last: boolean;
}

/** What a step did to the rows of a table. */
export interface TableChange {
  readonly table: string;
  readonly columns: readonly string[];
  /** How many rows there were before it, and after it. */
  readonly before: number;
  readonly after: number;
  readonly rows: readonly RowChange[];
  /** How many more rows were changed. */
  readonly more: number;
  /** False for large tables, whose rows are only counted. */
  readonly compared: boolean;
}

/** A row before and after; without the one it is new, without the other it is gone. */
export interface RowChange {
  readonly key: string;
  readonly before?: readonly Shown[];
  readonly after?: readonly Shown[];
}

/** The stages of one query, as `explain()` of the npm module tells them. */
export interface TraceReport {
  readonly ast: Shown;
  readonly bound: string;
  readonly plan: string;
  readonly statements: readonly TracedStatement[];
  readonly timings: readonly { readonly stage: string; readonly microseconds: number }[];
}

/** An index that would help a statement, and its plan with it. */
export interface IndexAdvice {
  readonly sql: string;
  readonly queryPlan: readonly string[];
}

export interface TracedStatement {
  readonly sql: string;
  readonly parameters: readonly Shown[];
  readonly queryPlan: readonly string[];
  readonly advice: readonly IndexAdvice[];
  readonly runs?: number;
  readonly rows?: number;
}

/** What the lab asks of its worker: the first migration of a folder, or work on a database. */
export type LabRequest =
  | { readonly verb: "begin"; readonly program: Program }
  | {
      readonly verb: "preview" | "apply";
      readonly program: Program;
      readonly bytes: Uint8Array;
      readonly options: MigrationOptions;
      readonly folder: Folder;
    }
  | { readonly verb: "undo"; readonly bytes: Uint8Array; readonly down: readonly string[] };

export interface LabAnswer {
  readonly report?: MigrationReport;
  /** The database as it has become. */
  readonly bytes?: Uint8Array;
  /** The migrations folder with what is new. */
  readonly folder?: Folder;
  readonly problem?: Problem;
}

/** What a schema declares, or why that cannot be told. */
export interface SchemaAnswer {
  readonly facts?: SchemaFacts;
  readonly problem?: Problem;
}

/** What panes ask of the worker of the last run. */
export type Question =
  | { readonly type: "keep" }
  | { readonly type: "explain"; readonly query: number }
  | { readonly type: "try"; readonly query: number; readonly sql: string };

export type ToWorker =
  | Question
  | { readonly type: "inquire"; readonly number: number; readonly inquiry: Inquiry }
  | { readonly type: "lab"; readonly request: LabRequest }
  | { readonly type: "describe"; readonly program: Program }
  | { readonly type: "run"; readonly program: Program };

export type FromWorker =
  | { readonly type: "kept"; readonly bytes: Uint8Array | undefined }
  | { readonly type: "lab"; readonly answer: LabAnswer }
  | { readonly type: "schema"; readonly answer: SchemaAnswer }
  | { readonly type: "ready" }
  | { readonly type: "answer"; readonly number: number; readonly answer: unknown }
  | { readonly type: "output"; readonly output: Output }
  | { readonly type: "query"; readonly query: QueryReport }
  | { readonly type: "step"; readonly step: Step }
  | {
      readonly type: "ddl";
      readonly statements: readonly string[];
      /** The same for PostgreSQL, or why there is none. */
      readonly postgres: readonly string[] | string;
    }
  | { readonly type: "finished"; readonly milliseconds: number; readonly failed: boolean }
  | { readonly type: "trace"; readonly query: number; readonly trace: TraceReport | Problem }
  | {
      readonly type: "tried";
      readonly query: number;
      readonly sql: string;
      readonly trace: TraceReport | Problem;
    };
