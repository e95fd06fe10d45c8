import { arrayContained, arrayContains, arrayOverlaps } from "./arrays.js";
import * as comparisons from "./operators.js";
import { asc, desc } from "./order.js";
import { sql } from "./sql.js";

/** The operators, as callbacks of relation queries are given them. */
export const operators = { ...comparisons, arrayContains, arrayContained, arrayOverlaps, sql };

/** The operators that a callback of a relation query is given. */
export type Operators = typeof operators;

/** What callbacks of relation queries order by. */
export const orderByOperators = { asc, desc, sql };

/** What the callback of `orderBy` is given. */
export type OrderByOperators = typeof orderByOperators;

/** The operators, as callbacks of relation queries are given them. */
export const getOperators = (): Operators => operators;

/** What callbacks of relation queries order by. */
export const getOrderByOperators = (): OrderByOperators => orderByOperators;
