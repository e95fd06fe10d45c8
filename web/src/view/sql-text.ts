import { h } from "./dom.js";

const token =
  /(?<string>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*"|`[^`]*`)|(?<param>\?\d*|[:@$]\w+)|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_]\w*)|(?<space>\s+)|(?<other>.)/gs;

const keywords = new Set(
  `abort action add after all alter and as asc autoincrement before begin between by cascade case check collate
  column commit conflict constraint create cross current_timestamp default deferred delete desc distinct do else
  end exclusive exists explain fail for foreign from full generated group having if ignore immediate in index
  inner insert instead into is isnull join key left like limit match no not notnull null offset on or order outer
  partial plan pragma primary query references release rename replace restrict returning right rollback row rowid
  savepoint select set stored strict table temp then to transaction trigger union unique update using values view
  virtual when where with without`.split(/\s+/),
);

/** Clauses that begin a line when they stand outside of parentheses. */
const clauses =
  /^(?:from|where|order|group|having|limit|offset|values|returning|set|union|left|inner|join|on)$/i;

/** SQL as it ran, coloured, with its clauses on lines of their own where it came as one line. */
export function sqlText(sql: string): HTMLElement {
  const code = h("code", { class: "sql" });
  const oneLine = !sql.includes("\n");
  const definition = /^\s*create\s+table/i.test(sql);
  let depth = 0;
  let joined = false;
  for (const { 0: text, groups = {} } of sql.matchAll(token)) {
    const kind = Object.entries(groups).find(([, value]) => value !== undefined)?.[0] ?? "other";
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
    const word = kind === "word" ? text.toLowerCase() : "";
    if (
      oneLine &&
      !definition &&
      depth === 0 &&
      clauses.test(word) &&
      !(joined && /^(?:join|on)$/.test(word))
    ) {
      breakLine(code);
    }
    if (kind !== "space") joined = /^(?:left|inner)$/.test(word);
    code.append(piece(kind, text, word));
    if (oneLine && definition) breakDefinition(code, text, depth);
  }
  return code;
}

function piece(kind: string, text: string, word: string): Node | string {
  if (kind === "word") return keywords.has(word) ? h("span", { class: "keyword" }, text) : text;
  if (kind === "space" || kind === "other") return text;
  return h("span", { class: kind }, text);
}

/** The blank before a clause becomes the line's end, so the text that is copied by hand stays the same SQL. */
function breakLine(code: HTMLElement): void {
  const last = code.lastChild;
  if (last?.nodeType === Node.TEXT_NODE && last.nodeValue?.trim() === "") last.nodeValue = "\n";
}

/** One column or constraint a line. */
function breakDefinition(code: HTMLElement, text: string, depth: number): void {
  if ((text === "(" || text === ",") && depth === 1) code.append("\n  ");
  else if (text === ")" && depth === 0) code.lastChild?.before("\n");
}
