import type { Cell, ColumnInfo, Cut } from "./protocol.js";

/** What a cell shows. */
export function shownCell(cell: Cell | Cut): { readonly text: string; readonly type: string } {
  if (cell === null) return { text: "null", type: "null" };
  if (typeof cell === "string") return { text: cell, type: "string" };
  if (cell instanceof Uint8Array) return { text: blobText(cell), type: "bytes" };
  if (typeof cell === "object")
    return { text: `${cell.cut}… (${cell.length.toLocaleString("en")})`, type: "string" };
  return { text: String(cell), type: typeof cell };
}

/** The text to edit a cell with. */
export const editText = (cell: Cell): string =>
  cell === null ? "" : cell instanceof Uint8Array ? blobText(cell) : String(cell);

const blobText = (bytes: Uint8Array): string =>
  `x'${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}'`;

/**
 * The value that a text stands for in a column: `x'…'` is a blob, numbers are numbers where the column's affinity
 * is not that of texts: https://sqlite.org/datatype3.html#determination_of_column_affinity
 *
 * @throws when a text cannot be what the column's type says
 */
export function parseCell(text: string, { type }: ColumnInfo): Cell {
  const blob = /^x'((?:[\da-f]{2})*)'$/i.exec(text);
  if (blob?.[1] !== undefined)
    return Uint8Array.from(blob[1].match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (/char|clob|text/i.test(type)) return text;
  if (/int/i.test(type)) {
    if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new Error(`${text} is no whole number.`);
    const whole = BigInt(text.trim());
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  const number = Number(text);
  if (text.trim() !== "" && !Number.isNaN(number)) return number;
  if (/real|floa|doub/i.test(type)) throw new Error(`${text} is no number.`);
  return text;
}
