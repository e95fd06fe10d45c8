import type { Expr, OrderDocument } from "../../ast/query-document.js";
import { isSQLWrapper, type FieldMap } from "../../ast/tree.js";
import { is } from "../../base/entity.js";
import { VirgaError } from "../../base/error.js";
import { candidatesHint } from "../../base/nearest.js";
import { operators, orderByOperators } from "../../expr/helpers.js";
import { sql } from "../../expr/sql.js";
import { Column } from "../../schema/column.js";
import { getTableName, TableColumns, type Source } from "../../schema/table.js";
import { listMember, member, quoted, type Text } from "../document.js";
import { fieldText, membersOf } from "../fields.js";
import type { Lowering } from "../lower.js";
import { FilterLowering, join } from "./filter.js";
import { orderObject } from "./order.js";
import { hiddenField, type Prune } from "./prune.js";
import type { ResolvedRelation } from "./relation.js";

/**
 * The configuration of a relation query as it arrives: its types have done their work, or there
 * were none. What only one of Drizzle's two lines has is known by its form.
 */
export interface AnyFindConfig {
  readonly columns?: Readonly<Record<string, boolean | undefined>>;
  readonly with?: Readonly<Record<string, boolean | undefined | AnyFindConfig>>;
  readonly extras?: unknown;
  readonly where?: unknown;
  readonly orderBy?: unknown;
  readonly limit?: unknown;
  readonly offset?: unknown;
}

const knownKeys = ["columns", "with", "extras", "where", "orderBy", "limit", "offset"];

/** Where a level stands. */
interface Place {
  /** In the query, for errors. */
  readonly query: string;
  /** In the result, for decoders: the relations that lead to it, each with a dot. */
  readonly result: string;
}

/**
 * The members of one level of a relation query, as the core reads them, after those that say what it is.
 * @param prunes gets what has to be done with the result
 */
export function levelMembers(
  lowering: Lowering,
  source: Source,
  config: AnyFindConfig,
  prunes: Prune[],
  place: Place = { query: "find", result: "" },
  relation?: ResolvedRelation,
): string {
  for (const key of Object.keys(config)) {
    if (!knownKeys.includes(key)) throw unknownOption(key, place.query);
  }
  const columns = plainColumns(source);
  const chosen = chosenColumns(columns, config.columns, place.query);
  const chosenExtras = extraFields(lowering, source, config.extras, place);
  const { related, hidden } = withTexts(lowering, source, config.with ?? {}, prunes, place);
  const extras = [...chosenExtras, ...hidden];
  if (chosen?.length === 0 && extras.length === 0 && related.length === 0)
    throw nothingSelected(lowering, source, place);
  const filters = new FilterLowering(lowering);
  const where = join("and", [
    relation && filters.ofTarget(relation),
    whereExpr(lowering, filters, source, config.where, place.query),
  ]);
  const members = [
    chosen ? `,"columns":[${chosen.map(quoted).join(",")}]` : "",
    listMember("extras", extras),
    member("where", where),
    listMember("orderBy", orderTexts(lowering, source, config.orderBy, place.query)),
    member("limit", lowering.count(config.limit)),
    member("offset", lowering.count(config.offset)),
    listMember("with", related),
  ];
  return members.join("");
}

const plain = new WeakSet<Source>();

/** The columns of a table or view; a view's may be objects of columns, which have no place here. */
function plainColumns(source: Source): Readonly<Record<string, Column>> {
  const columns = source[TableColumns];
  if (plain.has(source)) return columns;
  if (Object.values(columns).every((column) => is(column, Column))) {
    plain.add(source);
    return columns;
  }
  throw new VirgaError({
    code: "invalid_query",
    message: "Views with nested selections are not supported by the relational query builder",
  });
}

/** Conditions, orders and extras may be given as functions of the columns. */
function called(value: unknown, source: Source, helpers: object): unknown {
  if (typeof value !== "function") return value;
  return (value as (source: Source, helpers: object) => unknown)(source, helpers);
}

function whereExpr(
  lowering: Lowering,
  filters: FilterLowering,
  source: Source,
  given: unknown,
  path: string,
): Text<Expr> | undefined {
  const where = called(given, source, operators);
  if (where === undefined) return undefined;
  if (typeof where !== "object" || where === null || isSQLWrapper(where))
    return lowering.expression(where, "A condition");
  return filters.table(source, where, `${path}.where`);
}

function orderTexts(
  lowering: Lowering,
  source: Source,
  given: unknown,
  path: string,
): readonly Text<OrderDocument>[] {
  const orders = called(given, source, orderByOperators);
  if (orders === undefined) return [];
  if (
    typeof orders === "object" &&
    orders !== null &&
    !isSQLWrapper(orders) &&
    !Array.isArray(orders)
  )
    return orderObject(lowering, source, orders, `${path}.orderBy`);
  return lowering.orders([orders].flat());
}

/** Extra fields are called by their keys; the aliases that SQL has are left. */
function extraFields(
  lowering: Lowering,
  source: Source,
  given: unknown,
  place: Place,
): readonly string[] {
  if (given === undefined) return [];
  return Object.entries((called(given, source, { sql }) ?? {}) as FieldMap)
    .filter(([, extra]) => extra !== undefined)
    .map(([key, extra]) => {
      const field = called(extra, source, { sql });
      if (!membersOf(field)) {
        return extraText(key, fieldText(lowering, key, field, place.result + key));
      }
      throw new VirgaError({
        code: "invalid_query",
        message: `The extra field "${key}" is SQL, not an object.`,
        path: `${place.query}.extras`,
      });
    });
}

const extraText = (key: string, expr: Text<Expr>): string => `{"as":${quoted(key)},"expr":${expr}}`;

function chosenColumns(
  columns: Readonly<Record<string, Column>>,
  choice: AnyFindConfig["columns"],
  path: string,
): readonly string[] | undefined {
  if (!choice) return undefined;
  const entries = Object.entries(choice);
  const known = Object.keys(columns);
  const [missing] = entries.filter(([key, wanted]) => wanted !== undefined && !(key in columns));
  if (missing) throw unknownColumn(missing[0], known, path);
  const wanted = entries.filter(([, included]) => included === true).map(([key]) => key);
  // Members of the result stand in the order in which they were asked for.
  if (wanted.length > 0) return wanted;
  const left = entries.filter(([, included]) => included === false).map(([key]) => key);
  return left.length === 0 ? [] : known.filter((key) => !left.includes(key));
}

function withTexts(
  lowering: Lowering,
  source: Source,
  wanted: NonNullable<AnyFindConfig["with"]>,
  prunes: Prune[],
  place: Place,
): { related: readonly string[]; hidden: readonly string[] } {
  const hidden: string[] = [];
  const names = Object.keys(wanted).filter((name) => wanted[name]);
  const related = names.map((name, index) => {
    const config = wanted[name];
    const query = `${place.query}.with[${index}]`;
    const relation = lowering.catalog.relation(source, name);
    if (!relation) throw unknownRelation(lowering, source, name, query);
    const ofSource = new FilterLowering(lowering).ofSource(relation);
    if (ofSource) {
      hidden.push(extraText(hiddenField(name), ofSource));
      const path = place.result.split(".").slice(0, -1);
      prunes.push({ path, relation: name, kind: relation.kind });
    }
    const nested = typeof config === "object" ? config : {};
    const inner = { query, result: `${place.result}${name}.` };
    const level = levelMembers(lowering, relation.target, nested, prunes, inner, relation);
    return `{"relation":${quoted(name)}${level}}`;
  });
  return { related, hidden };
}

function unknownOption(key: string, path: string): VirgaError {
  return new VirgaError({
    code: "invalid_query",
    message: `A relation query has no option "${key}".`,
    path: `${path}.${key}`,
    hint: candidatesHint(key, knownKeys),
  });
}

function unknownColumn(key: string, known: readonly string[], path: string): VirgaError {
  return new VirgaError({
    code: "unknown_column",
    message: `The table has no column "${key}".`,
    path: `${path}.columns`,
    hint: candidatesHint(key, known),
  });
}

function unknownRelation(
  lowering: Lowering,
  source: Source,
  name: string,
  path: string,
): VirgaError {
  return new VirgaError({
    code: "unknown_relation",
    message: `Unknown relation "${lowering.catalog.keyOf(source)}" -> "${name}"`,
    path,
    hint: candidatesHint(name, lowering.catalog.relationNames(source)),
  });
}

function nothingSelected(lowering: Lowering, source: Source, place: Place): VirgaError {
  const at = place.result === "" ? getTableName(source) : place.result.slice(0, -1);
  return new VirgaError({
    code: "invalid_query",
    message:
      `No fields selected for table "${lowering.catalog.keyOf(source)}" ("${at}"). ` +
      `A level has at least one item in "columns", "with" or "extras".`,
    path: place.query,
  });
}
