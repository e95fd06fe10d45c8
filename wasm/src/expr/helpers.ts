import { arrayContained, arrayContains, arrayOverlaps } from "./arrays.js";
import * as comparisons from "./operators.js";
import { asc, desc } from "./order.js";
import { sql } from "./sql.js";

/** The operators, as callbacks of relation queries are given them. */
export const operators = { ...comparisons, arrayContains, arrayContained, arrayOverlaps, sql };

export type Operators = typeof operators;

/** What callbacks of relation queries order by. */
export const orderByOperators = { asc, desc, sql };

export type OrderByOperators = typeof orderByOperators;

export const getOperators = (): Operators => operators;

export const getOrderByOperators = (): OrderByOperators => orderByOperators;
