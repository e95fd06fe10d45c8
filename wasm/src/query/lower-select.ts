import type {
  CteDocument,
  JoinDocument,
  SelectDocument,
  SourceDocument,
} from "../ast/query-document.js";
import { isSQLWrapper, type FieldMap, type JoinTree, type SelectTree } from "../ast/tree.js";
import { is } from "../base/entity.js";
import { AliasedSQL } from "../expr/expression.js";
import { originalOf } from "../schema/alias.js";
import { Column } from "../schema/column.js";
import { getTableName, IsAlias, isSource, type Source } from "../schema/table.js";
import { fieldDocuments } from "./fields.js";
import type { Lowering } from "./lower.js";
import { selectedFields } from "./select-tree.js";
import { Subquery, WithSubquery } from "./subquery.js";

/**
 * A select as the core reads it.
 * @param path undefined for a select inside of another query
 */
export function selectDocument(lowering: Lowering, select: SelectTree, path?: ""): SelectDocument {
  const ctes = select.with.map((cte) => cteDocument(lowering, cte as WithSubquery));
  const sources = [select.from, ...select.joins.map(({ source }) => source)];
  lowering.scopes.push(sources.map((source) => nameOf(lowering, source)));
  const { where, groupBy, having, compounds, orderBy, limit, offset } = select;
  const document: SelectDocument = {
    with: ctes.length > 0 ? ctes : undefined,
    from: sourceDocument(lowering, select.from),
    joins: joinDocuments(lowering, select.joins),
    fields: select.whole ? undefined : fieldDocuments(lowering, selectedFields(select), path),
    distinct: select.distinct || undefined,
    where: where && lowering.tree(where),
    groupBy: groupBy.length > 0 ? groupBy.map((tree) => lowering.tree(tree)) : undefined,
    having: having && lowering.tree(having),
    compounds:
      compounds.length > 0
        ? compounds.map((one) => ({ op: one.op, select: selectDocument(lowering, one.select) }))
        : undefined,
    orderBy: lowering.orderTrees(orderBy),
    limit: limit && lowering.tree(limit),
    offset: offset && lowering.tree(offset),
  };
  lowering.scopes.pop();
  return document;
}

/** What rows come from. */
export function sourceDocument(lowering: Lowering, source: object): SourceDocument {
  if (is(source, WithSubquery)) return { cte: source._.alias };
  if (is(source, Subquery)) {
    // Only in `with` a subquery can be SQL as it is written.
    return { select: selectDocument(lowering, source._.body as SelectTree), as: source._.alias };
  }
  if (isSource(source)) {
    const table = lowering.catalog.keyOf(originalOf(source));
    return source[IsAlias] ? { table, as: getTableName(source) } : table;
  }
  return { sql: isSQLWrapper(source) ? lowering.chunks(source.getSQL().tree) : [] };
}

/** The name by which columns of a source are referred to. */
export function sourceName(lowering: Lowering, source: object): string {
  if (is(source, Subquery)) return source._.alias;
  const table = source as Source;
  return table[IsAlias] ? getTableName(table) : lowering.catalog.keyOf(table);
}

/** As `sourceName`; SQL has none. */
export function nameOf(lowering: Lowering, source: object): string | undefined {
  return isSource(source) || is(source, Subquery) ? sourceName(lowering, source) : undefined;
}

export function joinDocuments(
  lowering: Lowering,
  joins: readonly JoinTree[],
): readonly JoinDocument[] | undefined {
  if (joins.length === 0) return undefined;
  return joins.map(({ kind, source, on }) => ({
    kind,
    source: sourceDocument(lowering, source),
    on: on && lowering.tree(on),
  }));
}

/** A subquery of `with`. */
export function cteDocument(lowering: Lowering, cte: WithSubquery): CteDocument {
  const { alias: name, body, selectedFields } = cte._;
  if (!("kind" in body)) return { name, select: selectDocument(lowering, body) };
  return { name, sql: lowering.chunks(body), columns: cteColumns(selectedFields, "") };
}

interface CteColumn {
  readonly key: string;
  readonly name?: string;
  readonly codec?: Column["config"]["kind"]["codec"];
}

/** The columns that a `with` of SQL is said to have. */
function cteColumns(fields: FieldMap, prefix: string): readonly CteColumn[] {
  return Object.entries(fields).flatMap(([key, field]): readonly CteColumn[] => {
    if (is(field, Column)) {
      return [{ key: prefix + key, name: field.name, codec: field.config.kind.codec }];
    }
    if (is(field, AliasedSQL)) return [{ key: prefix + key, name: field.fieldAlias }];
    return cteColumns(field as FieldMap, `${prefix}${key}.`);
  });
}
