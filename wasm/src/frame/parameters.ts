import type { SqlValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";
import type { Memory } from "./frame.js";

const tag = { null: 0, integer: 1, int64: 2, real: 3, text: 4, blob: 5 } as const;
const utf8 = new TextEncoder();
const loneSurrogate = /\p{Surrogate}/u;
const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** Texts of fewer UTF-16 units are written unit by unit: the encoder costs more to call. */
const shortText = 24;

/** How many bytes the parameter block of these values has at most. */
export function parameterBytes(values: readonly SqlValue[]): number {
  let length = 4 + values.length * 9;
  for (const value of values) {
    // A UTF-16 unit becomes three bytes at most.
    if (typeof value === "string") length += value.length * 3;
    else if (typeof value === "object" && value !== null) length += value.byteLength;
  }
  return length;
}

/**
 * Writes a parameter block (core/exec/FRAME.md), for which there is room.
 * @returns its length in bytes
 */
export function writeParameters(
  { bytes, view }: Memory,
  start: number,
  values: readonly SqlValue[],
): number {
  view.setUint32(start, values.length, true);
  let at = start + 4;
  for (const value of values) {
    if (typeof value === "number") {
      // -0 is a real: as an integer it would lose its sign.
      const whole = Number.isSafeInteger(value) && !Object.is(value, -0);
      bytes[at] = whole ? tag.integer : tag.real;
      view.setFloat64(at + 1, value, true);
      at += 9;
    } else if (typeof value === "string") {
      bytes[at] = tag.text;
      const written = writeText(bytes, at + 5, value);
      view.setUint32(at + 1, written, true);
      at += 5 + written;
    } else if (value === null) {
      bytes[at] = tag.null;
      at += 1;
    } else if (typeof value === "bigint") {
      bytes[at] = tag.int64;
      view.setBigInt64(at + 1, checkedInt64(value), true);
      at += 9;
    } else {
      bytes[at] = tag.blob;
      view.setUint32(at + 1, value.byteLength, true);
      bytes.set(value, at + 5);
      at += 5 + value.byteLength;
    }
  }
  return at - start;
}

/** Writes a text as UTF-8; gives its length in bytes. */
function writeText(bytes: Uint8Array, at: number, value: string): number {
  if (value.length < shortText) {
    let unit = 0;
    while (unit < value.length) {
      const code = value.charCodeAt(unit);
      if (code > 0x7f) break;
      bytes[at + unit] = code;
      unit += 1;
    }
    if (unit === value.length) return unit;
  }
  const { written } = utf8.encodeInto(value, bytes.subarray(at, at + value.length * 3));
  // ASCII is as long in both; what is not well-formed would be stored as another text.
  if (written !== value.length && loneSurrogate.test(value)) throw notWellFormed();
  return written;
}

function checkedInt64(value: bigint): bigint {
  if (value >= int64.least && value <= int64.most) return value;
  throw new VirgaError({
    code: "invalid_value",
    message: `An integer has 64 bits in SQLite; ${value} does not fit.`,
  });
}

function notWellFormed(): VirgaError {
  return new VirgaError({
    code: "invalid_value",
    message: "A text is stored as UTF-8, which half of a surrogate pair cannot be written in.",
    hint: "toWellFormed() replaces such halves; a column of JSON keeps them.",
  });
}
