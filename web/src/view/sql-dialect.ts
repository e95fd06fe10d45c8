import type { Shown } from "../protocol.js";
import type { Parameter } from "./parameters.js";
import { sqlTokens, type Token } from "./sql-tokens.js";

/** The dialects that statements can be shown in, by what they are called. */
export const dialects = { sqlite: "SQLite", postgres: "PostgreSQL" } as const;
export type Dialect = keyof typeof dialects;

/** A statement as it is shown: its text, and the parameters that stand apart from it. */
export interface ShownStatement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** A statement with its parameters in it, where they can be written as literals of SQLite. */
export function inlined(sql: string, parameters: readonly Shown[]): ShownStatement {
  const left = new Set<number>();
  let text = "";
  for (const { kind, text: piece } of sqlTokens(sql)) {
    const index = kind === "param" ? positionOf(piece) : -1;
    const value = parameters[index];
    const literal = value && literalOf(value);
    if (value && literal === undefined) left.add(index);
    text += literal === undefined ? apartFrom(text, piece) : apartFrom(text, literal);
  }
  return {
    sql: text,
    parameters: [...left]
      .sort((a, b) => a - b)
      .map((index) => named(`?${index + 1}`, parameters[index])),
  };
}

/**
 * The same statement with placeholders of Postgres, which are numbered anew: those of a statement must all
 * stand in it. `limit -1`, which is SQLite's, becomes `limit all`.
 */
export function forPostgres(sql: string, parameters: readonly Shown[]): ShownStatement {
  const order: number[] = [];
  const tokens = sqlTokens(sql);
  const texts = tokens.map(({ kind, text }, at) => {
    if (isUnlimited(tokens, at - 2)) return "all";
    if (isUnlimited(tokens, at - 3)) return "";
    const index = kind === "param" ? positionOf(text) : -1;
    if (index < 0) return text;
    if (!order.includes(index)) order.push(index);
    return `$${order.indexOf(index) + 1}`;
  });
  return {
    sql: texts.join(""),
    parameters: order.map((index, at) => named(`$${at + 1}`, parameters[index])),
  };
}

/** Whether `limit -1` begins at a token. */
function isUnlimited(tokens: readonly Token[], at: number): boolean {
  const texts = tokens.slice(Math.max(0, at), at + 4).map(({ text }) => text);
  return texts.join("").toLowerCase() === "limit -1";
}

const sqliteOnly =
  /^(?:datetime|glob|group_concat|hex|ifnull|instr|json|json_\w+|jsonb_group_\w+|julianday|last_insert_rowid|likely|printf|quote|rowid|strftime|total|typeof|unixepoch|unlikely|vector_\w+|zeroblob)$/i;

/** The words of a statement that Postgres does not know, or not in this sense. */
export function foreignToPostgres(sql: string): string[] {
  const tokens = sqlTokens(sql);
  const found = tokens.flatMap(({ kind, text }, index) => {
    if (kind === "word" && sqliteOnly.test(text)) return [text.toLowerCase()];
    if (kind === "string" && /^x/i.test(text)) return ["x'…'"];
    const isOr = /^or$/i.test(wordAfter(tokens, index));
    return /^(?:insert|update)$/i.test(text) && isOr ? [`${text.toLowerCase()} or`] : [];
  });
  return [...new Set(found)];
}

function wordAfter(tokens: readonly Token[], index: number): string {
  return tokens.slice(index + 1, index + 3).find(({ kind }) => kind === "word")?.text ?? "";
}

const named = (name: string, value: Shown | undefined): Parameter => ({
  name,
  value: value ?? ({ kind: "atom", type: "undefined", text: "unknown" } as const),
});

/** Parameters that Virga renders are numbered. */
function positionOf(placeholder: string): number {
  return /^\?\d+$/.test(placeholder) ? Number(placeholder.slice(1)) - 1 : -1;
}

/** Text that must not grow together with what stands before it: `-` and `-1` would be a comment. */
function apartFrom(before: string, text: string): string {
  const last = before.at(-1) ?? " ";
  const first = text[0] ?? " ";
  const meet = (last === "-" && first === "-") || (/[\w'"$]/.test(last) && /[\w'"$]/.test(first));
  return meet ? ` ${text}` : text;
}

/** A value as a literal of SQLite; undefined when it is not here whole, or has none. */
function literalOf(value: Shown): string | undefined {
  if (value.kind === "bytes")
    return value.hex.length === 2 * value.length ? `x'${value.hex}'` : undefined;
  if (value.kind !== "atom" || value.length !== undefined) return undefined;
  switch (value.type) {
    case "null":
    case "bigint":
      return value.text;
    case "number":
      return numbers[value.text] ?? value.text;
    case "string":
      return value.text.includes("\0") ? undefined : `'${value.text.replaceAll("'", "''")}'`;
    default:
      return undefined;
  }
}

/** Numbers that SQL writes otherwise than JavaScript. */
const numbers: Readonly<Record<string, string>> = {
  Infinity: "9e999",
  "-Infinity": "-9e999",
  NaN: "null",
};
