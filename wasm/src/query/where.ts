import type { Expr } from "../ast/query-document.js";
import type { SQLWrapper } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import type { Lowering } from "./lower.js";

/** Which rows a write is about: all by default, or those that fulfil a condition. */
export interface Restriction {
  /** Present after `where()`, whose condition may have turned out undefined. */
  readonly where?: { readonly condition: SQLWrapper | undefined };
  readonly allRows: boolean;
}

/**
 * The condition of an update or delete. A condition that is undefined is most often a mistake that
 * would touch every row, so that has to be said.
 */
export function restriction(
  lowering: Lowering,
  { where, allRows }: Restriction,
  statement: string,
): { where?: Expr } {
  if (!where || where.condition !== undefined) return lowering.condition(where?.condition);
  if (allRows) return {};
  throw new VirgaError({
    code: "invalid_query",
    message: `The condition of this ${statement} is undefined, so it would touch every row.`,
    path: `${statement}.where`,
    hint: `.allRows() says that every row is meant.`,
  });
}
