import type { Codec, SqlValue } from "../ast/value.js";

/**
 * How a column stores its values: its SQL type, and what goes in and comes out. The functions are
 * methods, so that a kind of some data is a kind of unknown data: columns keep the two apart.
 */
export interface ColumnKind<Data = unknown> {
  /** Drizzle's name of the kind, for example `SQLiteTimestamp`. */
  readonly columnType: string;
  readonly dataType:
    "number" | "string" | "boolean" | "bigint" | "date" | "json" | "buffer" | "array" | "custom";
  readonly sqlType: string;
  readonly codec: Codec;
  /** Absent when values are stored as they are. May give SQL. */
  encode?(value: Data): unknown;
  /** Only for the codec `custom`; null does not reach it. */
  decode?(stored: Exclude<SqlValue, null>): Data;
  /** Of arrays: how their elements stand in JSON. */
  readonly array?: {
    readonly toJson: (value: unknown) => unknown;
    readonly fromJson: (value: unknown) => unknown;
    /** What the elements are. */
    readonly of: ColumnKind;
    /** How many there are to be; SQLite does not check it. */
    readonly size: number | undefined;
  };
  /** Of vectors and bits: how many numbers they have; SQLite does not check it. */
  readonly dimensions?: number;
  /** Of texts: how long they may be; SQLite does not check it. */
  readonly length?: number;
  readonly enumValues?: readonly string[];
  /** The type in Postgres, where what is declared beyond the kind is a part of it. */
  readonly postgresType?: string;
}
