import type { Entry, Inquiries } from "../protocol.js";
import { inspectParts, isComposite, partsOf } from "./inspect.js";
import { jsonLines } from "./json.js";

const longestLine = 5_000;
const mostColumns = 200;

/** The values that a run has shown, whole: the page asks for the parts that it comes to. */
export class Values {
  readonly #values: unknown[] = [];
  #lines: { readonly value: number; readonly lines: readonly string[] } | undefined;

  /** Keeps a value, and gives the id by which its parts can be asked for. */
  keep(value: unknown): number {
    return this.#values.push(value) - 1;
  }

  entries({ value, path, from, to }: Inquiries["entries"]["asks"]): Entry[] {
    return inspectParts(this.#part(value, path), from, to);
  }

  /** Lines of a value's JSON; the text of the value that was asked for last is kept. */
  lines({ value, from, to }: Inquiries["lines"]["asks"]): Inquiries["lines"]["answer"] {
    if (this.#lines?.value !== value)
      this.#lines = { value, lines: jsonLines(this.#values[value]) };
    const { lines } = this.#lines;
    return { lines: lines.slice(from, to).map(cut), total: lines.length };
  }

  text({ value, path }: Inquiries["text"]["asks"]): string {
    return jsonLines(this.#part(value, path)).join("\n");
  }

  #part(value: number, path: readonly number[]): unknown {
    let part = this.#values[value];
    for (const index of path) part = isComposite(part) ? partsOf(part).at(index)[1] : undefined;
    return part;
  }
}

function cut(line: string): string {
  if (line.length <= longestLine) return line;
  return `${line.slice(0, longestLine)}… ${line.length.toLocaleString("en")} characters`;
}

/** The names of the fields of a row, or of all rows of a list; nothing for what is neither. */
export function columnsOf(value: unknown): string[] | undefined {
  const rows: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = new Set<string>();
  for (const row of rows) {
    if (!isComposite(row) || Array.isArray(row)) return undefined;
    for (const name of row instanceof Map ? row.keys() : Object.keys(row)) {
      if (names.size < mostColumns) names.add(String(name));
    }
  }
  return names.size > 0 ? [...names] : undefined;
}
