const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * So many bytes are decoded at once. A longer string would be too large for the heap's pages: memory
 * of its own for each result costs five times as much as decoding, and a short text that is kept
 * would keep all of it.
 */
const pageBytes = 60_000;

/** The texts of a frame, by their places in its pool in UTF-16 units; the pool is decoded in pages. */
export class Texts {
  readonly #pages: readonly string[];
  /** The page that the last text was in, and its place in the pool. */
  #page: string;
  #start = 0;
  #end: number;

  /** @param pages the pool, in order */
  constructor(pages: readonly string[]) {
    this.#pages = pages;
    this.#page = pages[0]!;
    this.#end = this.#page.length;
  }

  /** The same texts for another reader, so that each finds its next one where its last one was. */
  reader(): Texts {
    return this.#pages.length === 1 ? this : new Texts(this.#pages);
  }

  at(start: number, length: number): string {
    if (start < this.#start || start + length > this.#end) return this.#found(start, length);
    return this.#page.substring(start - this.#start, start - this.#start + length);
  }

  /** A text of another page, or of several. */
  #found(start: number, length: number): string {
    let at = 0;
    let index = 0;
    while (start >= at + this.#pages[index]!.length && index + 1 < this.#pages.length) {
      at += this.#pages[index]!.length;
      index += 1;
    }
    this.#page = this.#pages[index]!;
    this.#start = at;
    this.#end = at + this.#page.length;
    let text = this.#page.substring(start - at, start - at + length);
    while (text.length < length) {
      index += 1;
      text += this.#pages[index]!.substring(0, length - text.length);
    }
    return text;
  }
}

const noTexts = new Texts([""]);

/** The texts of a pool of bytes, which are UTF-8. */
export function readTexts(bytes: Uint8Array, start: number, length: number): Texts {
  // A call of the decoder costs as much as the rest of a small result, such as that of a write.
  if (length === 0) return noTexts;
  const pages: string[] = [];
  const end = start + length;
  for (let from = start; from < end;) {
    let to = Math.min(end, from + pageBytes);
    // No page begins inside of a character.
    while (to < end && (bytes[to]! & 0xc0) === 0x80) to -= 1;
    pages.push(utf8.decode(bytes.subarray(from, to)));
    from = to;
  }
  return new Texts(pages);
}
