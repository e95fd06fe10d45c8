// The golden format for JavaScript; golden_file.h describes it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the golden files. */
export const folder = fileURLToPath(new URL(".", import.meta.url));

const known = new Set(["schema", "before", "query", "params", "after", "database", "options"]);

/** Paths of all golden files relative to `folder`, sorted. */
export function listGoldens() {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith(".golden"))
    .sort();
}

/** Reads one golden file: its sections (schema and seed resolved) and the expected output. */
export function readGolden(path) {
  const text = readFileSync(join(folder, path), "utf8");
  const end = text.indexOf("\n---\n");
  if (end < 0) throw new Error("no line --- ends the input");
  const sections = {};
  let name;
  for (const line of text.slice(0, end).split("\n").slice(1)) {
    const start = /^@(\S+)(?: (.*))?$/.exec(line);
    if (start) {
      name = start[1];
      if (!known.has(name) || name in sections) throw new Error(`section @${name}`);
      sections[name] = start[2] ?? "";
    } else {
      sections[name] += `${line}\n`;
    }
  }
  if (!sections.schema.includes("\n")) {
    const file = join(folder, "schemas", sections.schema);
    sections.schema = readFileSync(`${file}.json`, "utf8");
    if (existsSync(`${file}.sql`)) sections.seed = readFileSync(`${file}.sql`, "utf8");
  }
  return { sections, expected: text.slice(end + 5) };
}

// ---- values

/** A double as the core prints it: shortest digits, always a point or an exponent. */
function realText(real) {
  if (!Number.isFinite(real)) return `{"real":"${real > 0 ? "inf" : "-inf"}"}`;
  if (real === 0) return Object.is(real, -0) ? "-0.0" : "0.0";
  const [, sign, lead, rest = "", exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(
    real.toExponential(),
  );
  const digits = lead + rest;
  const point = Number(exponent) + 1;
  if (point > 15 || point <= -4) {
    const power = String(Math.abs(point - 1)).padStart(2, "0");
    const fraction = rest === "" ? "" : `.${rest}`;
    return `${sign}${lead}${fraction}e${point > 0 ? "+" : "-"}${power}`;
  }
  if (point >= digits.length) return `${sign}${digits.padEnd(point, "0")}.0`;
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${sign}0.${"0".repeat(-point)}${digits}`;
}

/** The parameter block for a list of values in the format's notation (exec/FRAME.md). */
export function encodeParameters(values) {
  const parts = [uint32(values.length)];
  for (const value of values) parts.push(...encodeValue(value));
  return Buffer.concat(parts);
}

function encodeValue(value) {
  if (value === null) return [Buffer.of(0)];
  if (typeof value === "string") return sized(4, Buffer.from(value, "utf8"));
  if (Number.isSafeInteger(value)) return [Buffer.of(1), float64(value)];
  if (typeof value === "number") return [Buffer.of(3), float64(value)];
  if ("int" in value) return [Buffer.of(2), int64(BigInt(value.int))];
  if ("real" in value) return [Buffer.of(3), float64(value.real)];
  return sized(5, Buffer.from(value.blob, "hex"));
}

const sized = (tag, bytes) => [Buffer.of(tag), uint32(bytes.length), bytes];
const uint32 = (value) => Buffer.from(Uint32Array.of(value).buffer);
const int64 = (value) => Buffer.from(BigInt64Array.of(value).buffer);
const float64 = (value) => Buffer.from(Float64Array.of(value).buffer);

// ---- frames

/** A raw view of a frame: cells as JSON text without codecs, links as row numbers. */
export class RawFrame {
  constructor(bytes) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.bytes = bytes;
    if (this.u32(0) !== 0x32465256) throw new Error("not a frame");
    this.ascii = this.pool(8).toString("latin1");
    this.wide = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.pool(16));
  }

  /** The bytes whose offset and number stand in the header. */
  pool(at) {
    return Buffer.from(this.bytes.subarray(this.u32(at), this.u32(at) + this.u32(at + 4)));
  }

  u32(offset) {
    return this.view.getUint32(offset, true);
  }

  changes() {
    return this.view.getBigInt64(32, true);
  }

  step(index) {
    const at = 48 + index * 32;
    const names = ["rows", "columns", "cells", "tags", "kind", "parent", "link", "entries"];
    return Object.fromEntries(names.map((name, i) => [name, this.u32(at + i * 4)]));
  }

  cellText(index, row, column) {
    const step = this.step(index);
    const cell = row * step.columns + column;
    const at = step.cells + cell * 8;
    const range = () => [this.u32(at), this.u32(at) + this.u32(at + 4)];
    switch (this.bytes[step.tags + cell]) {
      case 0:
        return "null";
      case 1:
        return String(this.view.getFloat64(at, true));
      case 2:
        return `{"int":"${this.view.getBigInt64(at, true)}"}`;
      case 3:
        return realText(this.view.getFloat64(at, true));
      case 4:
        return JSON.stringify(this.ascii.slice(...range()));
      case 5:
        return `{"blob":"${this.pool(24)
          .subarray(...range())
          .toString("hex")}"}`;
      case 6:
        return JSON.stringify(this.wide.slice(...range()));
      default:
        throw new Error("unknown tag");
    }
  }

  /** The rows of step `index` that hang on row `parent` of the step above. */
  children(index, parent) {
    const { kind, link } = this.step(index);
    if (kind === 1) {
      const child = this.u32(link + parent * 4);
      return child === 0xffffffff ? [] : [child];
    }
    const starts = this.step(this.step(index).parent).rows + 1;
    const [first, last] = [this.u32(link + parent * 4), this.u32(link + parent * 4 + 4)];
    return Array.from({ length: last - first }, (_, i) =>
      this.u32(link + (starts + first + i) * 4),
    );
  }

  /** One result object as JSON, members in the shape's order. */
  rowText(node, row) {
    const members = this.memberTexts(node.step, row, node.fields);
    for (const child of node.children) {
      const rows = this.children(child.step, row).map((index) => this.rowText(child, index));
      const text = child.kind === "many" ? `[${rows}]` : (rows[0] ?? "null");
      members.push(`${JSON.stringify(child.name)}:${text}`);
    }
    return `{${members}}`;
  }

  /** The members that are cells, or objects made of cells. */
  memberTexts(step, row, fields) {
    return fields.map((field) => {
      const text = field.fields
        ? this.objectText(step, row, field)
        : this.cellText(step, row, field.slot);
      return `${JSON.stringify(field.name)}:${text}`;
    });
  }

  objectText(step, row, { fields, present = [] }) {
    const missing = present.map((slot) => this.cellText(step, row, slot) === "null");
    if (missing.length > 0 && missing.every(Boolean)) return "null";
    return `{${this.memberTexts(step, row, fields)}}`;
  }

  /** The shape of a raw statement's rows: step 1 holds the names of step 0's columns. */
  rawShape() {
    const names = Array.from({ length: this.step(1).columns }, (_, column) =>
      JSON.parse(this.cellText(1, 0, column)),
    );
    return { step: 0, fields: names.map((name, slot) => ({ name, slot })), children: [] };
  }
}
