import { columnArguments, constantSql, milliseconds } from "./encode.js";
import type { ColumnKind } from "./kind.js";
import { DateTimeBuilder } from "./pg-builder.js";
import { nowMilliseconds, textKind } from "./sqlite-columns.js";

const nowText = constantSql("strftime('%Y-%m-%d %H:%M:%f', 'now')");
const todayMilliseconds = constantSql("unixepoch('now', 'start of day') * 1000");
const todayText = constantSql("date('now')");
const timeText = constantSql("time('now')");

/** The type in Postgres of a moment or a time of day. */
function typeOf(word: string, { precision, withTimezone }: TimeConfig): string {
  const digits = precision === undefined ? "" : `(${precision})`;
  return `${word}${digits}${withTimezone ? " WITH TIME ZONE" : ""}`;
}

const dateKind = (columnType: string): ColumnKind<Date> => ({
  columnType,
  dataType: "date",
  sqlType: "integer",
  codec: "timestamp_ms",
  encode: milliseconds,
});

type DateMode = "date" | "string";
type DateData<Mode extends DateMode> = Mode extends "date" ? Date : string;
/** How a moment is read, and what Postgres would keep of it. */
export interface TimestampConfig<Mode extends DateMode = DateMode> {
  /** The type in programs: `Date`, or the text as it is stored. */
  readonly mode?: Mode;
  /** For Postgres: the digits after the second. SQLite stores what it is given. */
  readonly precision?: number;
  /** For Postgres; stored as it is given. */
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
  const [name, config] = columnArguments(first, second);
  const postgresType = typeOf("TIMESTAMP", config);
  if (config.mode === "string") {
    const kind = { ...textKind("PgTimestampString"), postgresType };
    return new DateTimeBuilder(name, kind, { now: nowText });
  }
  const kind = { ...dateKind("PgTimestamp"), postgresType };
  return new DateTimeBuilder(name, kind, { now: nowMilliseconds });
}

/** How a day is read. */
export interface DateConfig<Mode extends DateMode = DateMode> {
  /** The type in programs: `Date`, or the text as it is stored. */
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

/** What Postgres would keep of a time of day. */
export interface TimeConfig {
  /** For Postgres: the digits after the second. SQLite stores what it is given. */
  readonly precision?: number;
  /** For Postgres; stored as it is given. */
  readonly withTimezone?: boolean;
}

/** A time of day, as text. */
export function time(first?: string | TimeConfig, second?: TimeConfig): DateTimeBuilder<string> {
  const [name, config] = columnArguments(first, second);
  const kind = { ...textKind("PgTime"), postgresType: typeOf("TIME", config) };
  return new DateTimeBuilder(name, kind, { now: timeText });
}
