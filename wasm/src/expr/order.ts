import type { Tree } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import type { Operand } from "./operators.js";
import { SQL, treeOf } from "./expression.js";

/** An expression to order by, with its direction. */
export class Ordered extends SQL {
  static override readonly [entityKind]: string = "Ordered";

  constructor(
    readonly by: Tree,
    readonly descending: boolean,
  ) {
    super({ kind: "sql", chunks: [by, { kind: "text", text: descending ? " desc" : " asc" }] });
  }
}

const ordered = (operand: Operand, descending: boolean): Ordered =>
  new Ordered(treeOf(operand, "An order"), descending);

/** Smallest first; null comes before every value. */
export const asc = (operand: Operand): Ordered => ordered(operand, false);
/** Largest first; null comes after every value. */
export const desc = (operand: Operand): Ordered => ordered(operand, true);
