import { ColumnBuilder, DateTimeBuilder, type HasDefault, type NotNull } from "./column-builder.js";
import { columnArguments, constantSql, encodeJson, milliseconds } from "./encode.js";
import type { ColumnKind } from "./kind.js";
import { nowMilliseconds, textKind } from "./sqlite-columns.js";

// Postgres columns on SQLite: the same programs, stored as SQLite stores such values best.

const number = (columnType: string, sqlType: "integer" | "real"): ColumnKind<number> => ({
  columnType,
  dataType: "number",
  sqlType,
  codec: sqlType,
});

const bigints = (columnType: string): ColumnKind<bigint> => ({
  columnType,
  dataType: "bigint",
  sqlType: "integer",
  codec: "bigint",
});

export type Serial<Data> = HasDefault<NotNull<ColumnBuilder<Data>>>;

function serialOf<Data>(name: string, kind: ColumnKind<Data>): Serial<Data> {
  return new ColumnBuilder<Data>(name, kind, { notNull: true, serial: true }) as Serial<Data>;
}

/** A number that the database counts up. Must be the primary key. */
export function serial(name = ""): Serial<number> {
  return serialOf(name, number("PgSerial", "integer"));
}

export function smallserial(name = ""): Serial<number> {
  return serialOf(name, number("PgSmallSerial", "integer"));
}

type WideMode = "number" | "bigint";
export interface WideConfig<Mode extends WideMode = WideMode> {
  readonly mode: Mode;
}
type WideData<Mode extends WideMode> = Mode extends "bigint" ? bigint : number;

export function bigserial<const Mode extends WideMode>(
  config: WideConfig<Mode>,
): Serial<WideData<Mode>>;
export function bigserial<const Mode extends WideMode>(
  name: string,
  config: WideConfig<Mode>,
): Serial<WideData<Mode>>;
export function bigserial(first: string | WideConfig, second?: WideConfig): Serial<unknown> {
  const [name, { mode }] = columnArguments(first, second);
  return mode === "bigint"
    ? serialOf<unknown>(name, bigints("PgBigSerial64"))
    : serialOf<unknown>(name, number("PgBigSerial53", "integer"));
}

/** An integer that may be an identity column. */
export class IdentityBuilder<Data> extends ColumnBuilder<Data> {
  /** A number that the database counts up. Must be the primary key; the options are for Postgres. */
  generatedAlwaysAsIdentity(_options?: object): HasDefault<NotNull<this>> {
    return this.with({ notNull: true, serial: true }) as HasDefault<NotNull<this>>;
  }

  /** As `generatedAlwaysAsIdentity`: SQLite takes given numbers in both cases. */
  generatedByDefaultAsIdentity(options?: object): HasDefault<NotNull<this>> {
    return this.generatedAlwaysAsIdentity(options);
  }
}

export function integer(name = ""): IdentityBuilder<number> {
  return new IdentityBuilder(name, number("PgInteger", "integer"));
}

export function smallint(name = ""): IdentityBuilder<number> {
  return new IdentityBuilder(name, number("PgSmallInt", "integer"));
}

/** A 64-bit integer, as a number or as a bigint. */
export function bigint<const Mode extends WideMode>(
  config: WideConfig<Mode>,
): IdentityBuilder<WideData<Mode>>;
export function bigint<const Mode extends WideMode>(
  name: string,
  config: WideConfig<Mode>,
): IdentityBuilder<WideData<Mode>>;
export function bigint(
  first: string | WideConfig,
  second?: WideConfig,
): IdentityBuilder<bigint> | IdentityBuilder<number> {
  const [name, { mode }] = columnArguments(first, second);
  return mode === "bigint"
    ? new IdentityBuilder(name, bigints("PgBigInt64"))
    : new IdentityBuilder(name, number("PgBigInt53", "integer"));
}

export function boolean(name = ""): ColumnBuilder<boolean> {
  return new ColumnBuilder(name, {
    columnType: "PgBoolean",
    dataType: "boolean",
    sqlType: "integer",
    codec: "boolean",
    encode: (value) => (value ? 1 : 0),
  });
}

export function real(name = ""): ColumnBuilder<number> {
  return new ColumnBuilder(name, number("PgReal", "real"));
}

export function doublePrecision(name = ""): ColumnBuilder<number> {
  return new ColumnBuilder(name, number("PgDoublePrecision", "real"));
}

type NumericMode = "string" | "number" | "bigint";
export interface NumericConfig<Mode extends NumericMode = NumericMode> {
  readonly precision?: number;
  readonly scale?: number;
  readonly mode?: Mode;
}
type NumericData<Mode extends NumericMode> = {
  string: string;
  number: number;
  bigint: bigint;
}[Mode];

/**
 * A decimal number. SQLite stores it as a number, so that it compares and adds up as one; with a
 * `scale` the text has that many decimals, as in Postgres.
 */
export function numeric<const Mode extends NumericMode = "string">(
  config?: NumericConfig<Mode>,
): ColumnBuilder<NumericData<Mode>>;
export function numeric<const Mode extends NumericMode = "string">(
  name: string,
  config?: NumericConfig<Mode>,
): ColumnBuilder<NumericData<Mode>>;
export function numeric(first?: string | NumericConfig, second?: NumericConfig): ColumnBuilder {
  const [name, { mode = "string", scale }] = columnArguments(first, second);
  const kind = { sqlType: "numeric", encode: String } as const;
  if (mode === "number")
    return new ColumnBuilder(name, {
      ...kind,
      columnType: "PgNumericNumber",
      dataType: "number",
      codec: "numeric_number",
    });
  if (mode === "bigint")
    return new ColumnBuilder(name, {
      ...kind,
      columnType: "PgNumericBigInt",
      dataType: "bigint",
      codec: "numeric_bigint",
    });
  const strings = { ...kind, columnType: "PgNumeric", dataType: "string" } as const;
  return new ColumnBuilder<string>(
    name,
    scale === undefined
      ? { ...strings, codec: "numeric" }
      : { ...strings, codec: "custom", decode: (stored) => withScale(String(stored), scale) },
  );
}

export { numeric as decimal };

/** A decimal text with exactly `scale` decimals; an exponent stays as it is. */
function withScale(text: string, scale: number): string {
  const [whole = "", decimals = ""] = text.split(".");
  if (!/^-?\d+$/.test(whole) || !/^\d*$/.test(decimals)) return text;
  if (decimals.length > scale) return Number(text).toFixed(scale);
  return scale === 0 ? whole : `${whole}.${decimals.padEnd(scale, "0")}`;
}

export interface TextConfig<Enum extends readonly string[] = readonly string[]> {
  readonly length?: number;
  readonly enum?: Enum;
}

function strings(columnType: string, sqlName: string) {
  function column<const Enum extends readonly string[] = readonly string[]>(
    config?: TextConfig<Enum>,
  ): ColumnBuilder<Enum[number]>;
  function column<const Enum extends readonly string[] = readonly string[]>(
    name: string,
    config?: TextConfig<Enum>,
  ): ColumnBuilder<Enum[number]>;
  function column(first?: string | TextConfig, second?: TextConfig): ColumnBuilder {
    const [name, config] = columnArguments(first, second);
    const kind = textKind(columnType, undefined, config.enum);
    const sqlType = config.length === undefined ? sqlName : `${sqlName}(${config.length})`;
    return new ColumnBuilder<string>(name, { ...kind, sqlType });
  }
  return column;
}

export const text = strings("PgText", "text");
export const varchar = strings("PgVarchar", "varchar");
export const char = strings("PgChar", "char");

export class UuidBuilder extends ColumnBuilder<string> {
  /** A random UUID, made when the row is inserted. */
  defaultRandom(): HasDefault<this> {
    return this.$defaultFn(randomUuid as never);
  }
}

/** A version 4 UUID. `crypto.randomUUID` is missing on pages that are not served securely. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

export function uuid(name = ""): UuidBuilder {
  return new UuidBuilder(name, textKind("PgUUID"));
}

/** A length of time, as text. */
export function interval(name = ""): ColumnBuilder<string> {
  return new ColumnBuilder(name, textKind("PgInterval"));
}

/** Any value, as JSON. */
export function json(name = ""): ColumnBuilder<unknown> {
  return new ColumnBuilder(name, jsonKind("PgJson"));
}

export function jsonb(name = ""): ColumnBuilder<unknown> {
  return new ColumnBuilder(name, jsonKind("PgJsonb"));
}

const jsonKind = (columnType: string): ColumnKind => ({
  columnType,
  dataType: "json",
  sqlType: "text",
  codec: "json",
  encode: encodeJson,
});

/** A closed set of strings; the result makes columns and carries the values. */
export function pgEnum<const Values extends readonly [string, ...string[]]>(
  enumName: string,
  values: Values,
) {
  const column = (name = ""): ColumnBuilder<Values[number]> =>
    new ColumnBuilder<string>(name, textKind("PgEnumColumn", undefined, values)) as ColumnBuilder<
      Values[number]
    >;
  return Object.assign(column, { enumName, enumValues: values });
}

// ---- dates and times

const nowText = constantSql("strftime('%Y-%m-%d %H:%M:%f', 'now')");
const todayMilliseconds = constantSql("unixepoch('now', 'start of day') * 1000");
const todayText = constantSql("date('now')");
const timeText = constantSql("time('now')");

const dateKind = (columnType: string): ColumnKind<Date> => ({
  columnType,
  dataType: "date",
  sqlType: "integer",
  codec: "timestamp_ms",
  encode: milliseconds,
});

type DateMode = "date" | "string";
type DateData<Mode extends DateMode> = Mode extends "date" ? Date : string;
export interface TimestampConfig<Mode extends DateMode = DateMode> {
  readonly mode?: Mode;
  readonly precision?: number;
  readonly withTimezone?: boolean;
}

/** A moment: a Date, stored as milliseconds, or in the mode `string` a text as it is written. */
export function timestamp<const Mode extends DateMode = "date">(
  config?: TimestampConfig<Mode>,
): DateTimeBuilder<DateData<Mode>>;
export function timestamp<const Mode extends DateMode = "date">(
  name: string,
  config?: TimestampConfig<Mode>,
): DateTimeBuilder<DateData<Mode>>;
export function timestamp(
  first?: string | TimestampConfig,
  second?: TimestampConfig,
): DateTimeBuilder<Date> | DateTimeBuilder<string> {
  const [name, { mode = "date" }] = columnArguments(first, second);
  return mode === "date"
    ? new DateTimeBuilder(name, dateKind("PgTimestamp"), { now: nowMilliseconds })
    : new DateTimeBuilder(name, textKind("PgTimestampString"), { now: nowText });
}

export interface DateConfig<Mode extends DateMode = DateMode> {
  readonly mode?: Mode;
}

/** A day: a text such as 2026-03-01, or in the mode `date` a Date. */
export function date<const Mode extends DateMode = "string">(
  config?: DateConfig<Mode>,
): DateTimeBuilder<DateData<Mode>>;
export function date<const Mode extends DateMode = "string">(
  name: string,
  config?: DateConfig<Mode>,
): DateTimeBuilder<DateData<Mode>>;
export function date(
  first?: string | DateConfig,
  second?: DateConfig,
): DateTimeBuilder<Date> | DateTimeBuilder<string> {
  const [name, { mode = "string" }] = columnArguments(first, second);
  return mode === "date"
    ? new DateTimeBuilder(name, dateKind("PgDate"), { now: todayMilliseconds })
    : new DateTimeBuilder(name, textKind("PgDateString"), { now: todayText });
}

/** A time of day, as text. */
export function time(
  first?: string | { readonly precision?: number; readonly withTimezone?: boolean },
): DateTimeBuilder<string> {
  const name = typeof first === "string" ? first : "";
  return new DateTimeBuilder(name, textKind("PgTime"), { now: timeText });
}
