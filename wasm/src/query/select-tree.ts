import type { JoinKind } from "../ast/query-document.js";
import {
  isSQLWrapper,
  type FieldMap,
  type OrderTree,
  type SelectTree,
  type Tree,
} from "../ast/tree.js";
import { is } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { AliasedSQL, SQL, treeOf } from "../expr/expression.js";
import { Ordered } from "../expr/order.js";
import { originalOf } from "../schema/alias.js";
import { Column } from "../schema/column.js";
import {
  getTableName,
  IsAlias,
  isSource,
  isTable,
  TableBaseName,
  TableColumns,
  type Source,
} from "../schema/table.js";
import { Subquery } from "./subquery.js";

/** A select of one source, with all of its fields unless some are given. */
export function selectFrom(
  source: object,
  fields: FieldMap | undefined,
  { distinct, ctes }: { distinct: boolean; ctes: readonly Subquery[] },
): SelectTree {
  checkSource(source);
  return {
    with: ctes,
    from: source,
    joins: [],
    fields: fields ?? fieldsOf(source),
    whole: fields === undefined && isSource(source) && isFlat(source),
    distinct,
    where: undefined,
    groupBy: [],
    having: undefined,
    compounds: [],
    orderBy: [],
    limit: undefined,
    offset: undefined,
  };
}

/** Refuses what is not a source: most often a misspelt member of a schema. */
function checkSource(source: unknown): void {
  if (isSource(source) || isSQLWrapper(source)) return;
  throw new VirgaError({
    code: "invalid_query",
    message: `A query reads from a table, view, subquery or SQL, not ${source === null ? "null" : typeof source}.`,
  });
}

/** Whether all fields of a source are columns; a view may have objects of them. */
const isFlat = (source: Source): boolean =>
  Object.values(source[TableColumns]).every((column) => is(column, Column));

/** The fields of a source; SQL has none. */
function fieldsOf(source: object): FieldMap {
  if (isSource(source)) return source[TableColumns];
  return is(source, Subquery) ? source._.selectedFields : {};
}

/** The select with one more source. Without chosen fields, every source becomes a member of rows. */
export function joined(
  select: SelectTree,
  { kind, source, partial }: { kind: JoinKind; source: object; partial: boolean },
): SelectTree {
  checkSource(source);
  const name = nameInQuery(source);
  const used = [select.from, ...select.joins.map((join) => join.source)].map(nameInQuery);
  if (name !== undefined && used.includes(name)) {
    throw new VirgaError({
      code: "invalid_query",
      message: `Alias "${name}" is already used in this query`,
    });
  }
  const joins = [...select.joins, { kind, source, on: undefined }];
  if (partial) return { ...select, joins };
  const before = select.joins.length > 0 ? select.fields : member(select.from);
  return { ...select, joins, whole: false, fields: { ...before, ...member(source) } };
}

/** The select with the condition of its last join. */
export function joinedOn(select: SelectTree, on: Tree | undefined): SelectTree {
  const last = select.joins.length - 1;
  return {
    ...select,
    joins: select.joins.map((join, at) => (at === last ? { ...join, on } : join)),
  };
}

/** A source as a member of the rows of a join: by its alias, else its name before any renaming. */
function member(source: object): FieldMap {
  if (is(source, Subquery)) return { [source._.alias]: fieldsOf(source) };
  if (!isSource(source)) return fieldsOf(source);
  const renamed = isTable(source) && !source[IsAlias];
  return { [renamed ? source[TableBaseName] : getTableName(source)]: fieldsOf(source) };
}

function nameInQuery(source: object): string | undefined {
  if (is(source, Subquery)) return source._.alias;
  return isSource(source) ? getTableName(source) : undefined;
}

/** The fields of a select, where a subquery that rows come from is an object of its fields. */
export function selectedFields({ from, joins, fields }: SelectTree): FieldMap {
  const sources = new Set([from, ...joins.map(({ source }) => source)]);
  const entries = Object.entries(fields).map(([key, field]) => {
    const joinedIn = is(field, Subquery) && sources.has(field);
    return [key, joinedIn ? field._.selectedFields : field] as const;
  });
  return Object.fromEntries(entries);
}

/** The fields as conditions see them: a name stands for its expression. */
export function expressionFields(fields: FieldMap): FieldMap {
  const entries = Object.entries(fields).map(([key, field]) => {
    if (is(field, AliasedSQL)) return [key, field.sql] as const;
    return [key, isGroup(field) ? expressionFields(field) : field] as const;
  });
  return Object.fromEntries(entries);
}

/** The fields with a name for every expression that has none. */
export function namedFields(fields: FieldMap): FieldMap {
  const entries = Object.entries(fields).map(([key, field]) => {
    if (is(field, SQL)) return [key, field.as(key)] as const;
    return [key, isGroup(field) ? namedFields(field) : field] as const;
  });
  return Object.fromEntries(entries);
}

const isGroup = (field: unknown): field is FieldMap =>
  typeof field === "object" && field !== null && !isSource(field) && !isSQLWrapper(field);

/** What rows are ordered by. */
export function orderTree(value: unknown): OrderTree {
  if (is(value, Ordered)) return { by: value.by, descending: value.descending };
  return { by: treeOf(value, "An order"), descending: false };
}

/** The names of all tables that a select reads. */
export function usedTables({ with: ctes, from, joins, compounds }: SelectTree): readonly string[] {
  const sources = [...ctes, from, ...joins.map(({ source }) => source)];
  const names = sources.flatMap((source) => {
    if (isSource(source)) return [getTableName(originalOf(source))];
    return is(source, Subquery) && !("kind" in source._.body) ? usedTables(source._.body) : [];
  });
  return [...new Set([...names, ...compounds.flatMap(({ select }) => usedTables(select))])];
}
