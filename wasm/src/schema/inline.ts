import { isSQLWrapper, type ColumnLike, type SQLWrapper, type Tree } from "../ast/tree.js";
import type { Operator } from "../ast/query-document.js";
import { VirgaError } from "../base/error.js";
import { isSource, sqlName } from "./table.js";

/** Operators that stand between their operands; the others have forms of their own. */
const infix: Partial<Record<Operator, string>> = {
  eq: "=",
  ne: "<>",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
  and: "and",
  or: "or",
  like: "like",
  notLike: "not like",
  ilike: "like",
  notIlike: "not like",
};

/** Writes a column into the text of a declaration. */
export type WriteColumn = (column: ColumnLike) => string;

/** An expression of a declaration as text, with its values as literals. */
export function inlineSql(expression: SQLWrapper, write: WriteColumn): string {
  return inlineTree(expression.getSQL().tree, write);
}

function inlineTree(tree: Tree, write: WriteColumn): string {
  const all = (trees: readonly Tree[]): string[] => trees.map((item) => inlineTree(item, write));
  switch (tree.kind) {
    case "column":
      return write(tree.column);
    case "text":
      return tree.text;
    case "value":
      return inlineValue(tree.value, tree.encoder, write);
    case "sql":
      return all(tree.chunks).join("");
    case "call":
      return inlineCall(tree.op, all(tree.operands));
    case "aggregate":
      return inlineAggregate(tree.fn, all(tree.operands), tree.distinct);
    case "inline":
      return inlineTree(tree.tree, write);
    case "source":
      if (isSource(tree.source)) return quoteName(sqlName(tree.source));
      throw notConstant("a subquery");
    case "alias":
      return quoteName(tree.name);
    case "placeholder":
      throw notConstant(`placeholder "${tree.name}"`);
    case "select":
      throw notConstant("a subquery");
  }
}

function inlineAggregate(fn: string, operands: readonly string[], distinct: boolean): string {
  return `${fn}(${distinct ? "distinct " : ""}${operands.length === 0 ? "*" : operands.join(", ")})`;
}

function notConstant(what: string): VirgaError {
  return new VirgaError({
    code: "invalid_schema",
    message: `SQL in a table declaration is constant; ${what} is not.`,
  });
}

function inlineCall(op: Operator, operands: readonly string[]): string {
  const [first, ...rest] = operands;
  const sign = infix[op];
  if (sign !== undefined) return `(${operands.join(` ${sign} `)})`;
  switch (op) {
    case "not":
      return `not (${first})`;
    case "isNull":
      return `${first} is null`;
    case "isNotNull":
      return `${first} is not null`;
    case "in":
      return `${first} in (${rest.join(", ")})`;
    case "notIn":
      return `${first} not in (${rest.join(", ")})`;
    case "exists":
      return `exists (${first})`;
    case "notExists":
      return `not exists (${first})`;
    case "between":
      return `(${first} between ${rest.join(" and ")})`;
    default:
      return `(${first} not between ${rest.join(" and ")})`;
  }
}

function inlineValue(
  value: unknown,
  encoder: { mapToDriverValue(value: unknown): unknown } | undefined,
  write: WriteColumn,
): string {
  const stored = encoder ? encoder.mapToDriverValue(value) : value;
  return isSQLWrapper(stored) ? inlineSql(stored, write) : literal(stored);
}

/** `name` as an identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (value instanceof Uint8Array) return `x'${hex(value)}'`;
  throw new VirgaError({
    code: "invalid_schema",
    message: `A literal in a table declaration is a null, number, bigint, boolean, string or bytes, not ${typeof value}.`,
  });
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
