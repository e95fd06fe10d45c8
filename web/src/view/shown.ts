import type { Problem, Shown } from "../protocol.js";
import { count, h } from "./dom.js";

type Atom = Shown & { readonly kind: "atom" };

/** A value that fits a line, coloured by its type. */
export function leaf(value: Shown, noun = "row"): HTMLElement {
  switch (value.kind) {
    case "atom":
      return h("span", { class: `value ${value.type}` }, atomText(value), cutNote(value));
    case "bytes": {
      const dots = value.hex.length / 2 < value.length ? "…" : "";
      return h(
        "span",
        { class: "value bytes" },
        `x'${value.hex}${dots}' `,
        h("i", {}, count(value.length, "byte")),
      );
    }
    case "error":
      return h("span", { class: "value error" }, errorText(value.problem));
    case "list":
      return h("span", { class: "value preview" }, listText(value, noun));
    case "record":
      return h("span", { class: "value preview record" }, recordText(value));
  }
}

/** How many rows, items or fields a value has, in words; nothing for values without parts. */
export function size(value: Shown): string | undefined {
  if (value.kind === "list") return listText(value, "row");
  if (value.kind === "record" && value.name === undefined) return "1 row";
  return undefined;
}

/** About how many signs the line of a value takes. */
export function width(value: Shown): number {
  if (value.kind === "atom") return value.text.length + (value.type === "string" ? 2 : 0);
  return leaf(value).textContent.length;
}

/** A value as text: what Copy copies. JSON where JSON can say it. */
export function plain(value: Shown, indent = ""): string {
  const inner = `${indent}  `;
  switch (value.kind) {
    case "atom":
      return value.type === "date" ? `new Date("${value.text}")` : atomText(value);
    case "bytes":
      return `x'${value.hex}'`;
    case "error":
      return errorText(value.problem);
    case "list":
      if (value.items.length === 0) return "[]";
      return `[\n${value.items.map((item) => inner + plain(item, inner)).join(",\n")}\n${indent}]`;
    case "record":
      if (value.fields.length === 0) return "{}";
      return `{\n${value.fields.map(([key, item]) => `${inner}${keyText(key)}: ${plain(item, inner)}`).join(",\n")}\n${indent}}`;
  }
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

/** Says how long a text is that is cut. */
function cutNote({ length }: Atom): HTMLElement | undefined {
  return length === undefined ? undefined : h("i", {}, `… ${count(length, "character")}`);
}

function atomText({ type, text }: Atom): string {
  switch (type) {
    case "string":
      return JSON.stringify(text);
    case "bigint":
      return `${text}n`;
    case "function":
      return `ƒ ${text}`;
    default:
      return text;
  }
}

function listText(value: Shown & { kind: "list" }, noun: string): string {
  const rows = value.items.every((item) => item.kind === "record");
  return count(value.length, rows ? noun : "item");
}

function errorText({ name, message }: Problem): string {
  return `${name}: ${message}`;
}

function recordText(value: Shown & { kind: "record" }): string {
  const parts = value.fields.slice(0, 4).map(([key, item]) => `${key}: ${previewOf(item)}`);
  const rest = value.fields.length + value.more > 4 ? ", …" : "";
  const body = parts.length === 0 ? "{}" : `{ ${parts.join(", ")}${rest} }`;
  return value.name === undefined ? body : `${value.name} ${body}`;
}

/** Whether the line of a closed value leaves nothing out. */
export function fitsLine(value: Shown): boolean {
  if (value.kind !== "record") return value.kind === "list" && value.length === 0;
  const short = value.fields.every(([, item]) => item.kind === "atom" && item.text.length <= 26);
  return short && value.fields.length + value.more <= 4;
}

function previewOf(value: Shown): string {
  if (value.kind === "list") return `[${value.length}]`;
  if (value.kind === "record") return "{…}";
  if (value.kind === "bytes") return count(value.length, "byte");
  if (value.kind === "error") return value.problem.name;
  const text = atomText(value);
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
