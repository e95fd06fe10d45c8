import type { HasDefault, OfKind } from "./column-builder.js";
import { columnArguments, encodeJson } from "./encode.js";
import type { ColumnKind } from "./kind.js";
import { PgColumnBuilder } from "./pg-builder.js";
import { textKind } from "./sqlite-columns.js";

/** What is known of the texts of a column. */
export interface TextConfig<Enum extends readonly string[] = readonly string[]> {
  /** How long they may be; SQLite does not check it. */
  readonly length?: number;
  /** The values that the types allow. */
  readonly enum?: Enum;
}

function strings(columnType: string, sqlName: string) {
  function column<const Enum extends readonly string[] = readonly string[]>(
    config?: TextConfig<Enum>,
  ): PgColumnBuilder<Enum[number]>;
  function column<const Enum extends readonly string[] = readonly string[]>(
    name: string,
    config?: TextConfig<Enum>,
  ): PgColumnBuilder<Enum[number]>;
  function column(first?: string | TextConfig, second?: TextConfig): PgColumnBuilder {
    const [name, config] = columnArguments(first, second);
    const kind = textKind(columnType, config.length, config.enum);
    const sqlType = config.length === undefined ? sqlName : `${sqlName}(${config.length})`;
    return new PgColumnBuilder<string>(name, { ...kind, sqlType });
  }
  return column;
}

/** Text. */
export const text = strings("PgText", "text");
/** Text of at most `length` characters, which SQLite does not check. */
export const varchar = strings("PgVarchar", "varchar");
/** Text of `length` characters, which SQLite does not check or fill. */
export const char = strings("PgChar", "char");

/** A column of UUIDs. */
export class UuidBuilder extends PgColumnBuilder<string> {
  declare readonly _: PgColumnBuilder<string>["_"] & { readonly columnType: "PgUUID" };

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

/** A UUID, as text. */
export function uuid(name = ""): UuidBuilder {
  return new UuidBuilder(name, textKind("PgUUID"));
}

/** What Postgres would keep of a length of time. */
export interface IntervalConfig {
  /** Its fields, for example `day to second`. */
  readonly fields?: string;
  /** The digits after the second. */
  readonly precision?: number;
}

/** A length of time, as text. */
export function interval(
  first?: string | IntervalConfig,
  second?: IntervalConfig,
): PgColumnBuilder<string> {
  const [name, { fields, precision }] = columnArguments(first, second);
  const words = ["INTERVAL", fields?.toUpperCase()].filter(Boolean).join(" ");
  const postgresType = precision === undefined ? words : `${words}(${precision})`;
  return new PgColumnBuilder(name, { ...textKind("PgInterval"), postgresType });
}

const jsonColumn = <Kind extends string>(columnType: Kind) =>
  function column(name = ""): OfKind<PgColumnBuilder<unknown>, Kind> {
    const kind: ColumnKind = {
      columnType,
      dataType: "json",
      sqlType: "text",
      codec: "json",
      encode: encodeJson,
    };
    return new PgColumnBuilder(name, kind) as OfKind<PgColumnBuilder<unknown>, Kind>;
  };

/** Any value, as JSON. */
export const json = jsonColumn("PgJson");
/** As `json`. */
export const jsonb = jsonColumn("PgJsonb");

const plainText = (columnType: string) =>
  function column(name = ""): PgColumnBuilder<string> {
    return new PgColumnBuilder(name, textKind(columnType));
  };

/** A network address, as text. */
export const cidr = plainText("PgCidr");
/** A host address, as text. */
export const inet = plainText("PgInet");
/** A MAC address, as text. */
export const macaddr = plainText("PgMacaddr");
/** A MAC address of eight bytes, as text. */
export const macaddr8 = plainText("PgMacaddr8");

/** Bytes. */
export function bytea(name = ""): OfKind<PgColumnBuilder<Uint8Array>, "PgJson"> {
  const kind = { columnType: "PgBytea", dataType: "buffer", sqlType: "blob", codec: "blob" };
  const made = new PgColumnBuilder(name, kind as ColumnKind<Uint8Array>);
  return made as OfKind<typeof made, "PgJson">;
}
