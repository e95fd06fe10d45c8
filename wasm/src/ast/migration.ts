import type { SchemaDocument } from "./schema-document.js";

/** What new names were before: the old name of each, or null for what is really new. */
export interface RenameAnswers {
  /** Tables, by their new name. */
  readonly tables?: Readonly<Record<string, string | null>>;
  /** Columns, by the new name of their table and their own. Names are those of SQL. */
  readonly columns?: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
}

/** How to migrate. */
export interface MigrationOptions {
  /** Answers to questions; those that nothing asks for are ignored, so that they may stay. */
  readonly answers?: RenameAnswers;
  /** Tables (`"users"`) and columns (`"users.email"`) whose values may be lost. */
  readonly allow?: readonly string[];
  /** Tables that are not the schema's and stay as they are. */
  readonly without?: readonly string[];
  /**
   * Whether the statements are for a runner that runs them inside a transaction with enforced
   * foreign keys, as Drizzle's does: then tables that refer to a rebuilt one are rebuilt with it.
   */
  readonly inTransaction?: boolean;
}

/** A name that came while others went. Whether it was one of them is never guessed. */
export interface RenameQuestion {
  /** Of what the name is. */
  readonly kind: "table" | "column";
  /** Whose column it is. */
  readonly table?: string;
  /** The name that came. */
  readonly created: string;
  /** The names that went. */
  readonly candidates: readonly string[];
}

/** What a change changes. */
export type ChangeKind =
  | `${"create" | "drop" | "rename"} table`
  | "table options"
  | `${"add" | "drop" | "rename"} column`
  | `column ${"type" | "default" | "not null" | "generated"}`
  | "primary key"
  | `${"add" | "drop"} ${"unique" | "foreign key" | "check"}`
  | `${"create" | "drop"} ${"index" | "view"}`;

/** One difference between the database and the schema. */
export interface SchemaChange {
  /** What is changed. */
  readonly kind: ChangeKind;
  /** The table or view. */
  readonly table: string;
  /** Of the column, constraint or index. */
  readonly name?: string;
  /** The name before a rename. */
  readonly former?: string;
  /** The change as a sentence. */
  readonly words: string;
  /** What cannot come back once it is done. */
  readonly loss?: string;
}

/** A part of the work, in words and SQL. */
export interface MigrationStep {
  /** What is done, as a sentence. */
  readonly words: string;
  /** The statements that do it. */
  readonly sql: readonly string[];
}

/** The way to a schema and back, rehearsed on an empty copy of the database. */
export interface Migration {
  /** When there are some, nothing else is here. */
  readonly questions: readonly RenameQuestion[];
  /** The differences. */
  readonly changes: readonly SchemaChange[];
  /** The work, in its order. */
  readonly steps: readonly MigrationStep[];
  /** The statements of all steps. */
  readonly up: readonly string[];
  /** The statements that lead back. */
  readonly down: readonly string[];
  /** What `down` does not bring back, and why. */
  readonly irreversible: readonly string[];
}

/** Rows that lose values by a change, or are in its way. */
export interface RowsAtRisk {
  /** The name for `allow`: a table or a column. */
  readonly name: string;
  /** What becomes of the rows, as a sentence. */
  readonly words: string;
  /** False when the rows have to be changed first. */
  readonly canBeAllowed: boolean;
  /** Whether `allow` names it. */
  readonly allowed: boolean;
  /** How many rows. */
  readonly rows: number;
  /** The keys of the first of them. */
  readonly sample: readonly string[];
}

/** A migration and the rows that it hurts. */
export interface MigrationReport extends Migration {
  /** The rows that lose values, or are in the way. */
  readonly risks: readonly RowsAtRisk[];
}

/** What a database holds. Keys are names; columns have no codecs. */
export interface IntrospectedSchema {
  /** The tables and views. */
  readonly schema: SchemaDocument;
  /** The triggers, as SQLite keeps them. */
  readonly triggers: readonly {
    readonly name: string;
    readonly table: string;
    readonly sql: string;
  }[];
  /** Names of virtual tables. */
  readonly virtualTables: readonly string[];
}
