import { is } from "../base/entity.js";
import type { Operator } from "../ast/query-document.js";
import { isSQLWrapper, type SQLWrapper, type Tree } from "../ast/tree.js";
import type { Column } from "../schema/column.js";
import { encoderOf, Placeholder, valueTree } from "./chunks.js";
import { SQL, treeOf } from "./expression.js";

/** What a value is compared with: a column, of which nothing is compared, or SQL. */
export type Operand = Column<unknown> | SQLWrapper;

/** The value that fits an operand. */
type ValueOf<T> =
  T extends Column<infer C extends { readonly data: unknown }>
    ? C["data"]
    : T extends { readonly _: { readonly type: infer V } }
      ? V
      : unknown;

type Comparand<T> = ValueOf<T> | SQLWrapper;

const call = (op: Operator, ...operands: Tree[]): SQL => new SQL({ kind: "call", op, operands });

const left = (operand: unknown): Tree => treeOf(operand, "The left side of an operator");

/** The right side of a comparison: a value is encoded as the left side's column does. */
const right = (operand: unknown, value: unknown): Tree => valueTree(value, encoderOf(operand));

const comparison = (op: Operator) =>
  function compare<T extends Operand>(operand: T, value: Comparand<T>): SQL {
    return call(op, left(operand), right(operand, value));
  };

/**
 * Equal: `operand = value`. Nothing equals null; see `isNull`.
 *
 * @param operand a column or SQL
 * @param value a value of the column's type, which becomes a parameter, or SQL
 * @function
 */
export const eq = comparison("eq");
/** Not equal: `operand <> value`. @function */
export const ne = comparison("ne");
/** Greater than: `operand > value`. @function */
export const gt = comparison("gt");
/** Greater than or equal: `operand >= value`. @function */
export const gte = comparison("gte");
/** Less than: `operand < value`. @function */
export const lt = comparison("lt");
/** Less than or equal: `operand <= value`. @function */
export const lte = comparison("lte");

/** Both sides hold; undefined members are left out. */
export function and(...conditions: (SQLWrapper | undefined)[]): SQL | undefined {
  return connect("and", conditions);
}

/** One of the sides holds; undefined members are left out. */
export function or(...conditions: (SQLWrapper | undefined)[]): SQL | undefined {
  return connect("or", conditions);
}

function connect(
  op: "and" | "or",
  conditions: readonly (SQLWrapper | undefined)[],
): SQL | undefined {
  const trees = conditions.filter((item) => item !== undefined).map((item) => item.getSQL().tree);
  if (trees.length > 1) return call(op, ...trees);
  return trees[0] && new SQL(trees[0]);
}

/** The condition does not hold. */
export function not(condition: SQLWrapper): SQL {
  return call("not", left(condition));
}

const membership = (op: "in" | "notIn", words: string) =>
  function member<T extends Operand>(
    operand: T,
    values: readonly Comparand<T>[] | SQLWrapper,
  ): SQL {
    const operands = [left(operand)];
    if (!isSQLWrapper(values)) {
      return call(op, ...operands, ...values.map((value) => right(operand, value)));
    }
    const list = right(operand, values);
    if (is(values, Placeholder) || list.kind === "select") return call(op, ...operands, list);
    // SQL that gives a list is written after the word, whatever it is.
    const chunks: Tree[] = [...operands, { kind: "text", text: words }, list];
    return new SQL({ kind: "sql", chunks });
  };

/** One of the values, which may be a subquery; an empty list holds for no row. @function */
export const inArray = membership("in", " in ");
/** None of the values; an empty list holds for every row. @function */
export const notInArray = membership("notIn", " not in ");

/** The subquery has a row. */
export const exists = (subquery: SQLWrapper): SQL => call("exists", left(subquery));
/** The subquery has no row. */
export const notExists = (subquery: SQLWrapper): SQL => call("notExists", left(subquery));

/** There is no value. */
export const isNull = (operand: Operand): SQL => call("isNull", left(operand));
/** There is a value. */
export const isNotNull = (operand: Operand): SQL => call("isNotNull", left(operand));

const range = (op: Operator) =>
  function within<T extends Operand>(operand: T, low: Comparand<T>, high: Comparand<T>): SQL {
    return call(op, left(operand), right(operand, low), right(operand, high));
  };

/** From `low` to `high`, both included. @function */
export const between = range("between");
/** Less than `low` or greater than `high`. @function */
export const notBetween = range("notBetween");

// Patterns are texts whatever the column is, so its encoder stays out.
const pattern = (op: Operator) =>
  function matches(operand: Operand, value: string | SQLWrapper): SQL {
    return call(op, left(operand), valueTree(value));
  };

/** Fits a pattern: `%` is any text, `_` any character. The case of A to Z does not matter. @function */
export const like = pattern("like");
/** Does not fit a pattern; see `like`. @function */
export const notLike = pattern("notLike");
/** As `like`, which in SQLite does not look at the case of A to Z either. @function */
export const ilike = pattern("ilike");
/** Does not fit a pattern; see `ilike`. @function */
export const notIlike = pattern("notIlike");
