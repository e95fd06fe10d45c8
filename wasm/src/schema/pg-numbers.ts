import type { HasDefault, NotNull } from "./column-builder.js";
import { columnArguments } from "./encode.js";
import type { ColumnKind } from "./kind.js";
import { IdentityBuilder, PgColumnBuilder } from "./pg-builder.js";

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

const wideStrings = (columnType: string): ColumnKind<string> => ({
  columnType,
  dataType: "string",
  sqlType: "integer",
  codec: "string",
  encode: BigInt,
});

/** A column that the database counts up. */
export type Serial<Data> = HasDefault<NotNull<PgColumnBuilder<Data>>>;

function serialOf<Data>(name: string, kind: ColumnKind<Data>): Serial<Data> {
  return new PgColumnBuilder<Data>(name, kind, { notNull: true, serial: true }) as Serial<Data>;
}

/** A number that the database counts up. Must be the primary key. */
export function serial(name = ""): Serial<number> {
  return serialOf(name, number("PgSerial", "integer"));
}

/** As `serial`. */
export function smallserial(name = ""): Serial<number> {
  return serialOf(name, number("PgSmallSerial", "integer"));
}

type WideMode = "number" | "bigint" | "string";
/** How a 64-bit integer is read. */
export interface WideConfig<Mode extends WideMode = WideMode> {
  /** The type in programs. A `number` is exact up to 2^53, the others always. */
  readonly mode: Mode;
}
type WideData<Mode extends WideMode> = { number: number; bigint: bigint; string: string }[Mode];

/** As `serial`, with 64 bits. */
export function bigserial<const Mode extends WideMode>(
  config: WideConfig<Mode>,
): Serial<WideData<Mode>>;
/** As `serial`, with 64 bits. */
export function bigserial<const Mode extends WideMode>(
  name: string,
  config: WideConfig<Mode>,
): Serial<WideData<Mode>>;
export function bigserial(first: string | WideConfig, second?: WideConfig): Serial<unknown> {
  const [name, { mode }] = columnArguments(first, second);
  if (mode === "bigint") return serialOf<unknown>(name, bigints("PgBigSerial64"));
  if (mode === "string") return serialOf<unknown>(name, wideStrings("PgBigSerialString"));
  return serialOf<unknown>(name, number("PgBigSerial53", "integer"));
}

/** An integer. */
export function integer(name = ""): IdentityBuilder<number> {
  return new IdentityBuilder(name, number("PgInteger", "integer"));
}

/** An integer; SQLite does not check its size. */
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
export function bigint(first: string | WideConfig, second?: WideConfig): IdentityBuilder<unknown> {
  const [name, { mode }] = columnArguments(first, second);
  if (mode === "bigint") return new IdentityBuilder<unknown>(name, bigints("PgBigInt64"));
  if (mode === "string") return new IdentityBuilder<unknown>(name, wideStrings("PgBigIntString"));
  return new IdentityBuilder<unknown>(name, number("PgBigInt53", "integer"));
}

/** True or false, stored as 1 or 0. */
export function boolean(name = ""): PgColumnBuilder<boolean> {
  return new PgColumnBuilder(name, {
    columnType: "PgBoolean",
    dataType: "boolean",
    sqlType: "integer",
    codec: "boolean",
    encode: (value) => (value ? 1 : 0),
  });
}

/** A floating-point number of 64 bits. */
export function real(name = ""): PgColumnBuilder<number> {
  return new PgColumnBuilder(name, number("PgReal", "real"));
}

/** A floating-point number of 64 bits. */
export function doublePrecision(name = ""): PgColumnBuilder<number> {
  return new PgColumnBuilder(name, number("PgDoublePrecision", "real"));
}

type NumericMode = "string" | "number" | "bigint";
/** How a decimal number is read and written. */
export interface NumericConfig<Mode extends NumericMode = NumericMode> {
  /** For Postgres: how many digits there are in all. */
  readonly precision?: number;
  /** How many decimals the text has. */
  readonly scale?: number;
  /** The type in programs: `string` unless another is named. */
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
): PgColumnBuilder<NumericData<Mode>>;
export function numeric<const Mode extends NumericMode = "string">(
  name: string,
  config?: NumericConfig<Mode>,
): PgColumnBuilder<NumericData<Mode>>;
export function numeric(first?: string | NumericConfig, second?: NumericConfig): PgColumnBuilder {
  const [name, { mode = "string", precision, scale }] = columnArguments(first, second);
  const digits =
    precision === undefined ? [] : [precision, ...(scale === undefined ? [] : [scale])];
  const postgresType = digits.length > 0 ? `NUMERIC(${digits.join(", ")})` : "NUMERIC";
  const kind = { sqlType: "numeric", encode: String, postgresType } as const;
  if (mode === "number")
    return new PgColumnBuilder(name, {
      ...kind,
      columnType: "PgNumericNumber",
      dataType: "number",
      codec: "numeric_number",
    });
  if (mode === "bigint")
    return new PgColumnBuilder(name, {
      ...kind,
      columnType: "PgNumericBigInt",
      dataType: "bigint",
      codec: "numeric_bigint",
    });
  const strings = { ...kind, columnType: "PgNumeric", dataType: "string" } as const;
  return new PgColumnBuilder<string>(
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
