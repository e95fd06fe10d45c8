import type { Expr, Operator } from "../../ast/query-document.js";
import { isSQLWrapper, type SQLWrapper } from "../../ast/tree.js";
import { VirgaError } from "../../base/error.js";
import { candidatesHint } from "../../base/nearest.js";
import { operators } from "../../expr/helpers.js";
import type { Column } from "../../schema/column.js";
import { TableColumns, type Source } from "../../schema/table.js";
import { member, quoted, type Text } from "../document.js";
import { sqlText, type Lowering } from "../lower.js";
import { EmptyFilter } from "./filter-types.js";
import type { ResolvedRelation } from "./relation.js";

type Members = Readonly<Record<string, unknown>>;
type Condition = Text<Expr> | undefined;

const { eq, ne, gt, gte, lt, lte, inArray, notInArray, isNull, isNotNull } = operators;
const { like, ilike, notLike, notIlike, arrayContains, arrayContained, arrayOverlaps } = operators;

type FieldOperator = (column: Column, value: never) => SQLWrapper;

/** The operators of a column's conditions, by the names they have there. */
const fieldOperators: Readonly<Record<string, FieldOperator>> = {
  ...{ eq, ne, gt, gte, lt, lte, in: inArray, notIn: notInArray },
  ...{ like, ilike, notLike, notIlike, arrayContains, arrayContained, arrayOverlaps },
};
const nullOperators = { isNull, isNotNull };
const connectives = ["AND", "OR", "NOT"];

/** Conditions that are objects, `{ age: { gt: 18 }, posts: { title: "x" } }`, as one expression. */
export class FilterLowering {
  constructor(private readonly lowering: Lowering) {}

  /** @param path where the filter stands in the query, for errors */
  table(source: Source, filter: object, path: string): Condition {
    return this.#object(filter, path, (key, value, place) => {
      const column = source[TableColumns][key];
      if (column) return this.#field(column, value, place);
      if (key === "RAW") return this.#raw(source, value);
      if (connectives.includes(key))
        return this.#connected(key, value, place, (item, at) => this.table(source, item, at));
      const relation = this.lowering.catalog.relation(source, key);
      if (relation) return this.#related(relation, value, place);
      throw unknownField(key, place, [
        ...Object.keys(source[TableColumns]),
        ...this.lowering.catalog.relationNames(source),
        ...connectives,
        "RAW",
      ]);
    });
  }

  /** The relation's own condition on the rows of its target. */
  ofTarget({ where, reverse, target, name }: ResolvedRelation): Condition {
    return where && reverse === undefined ? this.table(target, where, `${name}.where`) : undefined;
  }

  /** The relation's own condition on the row that it starts from. */
  ofSource({ where, reverse, source, name }: ResolvedRelation): Condition {
    return where && reverse !== undefined ? this.table(source, where, `${name}.where`) : undefined;
  }

  /** All members of an object hold. */
  #object(
    filter: object,
    path: string,
    lower: (key: string, value: unknown, path: string) => Condition,
  ): Condition {
    const parts = Object.entries(filter as Members).map(([key, value]: [string, unknown]) => {
      const place = `${path}.${key}`;
      if (value === EmptyFilter) return undefined;
      if (value !== undefined) return lower(key, value, place);
      throw new VirgaError({
        code: "invalid_query",
        message: `Unexpected 'undefined' in filter value. Use 'EmptyFilter' for no condition.`,
        path: place,
      });
    });
    return join("and", parts);
  }

  #connected(
    key: string,
    value: unknown,
    path: string,
    lower: (item: object, path: string) => Condition,
  ): Condition {
    if (key === "NOT") {
      const negated = lower(value as object, path);
      return negated && not(negated);
    }
    const items = value as readonly unknown[];
    if (!Array.isArray(value) || items.length === 0) {
      throw new VirgaError({
        code: "invalid_query",
        message: `Unexpected empty array in filters' '${key}' section. Use 'EmptyFilter' for no condition.`,
        path,
      });
    }
    const parts = items.map((item, index) => {
      if (item === EmptyFilter) return undefined;
      const members = this.#object({ [index]: item }, path, (_key, given, place) =>
        lower(given as object, place),
      );
      return members;
    });
    return join(key === "AND" ? "and" : "or", parts);
  }

  #field(column: Column, value: unknown, path: string): Condition {
    if (!isConditions(value)) {
      if (value !== null) return this.lowering.expression(eq(column, value as never));
      throw new VirgaError({
        code: "invalid_query",
        message: `Nothing equals null.`,
        path,
        hint: `{ isNull: true } holds for rows without a value.`,
      });
    }
    return this.#object(value, path, (key, operand, place) => {
      if (connectives.includes(key))
        return this.#connected(key, operand, place, (item, at) => this.#field(column, item, at));
      if (key in nullOperators && operand === true)
        return this.lowering.expression(nullOperators[key as "isNull"](column));
      const operator = fieldOperators[key];
      if (operator) return this.lowering.expression(operator(column, operand as never));
      const known = [...Object.keys(fieldOperators), ...Object.keys(nullOperators), ...connectives];
      if (!(key in nullOperators)) throw unknownField(key, place, known);
      throw new VirgaError({
        code: "invalid_query",
        message: `"${key}" takes true only.`,
        path: place,
        hint: `Its opposite is "${key === "isNull" ? "isNotNull" : "isNull"}".`,
      });
    });
  }

  #raw(source: Source, value: unknown): Text<Expr> {
    const raw: unknown =
      typeof value === "function"
        ? (value as (table: Source, helpers: object) => unknown)(source, operators)
        : value;
    return this.lowering.expression(raw, "RAW");
  }

  #related(relation: ResolvedRelation, value: unknown, path: string): Condition {
    const wanted =
      typeof value === "object" ? this.table(relation.target, value as object, path) : undefined;
    const where = join("and", [this.ofTarget(relation), wanted]);
    const exists = relatedText(relation, where);
    const ofSource = this.ofSource(relation);
    // Where it is null there are no such rows, as inside of "exists".
    const holds = ofSource && sqlText(['"("', ofSource, '") is true"']);
    const found = join("and", [exists, holds])!;
    return value === false ? not(found) : found;
  }
}

/** Whether there are related rows, or with `value`, a value of theirs. */
export function relatedText(
  { name }: ResolvedRelation,
  where: Condition,
  value?: Text<Expr>,
): Text<Expr> {
  const members = `"relation":${quoted(name)}${member("where", where)}${member("value", value)}`;
  return `{"related":{${members}}}` as Text<Expr>;
}

const not = (condition: Text<Expr>): Text<Expr> =>
  `{"op":"not","args":[${condition}]}` as Text<Expr>;

/** Several conditions as one; those that are missing are left out. */
export function join(op: Extract<Operator, "and" | "or">, parts: readonly Condition[]): Condition {
  const given = parts.filter((part) => part !== undefined);
  if (given.length < 2) return given[0];
  return `{"op":"${op}","args":[${given.join(",")}]}` as Text<Expr>;
}

/** Whether a member of a filter holds conditions instead of being a value. */
function isConditions(value: unknown): value is object {
  if (typeof value !== "object" || value === null || isSQLWrapper(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function unknownField(key: string, path: string, known: readonly string[]): VirgaError {
  return new VirgaError({
    code: "unknown_column",
    message: `Unknown relational filter field: "${key}"`,
    path,
    hint: candidatesHint(key, known),
  });
}
