import type { Operator } from "../ast/query-document.js";
import { isSQLWrapper, type ColumnLike, type SQLWrapper, type Tree } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { Column, type ColumnTypes } from "../schema/column.js";
import { SQL, treeOf } from "./sql.js";

/** What a value is compared with: a column, or SQL. */
type Operand = Column | SQLWrapper;

/** The value that fits an operand. */
type ValueOf<T> =
  T extends Column<infer C extends ColumnTypes>
    ? C["data"]
    : T extends { readonly _: { readonly type: infer V } }
      ? V
      : unknown;

type Comparand<T> = ValueOf<T> | SQLWrapper;

const call = (op: Operator, ...operands: Tree[]): SQL<boolean> =>
  new SQL<boolean>({ kind: "call", op, operands });

const left = (operand: unknown): Tree => treeOf(operand, "The left side of an operator");

/** The right side of a comparison: a value is encoded as the left side's column does. */
function right(operand: unknown, value: unknown): Tree {
  if (isSQLWrapper(value)) return value.getSQL().tree;
  const encoder: ColumnLike | undefined = is(operand, Column) ? operand : undefined;
  return { kind: "value", value, ...(encoder && { encoder }) };
}

const comparison = (op: Operator) =>
  function compare<T extends Operand>(operand: T, value: Comparand<T>): SQL<boolean> {
    return call(op, left(operand), right(operand, value));
  };

export const eq = comparison("eq");
export const ne = comparison("ne");
export const gt = comparison("gt");
export const gte = comparison("gte");
export const lt = comparison("lt");
export const lte = comparison("lte");

/** Both sides hold; undefined members are left out. */
export function and(...conditions: (SQLWrapper | undefined)[]): SQL<boolean> | undefined {
  return connect("and", conditions);
}

/** One of the sides holds; undefined members are left out. */
export function or(...conditions: (SQLWrapper | undefined)[]): SQL<boolean> | undefined {
  return connect("or", conditions);
}

function connect(
  op: "and" | "or",
  conditions: readonly (SQLWrapper | undefined)[],
): SQL<boolean> | undefined {
  const trees = conditions.filter((item) => item !== undefined).map((item) => item.getSQL().tree);
  if (trees.length > 1) return call(op, ...trees);
  return trees[0] && new SQL<boolean>(trees[0]);
}

export function not(condition: SQLWrapper): SQL<boolean> {
  return call("not", left(condition));
}

const membership = (op: Operator) =>
  function member<T extends Operand>(operand: T, values: readonly Comparand<T>[]): SQL<boolean> {
    return call(op, left(operand), ...values.map((value) => right(operand, value)));
  };

/** One of the values; an empty list holds for no row. */
export const inArray = membership("in");
/** None of the values; an empty list holds for every row. */
export const notInArray = membership("notIn");

export const isNull = (operand: Operand): SQL<boolean> => call("isNull", left(operand));
export const isNotNull = (operand: Operand): SQL<boolean> => call("isNotNull", left(operand));

const range = (op: Operator) =>
  function within<T extends Operand>(
    operand: T,
    low: Comparand<T>,
    high: Comparand<T>,
  ): SQL<boolean> {
    return call(op, left(operand), right(operand, low), right(operand, high));
  };

export const between = range("between");
export const notBetween = range("notBetween");

// Patterns are texts whatever the column is, so its encoder stays out.
const pattern = (op: Operator) =>
  function matches(operand: Operand, value: string | SQLWrapper): SQL<boolean> {
    return call(op, left(operand), right(undefined, value));
  };

export const like = pattern("like");
export const notLike = pattern("notLike");
export const ilike = pattern("ilike");
export const notIlike = pattern("notIlike");

/** An expression to order by, with its direction. */
export class Ordered implements SQLWrapper {
  static readonly [entityKind]: string = "Ordered";

  constructor(
    readonly by: Tree,
    readonly descending: boolean,
  ) {
    Object.freeze(this);
  }

  getSQL(): SQL {
    const direction: Tree = { kind: "text", text: this.descending ? " desc" : " asc" };
    return new SQL({ kind: "sql", chunks: [this.by, direction] });
  }
}

export const asc = (operand: Operand): Ordered => new Ordered(left(operand), false);
export const desc = (operand: Operand): Ordered => new Ordered(left(operand), true);

/** The operators, as callbacks of relation queries are given them. */
export const operators = {
  eq,
  ne,
  gt,
  gte,
  lt,
  lte,
  and,
  or,
  not,
  inArray,
  notInArray,
  isNull,
  isNotNull,
  between,
  notBetween,
  like,
  notLike,
  ilike,
  notIlike,
};

export type Operators = typeof operators;

export const getOperators = (): Operators => operators;
