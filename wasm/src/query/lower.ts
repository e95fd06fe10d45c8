import type { Expr, FieldDocument, OrderDocument } from "../ast/query-document.js";
import { isSQLWrapper, type ColumnLike, type Tree } from "../ast/tree.js";
import type { SqlValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";
import { is } from "../base/entity.js";
import { Ordered } from "../expr/operators.js";
import { AliasedSQL, SQL, treeOf } from "../expr/sql.js";
import type { Decode } from "../frame/codecs.js";
import { Column } from "../schema/column.js";
import { getTableName, type Table } from "../schema/table.js";
import type { Catalog } from "./catalog.js";

/** What a result may be made of: columns and SQL by name. */
export type Fields = Readonly<Record<string, Column | SQL | AliasedSQL>>;

/** Turns expressions into a document; the values go into a list beside it. */
export class Lowering {
  readonly parameters: SqlValue[] = [];
  /** Decoders of fields that are SQL with `mapWith`, by field name. */
  readonly decoders = new Map<string, Decode>();

  constructor(readonly catalog: Catalog) {}

  tree(tree: Tree): Expr {
    switch (tree.kind) {
      case "column":
        return { col: [this.catalog.keyOf(tree.column.table as Table), tree.column.key] };
      case "value":
        return this.value(tree.value, tree.encoder);
      case "text":
        return { sql: [tree.text] };
      case "call":
        return { op: tree.op, args: tree.operands.map((operand) => this.tree(operand)) };
      case "sql":
        return {
          sql: tree.chunks.map((chunk) => (chunk.kind === "text" ? chunk.text : this.tree(chunk))),
        };
    }
  }

  /** A parameter, encoded as a column stores it; SQL stays SQL. */
  value(value: unknown, encoder?: ColumnLike): Expr {
    if (isSQLWrapper(value)) return this.expression(value);
    const stored = encoder ? encode(encoder, value) : value;
    if (isSQLWrapper(stored)) return this.expression(stored);
    return { param: this.parameters.push(sqlValue(stored, encoder)) - 1 };
  }

  expression(value: unknown, what = "An expression"): Expr {
    return this.tree(treeOf(value, what));
  }

  condition(value: unknown): { where?: Expr } {
    return value === undefined ? {} : { where: this.expression(value, "A condition") };
  }

  orders(values: readonly unknown[]): { orderBy?: readonly OrderDocument[] } {
    if (values.length === 0) return {};
    return {
      orderBy: values.map((value) => {
        if (!is(value, Ordered)) return { by: this.expression(value, "An order") };
        return { by: this.tree(value.by), ...(value.descending && { desc: true as const }) };
      }),
    };
  }

  count(name: "limit" | "offset", value: number | undefined): { limit?: Expr; offset?: Expr } {
    return value === undefined ? {} : { [name]: this.value(value) };
  }

  fields(fields: Fields): FieldDocument[] {
    return Object.entries(fields).map(([as, field]) => ({ as, expr: this.#field(as, field) }));
  }

  #field(name: string, field: unknown): Expr {
    const sql = is(field, AliasedSQL) ? field.sql : field;
    const expr = this.expression(sql, `Field "${name}"`);
    if (!is(sql, SQL) || !sql.decoder) return expr;
    this.decoders.set(name, sql.decoder);
    return { sql: "sql" in expr ? expr.sql : [expr], codec: "custom" };
  }
}

/** Encodes a value; the error of a value that does not fit says which column it was for. */
function encode(column: ColumnLike, value: unknown): unknown {
  try {
    return column.mapToDriverValue(value);
  } catch (error) {
    if (!(error instanceof VirgaError) || error.path !== undefined) throw error;
    throw new VirgaError({ code: error.code, message: error.message, path: pathOf(column) }, error);
  }
}

const pathOf = (column: ColumnLike): string =>
  `${getTableName(column.table as Table)}.${column.key}`;

/** A value as SQLite stores it; what would have to be guessed is refused. */
function sqlValue(value: unknown, column: ColumnLike | undefined): SqlValue {
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      if (value instanceof ArrayBuffer) return new Uint8Array(value);
      throw new VirgaError({
        code: "invalid_value",
        message: `A value in a query is null, a number, bigint, string, boolean or bytes, not ${describe(value)}.`,
        ...(column && { path: pathOf(column) }),
        hint: "Compared with a column, a value is encoded as the column stores it.",
      });
  }
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  return (value as { constructor?: { name?: string } }).constructor?.name ?? "object";
}
