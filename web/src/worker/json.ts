import { isComposite, partsOf } from "./inspect.js";

/**
 * A value as the lines of its JSON. Dates are ISO strings, big integers strings of digits, bytes strings
 * like SQLite's literals (`x'01ff'`); what JSON cannot say at all is left out, or null in lists.
 */
export function jsonLines(value: unknown): string[] {
  const lines: string[] = [];
  const ancestors = new Set<object>();

  const write = (current: unknown, indent: string, before: string, after: string): void => {
    const text = isComposite(current) && !ancestors.has(current) ? undefined : leaf(current);
    if (text !== undefined) return void lines.push(indent + before + text + after);
    const composite = current as object;
    const [open, close] = isList(composite) ? "[]" : "{}";
    const parts = partsOf(composite);
    const shown: (readonly [string, unknown])[] = [];
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts.at(index);
      if (isList(composite) || isSayable(part[1])) shown.push(part);
    }
    if (shown.length === 0) return void lines.push(indent + before + open + close + after);
    ancestors.add(composite);
    lines.push(`${indent}${before}${open}`);
    for (const [index, [key, part]] of shown.entries()) {
      const label = isList(composite) ? "" : `${JSON.stringify(key)}: `;
      write(part, `${indent}  `, label, index < shown.length - 1 ? "," : "");
    }
    lines.push(indent + close + after);
    ancestors.delete(composite);
  };

  write(value, "", "", "");
  return lines;
}

const isList = (value: object): boolean => Array.isArray(value) || value instanceof Set;

const isSayable = (value: unknown): boolean =>
  value !== undefined && typeof value !== "function" && typeof value !== "symbol";

function leaf(value: unknown): string {
  if (!isSayable(value)) return "null";
  if (typeof value === "bigint") return `"${value}"`;
  if (typeof value !== "object" || value === null || value instanceof Date)
    return JSON.stringify(value);
  if (value instanceof Error) return JSON.stringify({ name: value.name, message: value.message });
  const bytes = bytesOf(value);
  return bytes === undefined ? '"[circular]"' : `"x'${hexOf(bytes)}'"`;
}

function bytesOf(value: object): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return undefined;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
