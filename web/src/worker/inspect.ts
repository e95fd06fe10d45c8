import type { Entry, Shown } from "../protocol.js";
import { describeProblem } from "./problems.js";

const maxNodes = 20_000;
const maxDepth = 24;
const maxItems = 1_000;
const maxText = 5_000;

/** Describes any value for the page: what it is, not what JSON would make of it. */
export function inspect(value: unknown): Shown {
  return new Inspector().describe(value);
}

/** Describes some of the parts of a value: as many as fit a message, but one. */
export function inspectParts(value: unknown, from: number, to: number): Entry[] {
  return isComposite(value) ? new Inspector().entries(value, partsOf(value), from, to) : [];
}

/** Whether a value has parts that can be opened. */
export function isComposite(value: unknown): value is object {
  return typeof value === "object" && value !== null && describeLeaf(value) === undefined;
}

/** The parts of a value by position: items, or fields. */
export interface Parts {
  readonly length: number;
  at(index: number): readonly [key: string, value: unknown];
}

/** What a value is made of. */
export function partsOf(value: object): Parts {
  if (Array.isArray(value) || value instanceof Set) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [...value];
    return { length: items.length, at: (index) => [String(index), items[index]] };
  }
  const fields = value instanceof Map ? [...value] : Object.entries(value);
  return {
    length: fields.length,
    at: (index) => [String(fields[index]?.[0]), fields[index]?.[1]],
  };
}

/** Describes until its budget is spent. */
class Inspector {
  readonly #ancestors: object[] = [];
  #nodes = 0;

  describe(value: unknown): Shown {
    this.#nodes += 1;
    if (typeof value !== "object" || value === null) return atom(value);
    const leaf = describeLeaf(value);
    if (leaf !== undefined) return leaf;
    if (this.#ancestors.includes(value)) return reference("[circular]");
    if (this.#ancestors.length >= maxDepth) return reference("[deeper]");
    return this.#composite(value);
  }

  entries(value: object, parts: Parts, from: number, to: number): Entry[] {
    const entries: Entry[] = [];
    this.#ancestors.push(value);
    for (let index = from; index < Math.min(to, parts.length); index += 1) {
      if (this.#nodes >= maxNodes) break;
      const [key, part] = parts.at(index);
      entries.push([key, this.describe(part)]);
    }
    this.#ancestors.pop();
    return entries;
  }

  #composite(value: object): Shown {
    const parts = partsOf(value);
    const fields = this.entries(value, parts, 0, maxItems);
    if (Array.isArray(value) || value instanceof Set)
      return { kind: "list", items: fields.map(([, item]) => item), length: parts.length };
    const name = className(value);
    return {
      kind: "record",
      fields,
      more: parts.length - fields.length,
      ...(name !== undefined && { name }),
    };
  }
}

function reference(text: string): Shown {
  return { kind: "atom", type: "reference", text };
}

function atom(value: unknown): Shown {
  switch (typeof value) {
    case "function":
      return { kind: "atom", type: "function", text: value.name || "anonymous" };
    case "number":
      return { kind: "atom", type: "number", text: Object.is(value, -0) ? "-0" : String(value) };
    case "object":
      return { kind: "atom", type: "null", text: "null" };
    case "string":
      return value.length <= maxText
        ? { kind: "atom", type: "string", text: value }
        : { kind: "atom", type: "string", text: value.slice(0, maxText), length: value.length };
    case "bigint":
    case "boolean":
    case "undefined":
    case "symbol":
      return { kind: "atom", type: typeof value as "symbol", text: String(value) };
  }
}

function describeLeaf(value: object): Shown | undefined {
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
    return { kind: "atom", type: "date", text };
  }
  if (value instanceof Error) {
    return { kind: "error", problem: describeProblem(value, () => false) };
  }
  if (value instanceof ArrayBuffer) return bytes(new Uint8Array(value));
  if (ArrayBuffer.isView(value))
    return bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  return undefined;
}

function bytes(value: Uint8Array): Shown {
  const hex = Array.from(value.subarray(0, 256), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  return { kind: "bytes", length: value.length, hex };
}

function className(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return undefined;
  const name = (prototype as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === "string" ? name : undefined;
}
