import { VirgaError } from "../base/error.js";

/** The arguments of a column function: a name and a configuration, each optional. */
export function columnArguments<Config extends object>(
  first: string | Config | undefined,
  second: Config | undefined,
): [name: string, config: Partial<Config>] {
  return typeof first === "string" ? [first, second ?? {}] : ["", first ?? second ?? {}];
}

/** Milliseconds since 1970; a wrong type or an invalid date would be stored as something else. */
export function milliseconds(value: Date): number {
  const time = value instanceof Date ? value.getTime() : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new VirgaError({
    code: "invalid_value",
    message: `A column of dates takes a valid Date, not ${String(value)}.`,
  });
}

const utf8 = new TextEncoder();

export const encodeBytes = (text: string): Uint8Array => utf8.encode(text);

/** JSON text; `undefined` and functions have none. */
export function encodeJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text !== undefined) return text;
  throw new VirgaError({
    code: "invalid_value",
    message: `A JSON column takes what JSON can say, not ${typeof value}.`,
  });
}

/** SQL of a table declaration that is only text. */
export function constantSql(text: string) {
  const sql = { tree: { kind: "text", text }, getSQL: () => sql } as const;
  return sql;
}
