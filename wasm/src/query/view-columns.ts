import type { FieldMap, Tree } from "../ast/tree.js";
import { is } from "../base/entity.js";
import { AliasedSQL, SQL } from "../expr/expression.js";
import { columnIn } from "../schema/alias.js";
import { ColumnBuilder } from "../schema/column-builder.js";
import { Column, columnClass, type ColumnClass, type ColumnTypes } from "../schema/column.js";
import type { ColumnKind } from "../schema/kind.js";
import { isSource, TableColumns, type ColumnMap, type Source } from "../schema/table.js";
import type { OuterField } from "./select-types.js";
import { Subquery } from "./subquery.js";

/** The columns of a view by the fields of its select, as types. */
export type ViewColumns<Selection, Nulls, Name extends string> = {
  readonly [K in keyof Selection]: ViewColumn<Selection[K], Nulls, Name>;
};

type ViewColumn<F, Nulls, Name extends string> = F extends Column
  ? OuterField<F, Nulls, Name>
  : F extends SQL<infer T> | AliasedSQL<infer T>
    ? ExpressionColumn<T, Name>
    : F extends Source<infer Types>
      ? ViewColumns<Types["columns"], Nulls, Name>
      : ViewColumns<F, Nulls, Name>;

type ExpressionColumn<T, Name extends string> = Column<{
  readonly tableName: Name;
  readonly data: unknown extends T ? unknown : NonNullable<T>;
  readonly notNull: null extends T ? false : true;
  readonly hasDefault: false;
  readonly generated: undefined;
}>;

/** The columns of a view by the fields of its select. Objects of fields stay objects of columns. */
export function viewColumns(
  view: Source,
  base: ColumnClass,
  fields: FieldMap,
  prefix = "",
): ColumnMap {
  const entries = Object.entries(fields).map(([key, field]) => {
    const path = prefix + key;
    if (is(field, Column)) return [key, columnIn(field, view, path)] as const;
    if (is(field, SQL) || is(field, AliasedSQL) || is(field, Subquery))
      return [key, expressionColumn(view, base, path, key, field)] as const;
    const members = isSource(field) ? field[TableColumns] : (field as FieldMap);
    return [key, viewColumns(view, base, members, `${path}.`)] as const;
  });
  return Object.freeze(Object.fromEntries(entries)) as ColumnMap;
}

function expressionColumn(
  view: Source,
  base: ColumnClass,
  path: string,
  key: string,
  field: SQL | AliasedSQL | Subquery,
): Column<ColumnTypes> {
  const name = is(field, AliasedSQL) ? field.fieldAlias : is(field, Subquery) ? field._.alias : key;
  const sql = is(field, AliasedSQL) ? field.sql : is(field, SQL) ? field : field.getSQL();
  const kind = kindOf(sql);
  const { config } = new ColumnBuilder(name, kind);
  return new (columnClass(base, kind.columnType))(view, path, config);
}

const expressionKind = { columnType: "ViewExpression", dataType: "custom", sqlType: "" } as const;

/** How the values of an expression are read, and how values are written that it is compared with. */
function kindOf({ tree, decoder }: SQL): ColumnKind {
  if (!decoder) return treeKind(tree);
  return { ...expressionKind, codec: "custom", decode: decoder };
}

function treeKind(tree: Tree): ColumnKind {
  switch (tree.kind) {
    case "column":
      return is(tree.column, Column)
        ? tree.column.config.kind
        : { ...expressionKind, codec: "any" };
    case "aggregate": {
      const [operand] = tree.operands;
      if (tree.fn === "count") return { ...expressionKind, codec: "integer" };
      if (tree.fn === "sum" || tree.fn === "avg") return { ...expressionKind, codec: "string" };
      return operand ? treeKind(operand) : { ...expressionKind, codec: "any" };
    }
    case "sql":
      return { ...expressionKind, codec: tree.codec ?? "any" };
    default:
      return { ...expressionKind, codec: "any" };
  }
}
