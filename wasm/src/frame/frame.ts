import type { SqlValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";
import { readTexts, type Texts } from "./texts.js";

const magic = 0x32465256;
const headerWords = 12;
const stepWords = 8;

interface HostBuffer {
  from(buffer: ArrayBufferLike): Uint8Array;
}
const { Buffer: hostBuffer } = globalThis as { Buffer?: HostBuffer };

/** Memory that frames lie in, under the views that read them. */
export class Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly words: Uint32Array;
  readonly reals: Float64Array;
  readonly view: DataView<ArrayBuffer>;

  constructor(buffer: ArrayBuffer) {
    this.bytes = new Uint8Array(buffer);
    this.words = new Uint32Array(buffer, 0, buffer.byteLength >>> 2);
    this.reals = new Float64Array(buffer, 0, buffer.byteLength >>> 3);
    this.view = new DataView(buffer);
  }
}

/** The rows of one step of a query: where in the memory of the frame they lie. */
export interface Step {
  readonly rows: number;
  readonly columns: number;
  /** The first cell, in `reals`; true as a double for tags 1 and 3. Twice that in `words`. */
  readonly cells: number;
  /** The first tag, in `bytes`. */
  readonly tags: number;
  readonly parentRows: number;
  /** The first link, in `words`. */
  readonly links: number;
}

/** A result as the core wrote it, read in place; core/exec/FRAME.md specifies the bytes. */
export class Frame {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
  readonly steps: readonly Step[];
  /** The texts with nothing but ASCII; `wide` are the others. */
  readonly texts: Texts;
  readonly wide: Texts;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly words: Uint32Array;
  readonly reals: Float64Array;
  /** The first blob, in `bytes`. */
  readonly #blobs: number;

  /** @param start where the frame begins, a multiple of 8 */
  constructor({ bytes, words, reals }: Memory, start: number) {
    const header = start >>> 2;
    if (words[header] !== magic) throw malformed();
    this.bytes = bytes;
    this.words = words;
    this.reals = reals;
    this.changes = Number(integer(words, header + 8));
    this.lastInsertRowid = integer(words, header + 10);
    this.texts = readTexts(bytes, start + words[header + 2]!, words[header + 3]!);
    this.wide = readTexts(bytes, start + words[header + 4]!, words[header + 5]!);
    this.#blobs = start + words[header + 6]!;
    const steps: Step[] = [];
    for (let index = 0; index < words[header + 1]!; index += 1) {
      steps.push(readStep(words, start, header + headerWords + index * stepWords, steps));
    }
    this.steps = steps;
  }

  /** The stored value of a cell. Integers beyond 2^53 are bigints. */
  cell(step: Step, index: number): SqlValue {
    const cell = step.cells + index;
    switch (this.bytes[step.tags + index]) {
      case 0:
        return null;
      case 1:
      case 3:
        return this.reals[cell]!;
      case 2:
        return int64(this.words[cell * 2]!, this.words[cell * 2 + 1]!);
      case 4:
        return this.texts.at(this.words[cell * 2]!, this.words[cell * 2 + 1]!);
      case 5: {
        const start = this.#blobs + this.words[cell * 2]!;
        const bytes = this.bytes.slice(start, start + this.words[cell * 2 + 1]!);
        // Bytes as the host's programs like them best: a Buffer where there are Buffers.
        return hostBuffer ? hostBuffer.from(bytes.buffer) : bytes;
      }
      case 6:
        return this.wide.at(this.words[cell * 2]!, this.words[cell * 2 + 1]!);
      default:
        throw malformed();
    }
  }
}

function readStep(words: Uint32Array, start: number, at: number, steps: readonly Step[]): Step {
  return {
    rows: words[at]!,
    columns: words[at + 1]!,
    cells: (start + words[at + 2]!) >>> 3,
    tags: start + words[at + 3]!,
    parentRows: words[at + 4] === 0 ? 0 : steps[words[at + 5]!]!.rows,
    links: (start + words[at + 6]!) >>> 2,
  };
}

/** A signed integer of 64 bits in two words: a number where that is exact. */
function integer(words: Uint32Array, at: number): number | bigint {
  const low = words[at]!;
  const high = words[at + 1]! | 0;
  const near = high * 2 ** 32 + low;
  return Number.isSafeInteger(near) ? near : int64(low, high);
}

function int64(low: number, high: number): bigint {
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}

function malformed(): VirgaError {
  return new VirgaError({
    code: "malformed_frame",
    message: "The result is not a frame as core/exec/FRAME.md specifies it.",
  });
}
