import type { ColumnLike, Tree } from "../ast/tree.js";
import { is } from "../base/entity.js";
import { aliasedTableColumn } from "../schema/alias.js";
import { Column } from "../schema/column.js";
import { AliasedSQL, SQL } from "./expression.js";

/** The SQL with its columns taken from their table under another name. */
export function mapColumnsInSQLToAlias<T>(query: SQL<T>, alias: string): SQL<T> {
  return new SQL<T>(inAlias(query.tree, alias), query.decoder);
}

/** As `mapColumnsInSQLToAlias`, for SQL with a name. */
export function mapColumnsInAliasedSQLToAlias<T>(query: AliasedSQL<T>, alias: string) {
  return new AliasedSQL<T>(mapColumnsInSQLToAlias(query.sql, alias), query.fieldAlias);
}

function inAlias(tree: Tree, alias: string): Tree {
  const all = (trees: readonly Tree[]): readonly Tree[] => trees.map((one) => inAlias(one, alias));
  switch (tree.kind) {
    case "column":
      return { kind: "column", column: columnInAlias(tree.column, alias) };
    case "call":
    case "aggregate":
      return { ...tree, operands: all(tree.operands) };
    case "sql":
      return { ...tree, chunks: all(tree.chunks) };
    case "inline":
      return { ...tree, tree: inAlias(tree.tree, alias) };
    default:
      return tree;
  }
}

const columnInAlias = (column: ColumnLike, alias: string): ColumnLike =>
  is(column, Column) ? aliasedTableColumn(column, alias) : column;
