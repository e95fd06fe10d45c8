import type { Expr, FieldDocument } from "../ast/query-document.js";
import type { FieldMap } from "../ast/tree.js";
import { is } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { AliasedSQL, SQL, treeOf } from "../expr/expression.js";
import type { Decode } from "../frame/codecs.js";
import { Column } from "../schema/column.js";
import { getTableName, isSource, TableColumns, type Source } from "../schema/table.js";
import { member, quoted, type Text } from "./document.js";
import { sqlText, type Lowering } from "./lower.js";
import { selectText, sourceName } from "./lower-select.js";
import { Subquery } from "./subquery.js";

/** What a result may be made of, by name: columns, SQL, sources, and objects of these. */
export interface Fields {
  readonly [key: string]: Column<unknown> | SQL | AliasedSQL | Source | Subquery | Fields;
}

/**
 * Fields as the core reads them. The decoders of fields that have their own are kept by path.
 * @param path what stands before the keys; undefined inside of subqueries, whose values nobody sees
 */
export function fieldTexts(
  lowering: Lowering,
  fields: FieldMap,
  path: string | undefined,
): readonly Text<FieldDocument>[] {
  return Object.keys(fields).map((as) => {
    const field = fields[as];
    const own = path === undefined ? undefined : path + as;
    const members = membersOf(field);
    const content = members
      ? `,"fields":[${fieldTexts(lowering, members, own && `${own}.`).join(",")}]`
      : `,"expr":${fieldText(lowering, as, field, own)}${nameMember(field)}`;
    return `{"as":${quoted(as)}${content}}` as Text<FieldDocument>;
  });
}

/** The fields of a field that is an object of them. */
export function membersOf(field: unknown): FieldMap | undefined {
  if (isSource(field)) return field[TableColumns];
  const plain = typeof field === "object" && field !== null && !("getSQL" in field);
  return plain ? (field as FieldMap) : undefined;
}

/** The expression of a field that is no object of fields. */
export function fieldText(
  lowering: Lowering,
  as: string,
  field: unknown,
  path: string | undefined,
): Text<Expr> {
  if (is(field, Column)) checkJoined(lowering, field, path ?? as);
  const decode = decoderOf(field);
  if (decode && path !== undefined) lowering.decoders.set(path, decode);
  if (is(field, Column)) return lowering.column(field);
  if (is(field, Subquery)) return scalar(lowering, field);
  const tree = treeOf(is(field, AliasedSQL) ? field.sql : field, `Field "${path ?? as}"`);
  return decode ? sqlText(lowering.chunks(tree), "custom") : lowering.tree(tree);
}

/** The name that a field has in SQL, if it has one of its own. */
function nameMember(field: unknown): string {
  if (is(field, Subquery)) return member("name", quoted(field._.alias));
  const name = is(field, Column) || is(field, AliasedSQL) ? field.fieldAlias : undefined;
  return member("name", name && quoted(name));
}

/** The decoder of a field whose value the core cannot decode. */
function decoderOf(field: unknown): Decode | undefined {
  if (is(field, Column)) {
    const { codec } = field.config.kind;
    return codec === "custom" ? (stored) => field.mapFromDriverValue(stored) : undefined;
  }
  if (is(field, AliasedSQL)) return field.sql.decoder;
  if (is(field, SQL)) return field.decoder;
  if (!is(field, Subquery) || "kind" in field._.body) return undefined;
  return decoderOf(Object.values(field._.body.fields)[0]);
}

/** A subquery as a value: it has one field. */
function scalar(lowering: Lowering, subquery: Subquery): Text<Expr> {
  const { alias, body, selectedFields } = subquery._;
  if ("kind" in body) return sqlText(['"("', ...lowering.chunks(body), '")"']);
  if (Object.keys(selectedFields).length === 1)
    return `{"select":${selectText(lowering, body)}}` as Text<Expr>;
  throw new VirgaError({
    code: "invalid_query",
    message: `A subquery that is a field has one field of its own; "${alias}" has ${Object.keys(selectedFields).length}.`,
    hint: "A subquery that is joined may have more: then the field is an object of them.",
  });
}

/** A column of a source that is in none of the selects around is a join that was forgotten. */
function checkJoined(lowering: Lowering, column: Column, path: string): void {
  const { scopes } = lowering;
  const name = sourceName(lowering, column.table);
  if (scopes.length === 0 || scopes.some((scope) => scope.includes(undefined))) return;
  if (scopes.some((scope) => scope.includes(name))) return;
  const table = is(column.table, Subquery) ? column.table._.alias : getTableName(column.table);
  throw new VirgaError({
    code: "unknown_table",
    message:
      `Your "${path.replaceAll(".", "->")}" field references a column "${table}"."${column.name}", ` +
      `but the table "${table}" is not part of the query! Did you forget to join it?`,
  });
}
