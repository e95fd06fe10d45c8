import type {
  CteDocument,
  JoinDocument,
  SelectDocument,
  SourceDocument,
} from "../ast/query-document.js";
import {
  isSQLWrapper,
  type FieldMap,
  type JoinTree,
  type SelectTree,
  type Tree,
} from "../ast/tree.js";
import { is } from "../base/entity.js";
import { AliasedSQL } from "../expr/expression.js";
import { originalOf } from "../schema/alias.js";
import { Column } from "../schema/column.js";
import { getTableName, IsAlias, isSource, type Source } from "../schema/table.js";
import { listMember, member, quoted, type Text } from "./document.js";
import { fieldTexts } from "./fields.js";
import { sqlText, type Lowering } from "./lower.js";
import { selectedFields } from "./select-tree.js";
import { Subquery, WithSubquery } from "./subquery.js";

/**
 * A select as the core reads it.
 * @param path undefined for a select inside of another query
 */
export function selectText(
  lowering: Lowering,
  select: SelectTree,
  path?: "",
): Text<SelectDocument> {
  const ctes = select.with.map((cte) => cteText(lowering, cte as WithSubquery));
  lowering.enter([select.from, ...select.joins.map(({ source }) => source)]);
  const { where, groupBy, having, compounds, orderBy, limit, offset } = select;
  const from = sourceText(lowering, select.from);
  const joins = listMember("joins", joinTexts(lowering, select.joins));
  const fields = select.whole
    ? ""
    : `,"fields":[${fieldTexts(lowering, selectedFields(select), path).join(",")}]`;
  const optional = (name: string, tree: Tree | undefined): string =>
    member(name, tree && lowering.tree(tree));
  const clauses = [
    fields,
    select.distinct ? ',"distinct":true' : "",
    optional("where", where),
    listMember(
      "groupBy",
      groupBy.map((tree) => lowering.tree(tree)),
    ),
    optional("having", having),
    listMember(
      "compounds",
      compounds.map((one) => `{"op":"${one.op}","select":${selectText(lowering, one.select)}}`),
    ),
    listMember("orderBy", lowering.orderTrees(orderBy)),
    optional("limit", limit),
    optional("offset", offset),
  ];
  lowering.leave();
  const before = listMember("with", ctes);
  return `{"from":${from}${joins}${clauses.join("")}${before}}` as Text<SelectDocument>;
}

/** What rows come from. */
export function sourceText(lowering: Lowering, source: object): Text<SourceDocument> {
  return writtenSource(lowering, source) as Text<SourceDocument>;
}

function writtenSource(lowering: Lowering, source: object): string {
  if (is(source, WithSubquery)) return `{"cte":${quoted(source._.alias)}}`;
  if (is(source, Subquery)) {
    // Only in `with` a subquery can be SQL as it is written.
    const select = selectText(lowering, source._.body as SelectTree);
    return `{"select":${select},"as":${quoted(source._.alias)}}`;
  }
  if (isSource(source)) {
    const table = quoted(lowering.catalog.keyOf(originalOf(source)));
    return source[IsAlias] ? `{"table":${table},"as":${quoted(getTableName(source))}}` : table;
  }
  return sqlText(isSQLWrapper(source) ? lowering.chunks(source.getSQL().tree) : []);
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

export function joinTexts(
  lowering: Lowering,
  joins: readonly JoinTree[],
): readonly Text<JoinDocument>[] {
  return joins.map(({ kind, source, on }) => {
    const from = sourceText(lowering, source);
    const condition = member("on", on && lowering.tree(on));
    return `{"kind":"${kind}","source":${from}${condition}}` as Text<JoinDocument>;
  });
}

/** A subquery of `with`. */
export function cteText(lowering: Lowering, cte: WithSubquery): Text<CteDocument> {
  const { alias, body, selectedFields } = cte._;
  const content =
    "kind" in body
      ? `"sql":[${lowering.chunks(body).join(",")}],"columns":${JSON.stringify(cteColumns(selectedFields, ""))}`
      : `"select":${selectText(lowering, body)}`;
  return `{"name":${quoted(alias)},${content}}` as Text<CteDocument>;
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
