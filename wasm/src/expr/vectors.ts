import type { SQLWrapper } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import type { SQL } from "./expression.js";

type Vector = readonly number[] | readonly string[] | SQLWrapper | string;

/** Drizzle has these for PostgreSQL's vector extension; calling one is an error. */
const distance =
  (name: string) =>
  (_column: SQLWrapper, _value: Vector): SQL => {
    throw new VirgaError({
      code: "invalid_query",
      message: `${name}() compares vectors by PostgreSQL's vector extension, which SQLite does not have.`,
    });
  };

/** Of PostgreSQL's vector extension: calling it throws `invalid_query`. @function */
export const l1Distance = distance("l1Distance");
/** Of PostgreSQL's vector extension: calling it throws `invalid_query`. @function */
export const l2Distance = distance("l2Distance");
/** Of PostgreSQL's vector extension: calling it throws `invalid_query`. @function */
export const cosineDistance = distance("cosineDistance");
/** Of PostgreSQL's vector extension: calling it throws `invalid_query`. @function */
export const innerProduct = distance("innerProduct");
/** Of PostgreSQL's vector extension: calling it throws `invalid_query`. @function */
export const hammingDistance = distance("hammingDistance");
/** Of PostgreSQL's vector extension: calling it throws `invalid_query`. @function */
export const jaccardDistance = distance("jaccardDistance");
