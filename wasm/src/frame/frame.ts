import type { SqlValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";

const magic = 0x31465256;
const headerBytes = 40;
const stepBytes = 32;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

interface HostBuffer {
  from(buffer: ArrayBufferLike): Uint8Array;
}
const { Buffer: hostBuffer } = globalThis as { Buffer?: HostBuffer };

/** The rows of one step of a query, as they lie in the frame. */
export interface Step {
  readonly rows: number;
  readonly columns: number;
  /** Every cell as a double; true for tags 1 and 3. */
  readonly reals: Float64Array;
  /** Every cell as two words; for text and blobs their start and length. */
  readonly words: Uint32Array;
  readonly tags: Uint8Array;
  readonly parentRows: number;
  readonly links: Uint32Array;
}

/** A result as the core wrote it; core/exec/FRAME.md specifies the bytes. */
export class Frame {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
  readonly steps: readonly Step[];
  /** All texts of the result, one after the other. */
  readonly text: string;
  readonly #blobs: Uint8Array;

  /** Reads the frame in place: `bytes` starts at a multiple of 8 in its buffer. */
  constructor(bytes: Uint8Array) {
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < headerBytes || header.getUint32(0, true) !== magic) throw malformed();
    const u32 = (at: number): number => header.getUint32(at, true);
    this.changes = Number(header.getBigInt64(24, true));
    const rowid = header.getBigInt64(32, true);
    this.lastInsertRowid = Number.isSafeInteger(Number(rowid)) ? Number(rowid) : rowid;
    try {
      this.text = utf8.decode(slice(bytes, u32(8), u32(12)));
      this.#blobs = slice(bytes, u32(16), u32(20));
      const steps: Step[] = [];
      for (let index = 0; index < u32(4); index += 1) {
        steps.push(readStep(bytes, header, headerBytes + index * stepBytes, steps));
      }
      this.steps = steps;
    } catch (error) {
      // Views outside of the buffer are range errors.
      if (error instanceof RangeError) throw malformed();
      throw error;
    }
  }

  /** The stored value of a cell. Integers beyond 2^53 are bigints. */
  cell(step: Step, cell: number): SqlValue {
    switch (step.tags[cell]) {
      case 0:
        return null;
      case 1:
      case 3:
        return step.reals[cell]!;
      case 2:
        return int64(step.words[cell * 2]!, step.words[cell * 2 + 1]!);
      case 4: {
        const start = step.words[cell * 2]!;
        return this.text.substring(start, start + step.words[cell * 2 + 1]!);
      }
      case 5: {
        const start = step.words[cell * 2]!;
        const bytes = this.#blobs.slice(start, start + step.words[cell * 2 + 1]!);
        // Bytes as the host's programs like them best: a Buffer where there are Buffers.
        return hostBuffer ? hostBuffer.from(bytes.buffer) : bytes;
      }
      default:
        throw malformed();
    }
  }
}

function readStep(bytes: Uint8Array, header: DataView, at: number, steps: readonly Step[]): Step {
  const u32 = (index: number): number => header.getUint32(at + index * 4, true);
  const rows = u32(0);
  const columns = u32(1);
  const cells = rows * columns;
  const kind = u32(4);
  const parentRows = kind === 0 ? 0 : (steps[u32(5)]?.rows ?? fail());
  const entries = u32(7) + (kind === 2 ? parentRows + 1 : 0);
  const { buffer, byteOffset } = bytes;
  return {
    rows,
    columns,
    reals: new Float64Array(buffer, byteOffset + u32(2), cells),
    words: new Uint32Array(buffer, byteOffset + u32(2), cells * 2),
    tags: new Uint8Array(buffer, byteOffset + u32(3), cells),
    parentRows,
    links: new Uint32Array(buffer, byteOffset + u32(6), entries),
  };
}

function slice(bytes: Uint8Array, start: number, length: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, length);
}

function int64(low: number, high: number): bigint {
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}

function fail(): never {
  throw malformed();
}

function malformed(): VirgaError {
  return new VirgaError({
    code: "malformed_frame",
    message: "The result is not a frame as core/exec/FRAME.md specifies it.",
  });
}
