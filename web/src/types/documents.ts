import type { Document, SourceFile } from "../program/files.js";

/** A stretch of a document, by offsets in its text. */
export interface DocumentSpan {
  readonly document: string;
  readonly from: number;
  readonly to: number;
}

/** Where the virtual files stand in the documents: the one place that knows how offsets of both relate. */
export class Places {
  readonly #files: readonly SourceFile[];
  readonly #starts = new Map<SourceFile, number>();

  constructor(documents: readonly Document[], files: readonly SourceFile[]) {
    this.#files = files;
    const texts = new Map(documents.map(({ path, text }) => [path, text]));
    for (const file of files) {
      const text = texts.get(file.document ?? "") ?? "";
      this.#starts.set(file, startOfLine(text, file.linesAbove));
    }
  }

  /** The stretch of a document that a stretch of a virtual file is; none for files that the page supplies. */
  inDocument(path: string, from: number, to: number): DocumentSpan | undefined {
    const file = this.#files.find((each) => each.path === path);
    if (file?.document === undefined) return undefined;
    const start = this.#starts.get(file) ?? 0;
    return { document: file.document, from: start + from, to: start + to };
  }

  /** The virtual file at an offset of a document, and the offset in it. */
  inFile(document: string, offset: number): readonly [path: string, offset: number] | undefined {
    for (const file of this.#files) {
      const start = this.#starts.get(file) ?? 0;
      const inside = offset >= start && offset <= start + file.text.length;
      if (file.document === document && inside) return [file.path, offset - start];
    }
    return undefined;
  }
}

function startOfLine(text: string, line: number): number {
  let at = 0;
  for (let left = line; left > 0; left -= 1) at = text.indexOf("\n", at) + 1;
  return at;
}
