import type { Aggregate } from "../ast/query-document.js";
import type { SQLWrapper, Tree } from "../ast/tree.js";
import { is } from "../base/entity.js";
import { Column } from "../schema/column.js";
import { SQL, treeOf, withCodec, type Decoder } from "./expression.js";
import type { Operand } from "./operators.js";

/** What `max` and `min` give: the type of the column, a string of anything else. */
type Extreme<T> = T extends Column<infer C extends { readonly data: unknown }> ? C["data"] : string;

function aggregate<T>(
  fn: Aggregate,
  expression: SQLWrapper | undefined,
  { distinct = false, decoder }: { distinct?: boolean; decoder?: Decoder | undefined } = {},
): SQL<T> {
  const operands: Tree[] =
    expression === undefined ? [] : [treeOf(expression, "The argument of an aggregate")];
  return new SQL<T>({ kind: "aggregate", fn, operands, distinct }, decoder);
}

function extreme<T extends Operand>(fn: "max" | "min", expression: T): SQL<Extreme<T> | null> {
  if (!is(expression, Column)) {
    return aggregate(fn, new SQL(withCodec(treeOf(expression, "The argument"), "string")));
  }
  const { codec } = expression.config.kind;
  const decoder: Decoder = (stored) => expression.mapFromDriverValue(stored);
  return aggregate(fn, expression, codec === "custom" ? { decoder } : {});
}

/** How many rows, or how many values that are not null. */
export const count = (expression?: SQLWrapper): SQL<number> => aggregate("count", expression);
/** How many different values. */
export const countDistinct = (expression: SQLWrapper): SQL<number> =>
  aggregate("count", expression, { distinct: true });
/** The sum, as a string: it may be larger than a number can say. */
export const sum = (expression: SQLWrapper): SQL<string | null> => aggregate("sum", expression);
/** The sum of the different values, as a string. */
export const sumDistinct = (expression: SQLWrapper): SQL<string | null> =>
  aggregate("sum", expression, { distinct: true });
/** The mean, as a string. */
export const avg = (expression: SQLWrapper): SQL<string | null> => aggregate("avg", expression);
/** The mean of the different values, as a string. */
export const avgDistinct = (expression: SQLWrapper): SQL<string | null> =>
  aggregate("avg", expression, { distinct: true });
/** The largest value. */
export const max = <T extends Operand>(expression: T): SQL<Extreme<T> | null> =>
  extreme("max", expression);
/** The smallest value. */
export const min = <T extends Operand>(expression: T): SQL<Extreme<T> | null> =>
  extreme("min", expression);
