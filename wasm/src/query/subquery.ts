import type { FieldMap, SelectTree, SQLWrapper, Tree } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { AliasedSQL, SQL } from "../expr/expression.js";
import { columnIn } from "../schema/alias.js";
import { Column } from "../schema/column.js";
import { isSource, TableColumns } from "../schema/table.js";

/** What a subquery is made of. */
export interface SubqueryParts<Alias extends string, Selection> {
  readonly brand: "Subquery";
  readonly alias: Alias;
  /** Its fields, as they are referred to from outside. */
  readonly selectedFields: Selection;
  readonly isWith: boolean;
  /** A select, or SQL as it is written. */
  readonly body: SelectTree | Tree;
}

/** A select with a name, whose fields are properties of it. */
export class Subquery<
  Alias extends string = string,
  Selection extends FieldMap = FieldMap,
> implements SQLWrapper {
  static readonly [entityKind]: string = "Subquery";

  readonly _: SubqueryParts<Alias, Selection>;

  /** @param fields the fields of the select, or those that the SQL is said to have */
  constructor(body: SelectTree | Tree, fields: FieldMap, alias: Alias, isWith = false) {
    const selectedFields = references(this, fields, "") as Selection;
    this._ = Object.freeze({ brand: "Subquery", alias, selectedFields, isWith, body });
    Object.defineProperties(this, Object.getOwnPropertyDescriptors(selectedFields));
    Object.freeze(this);
  }

  /** The SQL that this stands for. */
  getSQL(): SQL {
    return new SQL({ kind: "source", source: this });
  }
}

/** A subquery that stands in `with`. */
export class WithSubquery<
  Alias extends string = string,
  Selection extends FieldMap = FieldMap,
> extends Subquery<Alias, Selection> {
  static override readonly [entityKind]: string = "WithSubquery";
}

/** The fields of a source as others refer to them. `prefix` are the keys around them. */
function references(source: object, fields: FieldMap, prefix: string): FieldMap {
  const result = {};
  for (const key of Object.keys(fields)) {
    Object.defineProperty(result, key, {
      enumerable: true,
      get: () => reference(source, fields[key], prefix + key),
    });
  }
  return Object.freeze(result);
}

function reference(source: object, field: unknown, path: string): unknown {
  if (is(field, Column)) return columnIn(field, source, path);
  if (is(field, AliasedSQL)) return aliasReference(source, field.sql, field.fieldAlias, path);
  if (is(field, Subquery))
    return aliasReference(source, new SQL(field.getSQL().tree), field._.alias, path);
  if (isSource(field)) return references(source, field[TableColumns], `${path}.`);
  if (typeof field === "object" && field !== null && !("getSQL" in field)) {
    return references(source, field as FieldMap, `${path}.`);
  }
  throw new VirgaError({
    code: "invalid_query",
    message:
      `You tried to reference "${path}" field from a subquery, which is a raw SQL field, ` +
      `but it doesn't have an alias declared. ` +
      `Please add an alias to the field using ".as('alias')" method.`,
  });
}

function aliasReference(source: object, sql: SQL, alias: string, key: string): AliasedSQL {
  const column = { name: alias, key, table: source, mapToDriverValue: (value: unknown) => value };
  const tree: Tree = { kind: "column", column };
  return new AliasedSQL(new SQL(tree, sql.decoder), alias, tree);
}
