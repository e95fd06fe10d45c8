import type { SelectDocument } from "./query-document.js";
import type { Codec, JsonValue } from "./value.js";

/** What happens to child rows when their parent is deleted or its key changes. */
export type ForeignKeyAction = "cascade" | "restrict" | "no action" | "set null" | "set default";

export interface ColumnDocument {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly codec: Codec;
  readonly notNull?: true;
  readonly primaryKey?: true;
  readonly autoincrement?: true;
  /** The name of the column's unique constraint. */
  readonly unique?: string;
  readonly default?: { readonly value: JsonValue } | { readonly sql: string };
  readonly generated?: { readonly sql: string; readonly mode: "virtual" | "stored" };
}

export interface KeyDocument {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface ForeignKeyDocument {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete?: ForeignKeyAction;
  readonly onUpdate?: ForeignKeyAction;
}

export interface IndexDocument {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly (string | { readonly sql: string })[];
  readonly where?: string;
}

/** What a view selects, or that it is there already. */
export type ViewDocument =
  { readonly query: SelectDocument } | { readonly sql: string } | { readonly existing: true };

/** A table, or with `view` a view, which has columns only. */
export interface TableDocument {
  readonly key: string;
  readonly name: string;
  readonly columns: readonly ColumnDocument[];
  readonly primaryKey?: KeyDocument;
  readonly uniques?: readonly KeyDocument[];
  readonly foreignKeys?: readonly ForeignKeyDocument[];
  readonly indexes?: readonly IndexDocument[];
  readonly checks?: readonly { readonly name: string; readonly sql: string }[];
  readonly withoutRowid?: true;
  readonly strict?: true;
  readonly view?: ViewDocument;
  /** Never created; its SQL name may be that of another one. */
  readonly existing?: true;
}

/** A junction table, with the columns that equal the relation's `fields` and `references`. */
export interface ThroughDocument {
  readonly table: string;
  readonly fields: readonly string[];
  readonly references: readonly string[];
}

export interface RelationDocument {
  readonly table: string;
  readonly name: string;
  readonly kind: "one" | "many";
  readonly target: string;
  readonly fields?: readonly string[];
  readonly references?: readonly string[];
  readonly through?: ThroughDocument;
  readonly relationName?: string;
}

/** Everything that exists, as the core reads it. Tables and columns are named by key. */
export interface SchemaDocument {
  readonly tables: readonly TableDocument[];
  readonly relations: readonly RelationDocument[];
}
