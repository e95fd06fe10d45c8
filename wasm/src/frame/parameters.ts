import type { SqlValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";

const tag = { null: 0, int64: 1, real: 3, text: 4, blob: 5 } as const;
const utf8 = new TextEncoder();
const loneSurrogate = /\p{Surrogate}/u;
const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** Writes parameter blocks (core/exec/FRAME.md); the buffer is used again by the next block. */
export class ParameterWriter {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** The block of these values, valid until the next call. */
  write(values: readonly SqlValue[]): Uint8Array {
    this.#length = 0;
    this.#reserve(4);
    this.#view.setUint32(0, values.length, true);
    this.#length = 4;
    for (const value of values) this.#value(value);
    return this.#bytes.subarray(0, this.#length);
  }

  #value(value: SqlValue): void {
    if (value === null) this.#tagged(tag.null, 0);
    else if (typeof value === "string") this.#text(value);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "bigint") this.#bigint(value);
    else this.#blob(value);
  }

  #number(value: number): void {
    // -0 is a real: as an integer it would lose its sign.
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return this.#bigint(BigInt(value));
    this.#view.setFloat64(this.#tagged(tag.real, 8), value, true);
  }

  #bigint(value: bigint): void {
    if (value < int64.least || value > int64.most) {
      throw new VirgaError({
        code: "invalid_value",
        message: `An integer has 64 bits in SQLite; ${value} does not fit.`,
      });
    }
    this.#view.setBigInt64(this.#tagged(tag.int64, 8), value, true);
  }

  #text(value: string): void {
    // A UTF-16 unit becomes three bytes at most.
    const at = this.#tagged(tag.text, 4 + value.length * 3);
    const { written } = utf8.encodeInto(value, this.#bytes.subarray(at + 4));
    // ASCII is as long in both; what is not well-formed would be stored as another text.
    if (written !== value.length && loneSurrogate.test(value)) throw notWellFormed();
    this.#view.setUint32(at, written, true);
    this.#length = at + 4 + written;
  }

  #blob(value: Uint8Array): void {
    const at = this.#tagged(tag.blob, 4 + value.byteLength);
    this.#view.setUint32(at, value.byteLength, true);
    this.#bytes.set(value, at + 4);
  }

  /** Writes a tag and makes room for its payload; gives the payload's place. */
  #tagged(kind: number, payload: number): number {
    this.#reserve(this.#length + 1 + payload);
    this.#bytes[this.#length] = kind;
    const at = this.#length + 1;
    this.#length = at + payload;
    return at;
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(length, this.#bytes.length * 2));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

function notWellFormed(): VirgaError {
  return new VirgaError({
    code: "invalid_value",
    message: "A text is stored as UTF-8, which half of a surrogate pair cannot be written in.",
    hint: "toWellFormed() replaces such halves; a column of JSON keeps them.",
  });
}
