import type { SetOperator } from "../ast/query-document.js";
import type { SelectTree } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import type { AnySelect } from "./select.js";
import { namedFields, selectedFields, selectFrom } from "./select-tree.js";
import type { DrizzleTypeError } from "./select-types.js";
import { Subquery } from "./subquery.js";

/** A select whose rows have the same fields as `Row`. */
type Matching<Right extends AnySelect, Row> = [keyof Right["_"]["row"], Right["_"]["row"]] extends [
  keyof Row,
  Row,
]
  ? Right
  : DrizzleTypeError<"The selects of a set operator have the same fields">;

/**
 * The right side of a set operator: a select, or a function of the set operators. The rows of a
 * function's select are not compared: TypeScript 6 infers its type too late for that.
 */
export type Operand<Right extends AnySelect, Row> =
  (Right & Matching<Right, Row>) | ((operators: SetOperators) => AnySelect);

/** A set operator as a function of two or more selects. */
type SetOperatorFunction = <
  Left extends AnySelect,
  Right extends AnySelect,
  Rest extends readonly AnySelect[],
>(
  left: Left,
  right: Right & Matching<Right, Left["_"]["row"]>,
  ...rest: { [K in keyof Rest]: Rest[K] & Matching<Rest[K], Left["_"]["row"]> }
) => Left;

const operator =
  (op: SetOperator): SetOperatorFunction =>
  (left, right, ...rest) =>
    [right, ...rest].reduce<AnySelect>((all, next) => all[op](next as never), left) as typeof left;

/** The rows of all selects, each once. */
export const union = operator("union");
/** The rows of all selects. */
export const unionAll = operator("unionAll");
/** The rows that all selects have. */
export const intersect = operator("intersect");
/** The rows that only the first select has. */
export const except = operator("except");

export const setOperators = { union, unionAll, intersect, except };

export type SetOperators = typeof setOperators;

/** A select with another one put to it. Order and limit of the whole are set afterwards. */
export function combined(left: SelectTree, op: SetOperator, right: SelectTree): SelectTree {
  const keys = (select: SelectTree): string => JSON.stringify(Object.keys(select.fields));
  if (keys(left) !== keys(right)) {
    throw new VirgaError({
      code: "invalid_query",
      message:
        "Set operator error (union / intersect / except): selected fields are not the same or are in a different order",
    });
  }
  const limited = left.orderBy.length > 0 || left.limit !== undefined || left.offset !== undefined;
  const first = limited ? wrapped(left) : left;
  return { ...first, whole: false, compounds: [...first.compounds, { op, select: right }] };
}

/** A select of a select: where an order or a limit concerns one operand only. */
function wrapped(select: SelectTree): SelectTree {
  const fields = namedFields(selectedFields(select));
  const operand = new Subquery({ ...select, whole: false, fields }, fields, "operand");
  return selectFrom(operand, undefined, { distinct: false, ctes: [] });
}
