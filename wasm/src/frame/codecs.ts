import type { Codec, SqlValue } from "../ast/value.js";

type Stored = Exclude<SqlValue, null>;
/** Makes the value of a result from a stored one; null does not reach it. */
export type Decode = (stored: Stored) => unknown;

const utf8 = new TextDecoder();

const textOf = (stored: Stored): string =>
  stored instanceof Uint8Array ? utf8.decode(stored) : String(stored);

const bigintOf = (stored: Stored): bigint =>
  typeof stored === "number" ? BigInt(Math.trunc(stored)) : BigInt(textOf(stored));

const asStored: Decode = (stored) => stored;

/** The decoders of the codecs; `custom` belongs to the column and is not here. */
export const decoders: Readonly<Record<Exclude<Codec, "custom">, Decode>> = {
  integer: asStored,
  real: asStored,
  text: asStored,
  string: textOf,
  any: asStored,
  blob: asStored,
  bigint: bigintOf,
  boolean: (stored) => Number(stored) === 1,
  timestamp: (stored) => new Date(Number(stored) * 1000),
  timestamp_ms: (stored) => new Date(Number(stored)),
  json: (stored) => JSON.parse(textOf(stored)) as unknown,
  blob_json: (stored) => JSON.parse(textOf(stored)) as unknown,
  blob_bigint: bigintOf,
  numeric: textOf,
  numeric_number: Number,
  numeric_bigint: bigintOf,
};

/** Codecs whose values are as stored, so that no function is called for them. */
export function isPlain(codec: Codec): boolean {
  return codec !== "custom" && decoders[codec] === asStored;
}
