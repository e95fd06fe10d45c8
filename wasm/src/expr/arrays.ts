import { is } from "../base/entity.js";
import { isSQLWrapper, type SQLWrapper } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import { encoderOf, Param, Placeholder } from "./chunks.js";
import type { SQL } from "./expression.js";
import type { Operand } from "./operators.js";
import { sql } from "./sql.js";

/** What an array of JSON is compared with: an array, or SQL that gives JSON. */
type Elements = readonly unknown[] | SQLWrapper;

/** Every one of the values is in the array that the column holds as JSON. */
export function arrayContains(operand: Operand, values: Elements): SQL {
  const list = elements("arrayContains", operand, values);
  return sql`(${operand} is not null and not exists (select 1 from json_each(${list}) where value not in (select value from json_each(${operand}))))`;
}

/** Every element of the array that the column holds as JSON is one of the values. */
export function arrayContained(operand: Operand, values: Elements): SQL {
  const list = elements("arrayContained", operand, values);
  return sql`(${operand} is not null and not exists (select 1 from json_each(${operand}) where value not in (select value from json_each(${list}))))`;
}

/** The array that the column holds as JSON and the values have an element in common. */
export function arrayOverlaps(operand: Operand, values: Elements): SQL {
  const list = elements("arrayOverlaps", operand, values);
  return sql`exists (select 1 from json_each(${operand}) where value in (select value from json_each(${list})))`;
}

function elements(operator: string, operand: Operand, values: Elements): SQLWrapper {
  if (Array.isArray(values) && values.length === 0) {
    throw new VirgaError({
      code: "invalid_query",
      message: `${operator} requires at least one value`,
    });
  }
  const given = isSQLWrapper(values) && !is(values, Placeholder);
  return given ? values : new Param(values, encoderOf(operand) ?? json);
}

const json = { mapToDriverValue: (value: unknown): string => JSON.stringify(value) };
