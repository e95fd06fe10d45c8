import type { Shown } from "../protocol.js";
import { describeProblem } from "./problems.js";

const maxNodes = 20_000;
const maxDepth = 24;
const maxItems = 1_000;

/** Describes any value for the page: what it is, not what JSON would make of it. */
export function inspect(value: unknown): Shown {
  let nodes = 0;
  const ancestors: object[] = [];

  const describe = (current: unknown): Shown => {
    nodes += 1;
    if (typeof current !== "object" || current === null) return atom(current);
    const leaf = describeLeaf(current);
    if (leaf !== undefined) return leaf;
    if (ancestors.includes(current)) return { kind: "atom", type: "reference", text: "[circular]" };
    if (ancestors.length >= maxDepth) return { kind: "atom", type: "reference", text: "[deeper]" };
    ancestors.push(current);
    const shown = describeComposite(current);
    ancestors.pop();
    return shown;
  };

  const describeComposite = (current: object): Shown => {
    if (Array.isArray(current)) return list(current, current.length);
    if (current instanceof Set) return list(current, current.size);
    if (current instanceof Map)
      return record(
        [...current].map(([key, item]) => [String(key), item]),
        "Map",
      );
    const name = className(current);
    return record(Object.entries(current), name);
  };

  const list = (values: Iterable<unknown>, length: number): Shown => {
    const items: Shown[] = [];
    for (const item of values) {
      if (items.length >= maxItems || nodes >= maxNodes) break;
      items.push(describe(item));
    }
    return { kind: "list", items, length };
  };

  const record = (
    entries: readonly (readonly [string, unknown])[],
    name: string | undefined,
  ): Shown => {
    const fields: (readonly [string, Shown])[] = [];
    for (const [key, item] of entries) {
      if (fields.length >= maxItems || nodes >= maxNodes) break;
      fields.push([key, describe(item)]);
    }
    return {
      kind: "record",
      fields,
      more: entries.length - fields.length,
      ...(name !== undefined && { name }),
    };
  };

  return describe(value);
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
    case "bigint":
    case "boolean":
    case "undefined":
    case "symbol":
      return { kind: "atom", type: typeof value as "string", text: String(value) };
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
