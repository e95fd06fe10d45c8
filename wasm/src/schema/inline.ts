import { isSQLWrapper, type SQLWrapper, type Tree } from "../ast/tree.js";
import type { Operator } from "../ast/query-document.js";
import { VirgaError } from "../base/error.js";
import { getTableName, isTable } from "./table.js";

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

/** An expression of a table declaration as text: literals inside, columns without their table. */
export function inlineSql(expression: SQLWrapper): string {
  return inlineTree(expression.getSQL().tree);
}

function inlineTree(tree: Tree): string {
  switch (tree.kind) {
    case "column":
      return quoteName(tree.column.name);
    case "text":
      return tree.text;
    case "value":
      return inlineValue(tree.value, tree.encoder);
    case "sql":
      return tree.chunks.map(inlineTree).join("");
    case "call":
      return inlineCall(tree.op, tree.operands.map(inlineTree));
    case "aggregate":
      return inlineAggregate(tree.fn, tree.operands.map(inlineTree), tree.distinct);
    case "inline":
      return inlineTree(tree.tree);
    case "source":
      if (isTable(tree.source)) return quoteName(getTableName(tree.source));
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
): string {
  const stored = encoder ? encoder.mapToDriverValue(value) : value;
  return isSQLWrapper(stored) ? inlineSql(stored) : literal(stored);
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
