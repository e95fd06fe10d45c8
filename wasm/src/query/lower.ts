import type { Chunk, Expr, FieldDocument, OrderDocument } from "../ast/query-document.js";
import {
  isSQLWrapper,
  type Encoder,
  type OrderTree,
  type Parameter,
  type ParameterSlot,
  type Tree,
} from "../ast/tree.js";
import { is } from "../base/entity.js";
import { treeOf } from "../expr/expression.js";
import { Ordered } from "../expr/order.js";
import type { Decode } from "../frame/codecs.js";
import type { Catalog } from "./catalog.js";
import { fieldDocuments, type Fields } from "./fields.js";
import { selectDocument, sourceDocument, sourceName } from "./lower-select.js";
import { encode, literal, sqlValue } from "./parameters.js";

export type { Fields } from "./fields.js";

/** Turns expressions into a document; the values go into a list beside it. */
export class Lowering {
  readonly parameters: Parameter[] = [];
  /** Decoders of fields that have their own, by the path of the field: its keys joined with ".". */
  readonly decoders = new Map<string, Decode>();
  /** The names of the sources of the selects around, the innermost last. */
  readonly scopes: (readonly (string | undefined)[])[] = [];
  readonly catalog: Catalog;
  readonly #values: Readonly<Record<string, unknown>> | undefined;
  #literals: boolean;
  #varies = false;

  /**
   * @param values the values of placeholders, where they are known
   * @param literals whether values are written into the SQL, as in the definition of a view
   */
  constructor(
    catalog: Catalog,
    values?: Readonly<Record<string, unknown>> | undefined,
    literals = false,
  ) {
    this.catalog = catalog;
    this.#values = values;
    this.#literals = literals;
  }

  /**
   * Whether the document is another one each time the query runs: a list has as many parameters as
   * it has values, and functions make defaults.
   */
  get varies(): boolean {
    return this.#varies;
  }

  /** A value that a function makes for each run, encoded for its column. */
  made(make: () => unknown, encoder: Encoder): Expr {
    this.#varies = true;
    return this.value(make(), encoder);
  }

  tree(tree: Tree): Expr {
    switch (tree.kind) {
      case "column":
        return { col: [sourceName(this, tree.column.table), tree.column.key] };
      case "value":
        return this.value(tree.value, tree.encoder);
      case "placeholder":
        return this.#slot({ name: tree.name, encoder: tree.encoder, takesStored: true });
      case "call":
        return { op: tree.op, args: this.#operands(tree) };
      case "aggregate":
        return {
          fn: tree.fn,
          args: tree.operands.map((operand) => this.tree(operand)),
          distinct: tree.distinct || undefined,
        };
      case "text":
        return { sql: [tree.text] };
      case "sql":
        return {
          sql: tree.chunks.flatMap((chunk) => this.chunks(chunk)),
          codec: tree.codec,
        };
      case "inline":
        return this.#inlined(tree.tree);
      case "source":
        return { sql: this.chunks(tree) };
      case "select":
        return { select: selectDocument(this, tree.select) };
      case "alias":
        return { alias: tree.name };
    }
  }

  /** A tree as pieces of SQL text around it: text and `sql` become part of it. */
  chunks(tree: Tree): Chunk[] {
    if (tree.kind === "text") return tree.text === "" ? [] : [tree.text];
    if (tree.kind === "source") return [{ source: sourceDocument(this, tree.source) }];
    const expr = this.tree(tree);
    return "sql" in expr ? [...expr.sql] : [expr];
  }

  /** A parameter, encoded as a column stores it; SQL stays SQL. */
  value(value: unknown, encoder?: Encoder): Expr {
    if (isSQLWrapper(value)) return this.#wrapped(value, encoder);
    const stored = encoder ? encode(encoder, value) : value;
    if (isSQLWrapper(stored)) return this.expression(stored);
    const parameter = sqlValue(stored, encoder);
    if (this.#literals) return { value: literal(parameter) };
    return { param: this.parameters.push(parameter) - 1 };
  }

  expression(value: unknown, what = "An expression"): Expr {
    return this.tree(treeOf(value, what));
  }

  condition(value: unknown): Expr | undefined {
    return value === undefined ? undefined : this.expression(value, "A condition");
  }

  orders(values: readonly unknown[]): readonly OrderDocument[] | undefined {
    if (values.length === 0) return undefined;
    return values.map((value) => {
      if (!is(value, Ordered)) return { by: this.expression(value, "An order") };
      return this.#order(value);
    });
  }

  orderTrees(orders: readonly OrderTree[]): readonly OrderDocument[] | undefined {
    return orders.length === 0 ? undefined : orders.map((order) => this.#order(order));
  }

  #order({ by, descending }: OrderTree): OrderDocument {
    return { by: this.tree(by), desc: descending || undefined };
  }

  count(value: unknown): Expr | undefined {
    return value === undefined ? undefined : this.value(value);
  }

  /** The fields of the query's own result; their decoders are kept. */
  fields(fields: Fields): readonly FieldDocument[] {
    return fieldDocuments(this, fields, "");
  }

  /** A placeholder takes the encoder of the column that it is a value for. */
  #wrapped(value: { getSQL(): { tree: Tree } }, encoder: Encoder | undefined): Expr {
    const { tree } = value.getSQL();
    return tree.kind === "placeholder"
      ? this.#slot({ name: tree.name, encoder: tree.encoder ?? encoder })
      : this.tree(tree);
  }

  #slot(slot: ParameterSlot): Expr {
    return { param: this.parameters.push(slot) - 1 };
  }

  /** The operands of an operator; a placeholder for a list is as many as it has values. */
  #operands({ op, operands }: Tree & { kind: "call" }): readonly Expr[] {
    const list = op === "in" || op === "notIn" ? operands[1] : undefined;
    if (list?.kind !== "placeholder" || operands.length > 2) {
      return operands.map((operand) => this.tree(operand));
    }
    this.#varies = true;
    const values = this.#values?.[list.name];
    const rest = Array.isArray(values)
      ? values.map((value) => this.value(value, list.encoder))
      : [this.tree(list)];
    return [this.tree(operands[0]!), ...rest];
  }

  #inlined(tree: Tree): Expr {
    const outer = this.#literals;
    this.#literals = true;
    try {
      return this.tree(tree);
    } finally {
      this.#literals = outer;
    }
  }
}
