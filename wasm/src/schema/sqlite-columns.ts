import {
  ColumnBuilder,
  IntegerBuilder,
  type HasDefault,
  type Named,
  type OfKind,
} from "./column-builder.js";
import { columnArguments, constantSql, encodeBytes, encodeJson, milliseconds } from "./encode.js";
import type { ColumnKind } from "./kind.js";

const integerKind: ColumnKind<number> = {
  columnType: "SQLiteInteger",
  dataType: "number",
  sqlType: "integer",
  codec: "integer",
};

const bigintKind: ColumnKind<bigint> = {
  columnType: "SQLiteInteger64",
  dataType: "bigint",
  sqlType: "integer",
  codec: "bigint",
};

const booleanKind: ColumnKind<boolean> = {
  columnType: "SQLiteBoolean",
  dataType: "boolean",
  sqlType: "integer",
  codec: "boolean",
  encode: (value) => (value ? 1 : 0),
};

const timestampKind: ColumnKind<Date> = {
  columnType: "SQLiteTimestamp",
  dataType: "date",
  sqlType: "integer",
  codec: "timestamp",
  encode: (value) => Math.floor(milliseconds(value) / 1000),
};

const timestampMsKind: ColumnKind<Date> = {
  ...timestampKind,
  codec: "timestamp_ms",
  encode: milliseconds,
};

const nowSeconds = constantSql("unixepoch()");
/** Milliseconds by the clock of the database; the product is rounded because 'subsec' is a real. */
export const nowMilliseconds = constantSql("cast(round(unixepoch('subsec') * 1000) as integer)");

/** A column of dates that is stored as a number. */
export class TimestampBuilder extends IntegerBuilder<Date> {
  /** The moment of the insert, by the clock of the database, in the unit of the column's mode. */
  defaultNow(): HasDefault<this> {
    return this.with({ default: this.config.now }) as HasDefault<this>;
  }
}

type IntegerMode = "number" | "boolean" | "timestamp" | "timestamp_ms" | "bigint";
/** How an integer is read. */
export interface IntegerConfig<Mode extends IntegerMode = IntegerMode> {
  /** The type in programs. */
  readonly mode?: Mode;
}
type IntegerBuilderOf<Mode extends IntegerMode> = {
  number: IntegerBuilder<number>;
  boolean: IntegerBuilder<boolean>;
  timestamp: TimestampBuilder;
  timestamp_ms: TimestampBuilder;
  bigint: IntegerBuilder<bigint>;
}[Mode];

/**
 * An INTEGER column: numbers, booleans, dates (as seconds or milliseconds), or 64-bit integers as
 * bigint. In the mode `number`, values beyond 2^53 come out as bigint instead of being rounded.
 */
export function integer<const Mode extends IntegerMode = "number">(
  config?: IntegerConfig<Mode>,
): IntegerBuilderOf<Mode>;
export function integer<const Name extends string, const Mode extends IntegerMode = "number">(
  name: Name,
  config?: IntegerConfig<Mode>,
): Named<IntegerBuilderOf<Mode>, Name>;
export function integer(first?: string | IntegerConfig, second?: IntegerConfig): ColumnBuilder {
  const [name, { mode = "number" }] = columnArguments(first, second);
  switch (mode) {
    case "number":
      return new IntegerBuilder(name, integerKind);
    case "boolean":
      return new IntegerBuilder(name, booleanKind);
    case "timestamp":
      return new TimestampBuilder(name, timestampKind, { now: nowSeconds });
    case "timestamp_ms":
      return new TimestampBuilder(name, timestampMsKind, { now: nowMilliseconds });
    case "bigint":
      return new IntegerBuilder(name, bigintKind);
  }
}

export { integer as int };

/** What is known of the texts of a column. */
export interface TextConfig<Enum extends readonly string[] = readonly string[]> {
  /** The type in programs: a string. */
  readonly mode?: "text";
  /** How long the texts may be; SQLite does not check it. */
  readonly length?: number;
  /** The only values by type; not checked at run time. */
  readonly enum?: Enum;
}
/** Says that the text is JSON. */
export interface JsonConfig {
  /** The type in programs: whatever JSON can say. */
  readonly mode: "json";
}
type AnyTextConfig = Omit<TextConfig, "mode"> & { readonly mode?: "text" | "json" };

const jsonTextKind: ColumnKind = {
  columnType: "SQLiteTextJson",
  dataType: "json",
  sqlType: "text",
  codec: "json",
  encode: encodeJson,
};

/** A TEXT column: strings, a union of strings, or any value as JSON. */
export function text<const Name extends string>(
  name: Name,
  config: JsonConfig,
): Named<OfKind<ColumnBuilder<unknown>, "SQLiteTextJson">, Name>;
export function text(config: JsonConfig): OfKind<ColumnBuilder<unknown>, "SQLiteTextJson">;
export function text<
  const Name extends string,
  const Enum extends readonly string[] = readonly string[],
>(name: Name, config?: TextConfig<Enum>): Named<ColumnBuilder<Enum[number]>, Name>;
export function text<const Enum extends readonly string[] = readonly string[]>(
  config?: TextConfig<Enum>,
): ColumnBuilder<Enum[number]>;
export function text(
  first?: string | TextConfig | JsonConfig,
  second?: TextConfig | JsonConfig,
): ColumnBuilder {
  const [name, config] = columnArguments<AnyTextConfig>(first, second);
  if (config.mode === "json") return new ColumnBuilder(name, jsonTextKind);
  return new ColumnBuilder<string>(name, textKind("SQLiteText", config.length, config.enum));
}

/** The kind of a column of strings. */
export function textKind(
  columnType: string,
  length?: number,
  enumValues?: readonly string[],
): ColumnKind<string> {
  return {
    columnType,
    dataType: "string",
    sqlType: length === undefined ? "text" : `text(${length})`,
    codec: "text",
    ...(length !== undefined && { length }),
    ...(enumValues && { enumValues }),
  };
}

const blobKind: ColumnKind<Uint8Array> = {
  columnType: "SQLiteBlobBuffer",
  dataType: "buffer",
  sqlType: "blob",
  codec: "blob",
};

const blobJsonKind: ColumnKind = {
  columnType: "SQLiteBlobJson",
  dataType: "json",
  sqlType: "blob",
  codec: "blob_json",
  encode: (value) => encodeBytes(encodeJson(value)),
};

const blobBigintKind: ColumnKind<bigint> = {
  columnType: "SQLiteBigInt",
  dataType: "bigint",
  sqlType: "blob",
  codec: "blob_bigint",
  encode: (value) => encodeBytes(String(value)),
};

type BlobMode = "buffer" | "json" | "bigint";
/** How bytes are read. */
export interface BlobConfig<Mode extends BlobMode = BlobMode> {
  /** The type in programs. */
  readonly mode?: Mode;
}
// Under the name of JSON, drizzle-zod takes bytes as they are: it describes other objects by their
// members.
type BlobBuilder<Mode extends BlobMode> = {
  buffer: OfKind<ColumnBuilder<Uint8Array>, "SQLiteBlobJson">;
  json: OfKind<ColumnBuilder<unknown>, "SQLiteBlobJson">;
  bigint: ColumnBuilder<bigint>;
}[Mode];

/** A BLOB column: bytes (a Buffer where the host has them), JSON, or a bigint of any size. */
export function blob<const Mode extends BlobMode = "buffer">(
  config?: BlobConfig<Mode>,
): BlobBuilder<Mode>;
export function blob<const Name extends string, const Mode extends BlobMode = "buffer">(
  name: Name,
  config?: BlobConfig<Mode>,
): Named<BlobBuilder<Mode>, Name>;
export function blob(first?: string | BlobConfig, second?: BlobConfig): ColumnBuilder {
  const [name, { mode = "buffer" }] = columnArguments(first, second);
  if (mode === "json") return new ColumnBuilder(name, blobJsonKind);
  if (mode === "bigint") return new ColumnBuilder(name, blobBigintKind);
  return new ColumnBuilder(name, blobKind);
}

const numericKinds: { readonly [Mode in NumericMode]: ColumnKind<NumericData<Mode>> } = {
  string: { columnType: "SQLiteNumeric", dataType: "string", sqlType: "numeric", codec: "numeric" },
  number: {
    columnType: "SQLiteNumericNumber",
    dataType: "number",
    sqlType: "numeric",
    codec: "numeric_number",
    encode: String,
  },
  bigint: {
    columnType: "SQLiteNumericBigInt",
    dataType: "bigint",
    sqlType: "numeric",
    codec: "numeric_bigint",
    encode: String,
  },
};

type NumericMode = "string" | "number" | "bigint";
/** How a decimal number is read. */
export interface NumericConfig<Mode extends NumericMode = NumericMode> {
  /** The type in programs. */
  readonly mode?: Mode;
}
type NumericData<Mode extends NumericMode> = {
  string: string;
  number: number;
  bigint: bigint;
}[Mode];

/** A NUMERIC column: SQLite keeps an integer or a real, whichever the value is. */
export function numeric<const Mode extends NumericMode = "string">(
  config?: NumericConfig<Mode>,
): ColumnBuilder<NumericData<Mode>>;
export function numeric<const Name extends string, const Mode extends NumericMode = "string">(
  name: Name,
  config?: NumericConfig<Mode>,
): Named<ColumnBuilder<NumericData<Mode>>, Name>;
export function numeric(first?: string | NumericConfig, second?: NumericConfig): ColumnBuilder {
  const [name, { mode = "string" }] = columnArguments(first, second);
  return new ColumnBuilder<unknown>(name, numericKinds[mode]);
}

const realKind: ColumnKind<number> = {
  columnType: "SQLiteReal",
  dataType: "number",
  sqlType: "real",
  codec: "real",
};

/** A REAL column: 64-bit floating point numbers. */
export function real(): ColumnBuilder<number>;
export function real<const Name extends string>(name: Name): Named<ColumnBuilder<number>, Name>;
export function real(name?: string): ColumnBuilder<number> {
  return new ColumnBuilder(name ?? "", realKind);
}
