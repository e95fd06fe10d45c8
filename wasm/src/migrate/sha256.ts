// SHA-256 as FIPS 180-4 has it. The digest of WebCrypto is asynchronous, migrators are not.

/** The fractional parts of roots of the first primes, as 32 bits. */
function fractions(count: number, exponent: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    const isPrime = Array.from({ length: candidate - 2 }, (_, index) => index + 2).every(
      (divisor) => candidate % divisor !== 0,
    );
    if (isPrime) found.push(((candidate ** exponent % 1) * 2 ** 32) | 0);
  }
  return found;
}

const constants = fractions(64, 1 / 3);
const start = fractions(8, 1 / 2);

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The bytes with a one bit, zeros, and their length in bits behind them: whole blocks. */
function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const all = new Uint8Array(length);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n);
  return view;
}

function schedule(view: DataView, block: number): number[] {
  const words = Array.from({ length: 16 }, (_, index) => view.getInt32(block + index * 4));
  for (let index = 16; index < 64; index += 1) {
    const early = words[index - 15]!;
    const late = words[index - 2]!;
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words.push((words[index - 16]! + s0 + words[index - 7]! + s1) | 0);
  }
  return words;
}

type Words = [number, number, number, number, number, number, number, number];

function compress(state: readonly number[], words: readonly number[]): number[] {
  let [a, b, c, d, e, f, g, h] = state as Words;
  for (let index = 0; index < 64; index += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[index]! + words[index]!) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + state[index]!) | 0);
}

/** The SHA-256 of a text in UTF-8, in hexadecimal. */
export function sha256(text: string): string {
  const view = padded(new TextEncoder().encode(text));
  let state = start;
  for (let block = 0; block < view.byteLength; block += 64)
    state = compress(state, schedule(view, block));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
