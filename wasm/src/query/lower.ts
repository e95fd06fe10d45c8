import type { Expr, FieldDocument, OrderDocument } from "../ast/query-document.js";
import {
  isSQLWrapper,
  type ColumnLike,
  type Encoder,
  type OrderTree,
  type Parameter,
  type ParameterSlot,
  type Tree,
} from "../ast/tree.js";
import type { Codec } from "../ast/value.js";
import { is } from "../base/entity.js";
import { treeOf } from "../expr/expression.js";
import { Ordered } from "../expr/order.js";
import type { Decode } from "../frame/codecs.js";
import type { Catalog } from "./catalog.js";
import { quoted, type Text } from "./document.js";
import { fieldTexts, type Fields } from "./fields.js";
import { nameOf, selectText, sourceName, sourceText } from "./lower-select.js";
import { encode, literal, sqlValue } from "./parameters.js";

export type { Fields } from "./fields.js";

/** Some of the rows of an insert: from `start` up to, not including, `end`. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Writes expressions as parts of a document; the values go into a list beside it. */
export class Lowering {
  readonly parameters: Parameter[] = [];
  /** Decoders of fields that have their own, by the path of the field: its keys joined with ".". */
  readonly decoders = new Map<string, Decode>();
  readonly #scopes: (readonly (string | undefined)[])[] = [];
  readonly catalog: Catalog;
  /** The rows of an insert that are written; all of them without it. */
  readonly part: RowRange | undefined;
  /** Set instead of writing the rows, when they are too many for one statement. */
  parts: readonly RowRange[] | undefined;
  readonly #values: Readonly<Record<string, unknown>> | undefined;
  #literals: boolean;
  #varies = false;

  /**
   * @param values the values of placeholders, where they are known
   * @param options.literals whether values are written into the SQL, as in the definition of a view
   */
  constructor(
    catalog: Catalog,
    values?: Readonly<Record<string, unknown>> | undefined,
    { literals = false, part }: { literals?: boolean; part?: RowRange } = {},
  ) {
    this.catalog = catalog;
    this.#values = values;
    this.#literals = literals;
    this.part = part;
  }

  /**
   * Whether the document is another one each time the query runs: a list has as many parameters as
   * it has values, and functions make defaults.
   */
  get varies(): boolean {
    return this.#varies;
  }

  /** The names of the sources of the selects around, the innermost last; SQL has none. */
  get scopes(): readonly (readonly (string | undefined)[])[] {
    return this.#scopes;
  }

  /** Begins a statement of these sources, and of others by name. */
  enter(sources: readonly object[], ...names: readonly string[]): void {
    this.#scopes.push([...sources.map((source) => nameOf(this, source)), ...names]);
  }

  leave(): void {
    this.#scopes.pop();
  }

  /** A value that a function makes for each run, encoded for its column. */
  made(make: () => unknown, encoder: Encoder): Text<Expr> {
    this.#varies = true;
    return this.value(make(), encoder);
  }

  tree(tree: Tree): Text<Expr> {
    switch (tree.kind) {
      case "column":
        return this.column(tree.column);
      case "value":
        return this.value(tree.value, tree.encoder);
      case "placeholder":
        return this.#slot({ name: tree.name, encoder: tree.encoder, takesStored: true });
      case "call":
        return `{"op":"${tree.op}","args":[${this.#operands(tree).join(",")}]}` as Text<Expr>;
      case "aggregate": {
        const distinct = tree.distinct ? ',"distinct":true' : "";
        const operands = tree.operands.map((operand) => this.tree(operand)).join(",");
        return `{"fn":"${tree.fn}","args":[${operands}]${distinct}}` as Text<Expr>;
      }
      case "sql":
        return sqlText(this.chunks(tree), tree.codec);
      case "text":
      case "source":
        return sqlText(this.chunks(tree));
      case "inline":
        return this.#inlined(() => this.tree(tree.tree));
      case "select":
        return `{"select":${selectText(this, tree.select)}}` as Text<Expr>;
      case "alias":
        return `{"alias":${quoted(tree.name)}}` as Text<Expr>;
    }
  }

  /** A tree as pieces of the SQL text around it, which text and `sql` become a part of. */
  chunks(tree: Tree): readonly string[] {
    switch (tree.kind) {
      case "text":
        return tree.text === "" ? [] : [JSON.stringify(tree.text)];
      case "source":
        return [`{"source":${sourceText(this, tree.source)}}`];
      case "sql":
        return tree.chunks.flatMap((chunk) => this.chunks(chunk));
      case "inline":
        return this.#inlined(() => this.chunks(tree.tree));
      case "value": {
        const stored = tree.encoder ? encode(tree.encoder, tree.value) : tree.value;
        if (isSQLWrapper(stored)) return this.chunks(stored.getSQL().tree);
        return [this.#parameter(stored, tree.encoder)];
      }
      default:
        return [this.tree(tree)];
    }
  }

  column(column: ColumnLike): Text<Expr> {
    const source = quoted(sourceName(this, column.table));
    return `{"col":[${source},${quoted(column.key)}]}` as Text<Expr>;
  }

  /** A parameter, encoded as a column stores it; SQL stays SQL. */
  value(value: unknown, encoder?: Encoder): Text<Expr> {
    if (isSQLWrapper(value)) return this.#wrapped(value, encoder);
    const stored = encoder ? encode(encoder, value) : value;
    return isSQLWrapper(stored) ? this.expression(stored) : this.#parameter(stored, encoder);
  }

  expression(value: unknown, what = "An expression"): Text<Expr> {
    return this.tree(treeOf(value, what));
  }

  condition(value: unknown): Text<Expr> | undefined {
    return value === undefined ? undefined : this.expression(value, "A condition");
  }

  orders(values: readonly unknown[]): readonly Text<OrderDocument>[] {
    return values.map((value) => {
      if (is(value, Ordered)) return orderText(this.tree(value.by), value.descending);
      return orderText(this.expression(value, "An order"), false);
    });
  }

  orderTrees(orders: readonly OrderTree[]): readonly Text<OrderDocument>[] {
    return orders.map(({ by, descending }) => orderText(this.tree(by), descending));
  }

  count(value: unknown): Text<Expr> | undefined {
    return value === undefined ? undefined : this.value(value);
  }

  /** The fields of the query's own result; their decoders are kept. */
  fields(fields: Fields): readonly Text<FieldDocument>[] {
    return fieldTexts(this, fields, "");
  }

  #parameter(stored: unknown, encoder: Encoder | undefined): Text<Expr> {
    const parameter = sqlValue(stored, encoder);
    if (this.#literals) return `{"value":${JSON.stringify(literal(parameter))}}` as Text<Expr>;
    return `{"param":${this.parameters.push(parameter) - 1}}` as Text<Expr>;
  }

  /** A placeholder takes the encoder of the column that it is a value for. */
  #wrapped(value: { getSQL(): { tree: Tree } }, encoder: Encoder | undefined): Text<Expr> {
    const { tree } = value.getSQL();
    return tree.kind === "placeholder"
      ? this.#slot({ name: tree.name, encoder: tree.encoder ?? encoder })
      : this.tree(tree);
  }

  #slot(slot: ParameterSlot): Text<Expr> {
    return `{"param":${this.parameters.push(slot) - 1}}` as Text<Expr>;
  }

  /** The operands of an operator; a placeholder for a list is as many as it has values. */
  #operands({ op, operands }: Tree & { kind: "call" }): readonly Text<Expr>[] {
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

  /** Writes with values as literals. */
  #inlined<T>(write: () => T): T {
    const outer = this.#literals;
    this.#literals = true;
    try {
      return write();
    } finally {
      this.#literals = outer;
    }
  }
}

/** SQL text of its pieces. */
export function sqlText(chunks: readonly string[], codec?: Codec): Text<Expr> {
  const end = codec === undefined ? "" : `,"codec":"${codec}"`;
  return `{"sql":[${chunks.join(",")}]${end}}` as Text<Expr>;
}

export function orderText(by: Text<Expr>, descending: boolean): Text<OrderDocument> {
  return `{"by":${by}${descending ? ',"desc":true' : ""}}` as Text<OrderDocument>;
}
