import type { JoinKind } from "../ast/query-document.js";
import type { FieldMap, SelectTree, SQLWrapper, Tree } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import { valueTree, type Placeholder } from "../expr/chunks.js";
import { SQL, treeOf } from "../expr/expression.js";
import type { Operand as Expression } from "../expr/operators.js";
import { RowsQuery } from "./executable.js";
import { selectText } from "./lower-select.js";
import { rowsOf } from "./prepared.js";
import {
  expressionFields,
  joined,
  joinedOn,
  orderTree,
  selectedFields,
  usedTables,
} from "./select-tree.js";
import type {
  JoinNulls,
  JoinSelection,
  NameOf,
  OuterFields,
  SelectMode,
  SelectRow,
  SubqueryOf,
  TableLike,
} from "./select-types.js";
import type { MakeDocument, Outcome, Session } from "./session.js";
import { combined, setOperators, type Operand, type SetOperators } from "./set-operators.js";
import { Subquery } from "./subquery.js";

/** A condition, or a function of the selected fields that gives one. */
type Condition<Selection> =
  SQLWrapper | undefined | ((fields: Selection) => SQLWrapper | undefined);

/** What a select is ordered or grouped by. */
type Listed<Selection> =
  readonly Expression[] | readonly [(fields: Selection) => Expression | readonly Expression[]];

/** Any select. */
// A select of certain types is one of any types only when these are not checked at all.
export type AnySelect = SelectQuery<any, any, any, any>;

/**
 * A select. Immutable: every method gives a new query.
 * `Name` is that of its first source, `Nulls` says which sources a join can leave out.
 */
export class SelectQuery<Name extends string | undefined, Selection, Mode extends SelectMode, Nulls>
  extends RowsQuery<SelectRow<Selection, Mode, Nulls>, SelectRow<Selection, Mode, Nulls>[]>
  implements SQLWrapper
{
  static override readonly [entityKind]: string = "SQLiteSelect";

  declare readonly _: {
    readonly name: Name;
    readonly selection: Selection;
    readonly mode: Mode;
    readonly nulls: Nulls;
    readonly row: SelectRow<Selection, Mode, Nulls>;
    readonly result: SelectRow<Selection, Mode, Nulls>[];
    readonly selectedFields: OuterFields<Selection, Nulls, string>;
  };
  protected readonly document: MakeDocument;
  readonly #session: Session | undefined;
  readonly #select: SelectTree;
  /** Whether the fields were chosen. */
  readonly #partial: boolean;

  /** @param session absent in a query builder, whose queries cannot run */
  constructor(session: Session | undefined, select: SelectTree, partial: boolean) {
    super(session);
    this.#session = session;
    this.#select = Object.freeze(select);
    this.#partial = partial;
    this.document = (lowering) => `{"select":${selectText(lowering, select, "")}}`;
  }

  // ---- joins

  /** Adds the rows of another source that fit; null where there is none. */
  leftJoin<T extends TableLike>(source: T, on: Condition<JoinSelection<Name, Selection, Mode, T>>) {
    return this.#join("left", source, on);
  }

  /** All rows of another source with the rows so far that fit; null where there is none. */
  rightJoin<T extends TableLike>(
    source: T,
    on: Condition<JoinSelection<Name, Selection, Mode, T>>,
  ) {
    return this.#join("right", source, on);
  }

  /** Only pairs of rows that fit. */
  innerJoin<T extends TableLike>(
    source: T,
    on: Condition<JoinSelection<Name, Selection, Mode, T>>,
  ) {
    return this.#join("inner", source, on);
  }

  /** Pairs of rows that fit, and the rows of both sides that fit none. */
  fullJoin<T extends TableLike>(source: T, on: Condition<JoinSelection<Name, Selection, Mode, T>>) {
    return this.#join("full", source, on);
  }

  /** Every row with every row of another source. */
  crossJoin<T extends TableLike>(source: T) {
    return this.#join("cross", source, undefined);
  }

  #join<T extends TableLike, Kind extends JoinKind>(
    kind: Kind,
    source: T,
    on: Condition<never>,
  ): SelectQuery<
    Name,
    JoinSelection<Name, Selection, Mode, T>,
    Mode extends "partial" ? "partial" : "multiple",
    JoinNulls<Nulls, NameOf<T>, Kind>
  > {
    const select = joined(this.#select, { kind, source, partial: this.#partial });
    const tree = conditionTree(on, select.fields);
    return new SelectQuery(this.#session, joinedOn(select, tree), this.#partial);
  }

  // ---- conditions and orders

  /** Restricts the rows. Given undefined, it does not. */
  where(condition: Condition<Selection>): this {
    return this.#with({ where: conditionTree(condition, this.#select.fields) });
  }

  /** Makes one row of the rows that are equal in these columns. */
  groupBy(...columns: Listed<Selection>): this {
    const trees = this.#listed(columns).map((column) => treeOf(column, "A group"));
    return this.#with({ groupBy: trees });
  }

  /** Restricts the groups. */
  having(condition: Condition<Selection>): this {
    return this.#with({ having: conditionTree(condition, this.#select.fields) });
  }

  /** The order of the rows; see `asc` and `desc`. */
  orderBy(...orders: Listed<Selection>): this {
    return this.#with({ orderBy: this.#listed(orders).map(orderTree) });
  }

  /** At most so many rows; -1 means all. */
  limit(count: number | Placeholder | undefined): this {
    return this.#with({ limit: count === -1 ? undefined : optionalTree(count) });
  }

  /** Leaves out the first rows. */
  offset(count: number | Placeholder | undefined): this {
    return this.#with({ offset: count === 0 ? undefined : optionalTree(count) });
  }

  /** The values of a list, or what a function of the fields gives. */
  #listed(values: Listed<Selection>): readonly unknown[] {
    const [first] = values;
    return typeof first === "function" ? [first(this.#select.fields as Selection)].flat() : values;
  }

  // ---- set operators

  /** The rows of both selects, each once. */
  union<Right extends AnySelect>(right: Operand<Right, this["_"]["row"]>): this {
    return this.#combined("union", right);
  }

  /** The rows of both selects. */
  unionAll<Right extends AnySelect>(right: Operand<Right, this["_"]["row"]>): this {
    return this.#combined("unionAll", right);
  }

  /** The rows that both selects have. */
  intersect<Right extends AnySelect>(right: Operand<Right, this["_"]["row"]>): this {
    return this.#combined("intersect", right);
  }

  /** The rows that only this select has. */
  except<Right extends AnySelect>(right: Operand<Right, this["_"]["row"]>): this {
    return this.#combined("except", right);
  }

  #combined(
    op: "union" | "unionAll" | "intersect" | "except",
    right: AnySelect | ((operators: SetOperators) => AnySelect),
  ): this {
    const operand = typeof right === "function" ? right(setOperators) : right;
    const select = combined(this.#select, op, operand.#select);
    return new SelectQuery(this.#session, select, this.#partial) as this;
  }

  // ---- as a part of other queries

  /** The select as a source of another one; its fields are properties of it. */
  as<const Alias extends string>(alias: Alias): SubqueryOf<Alias, Selection, Nulls> {
    const fields = selectedFields(this.#select);
    return new Subquery(this.#select, fields, alias) as SubqueryOf<Alias, Selection, Nulls>;
  }

  /** The select as a value or a list in other SQL. */
  getSQL(): SQL<this["_"]["row"]> {
    return new SQL({ kind: "select", select: this.#select });
  }

  /** The fields of the result. */
  getSelectedFields(): Selection {
    return this.#select.fields as Selection;
  }

  /** The names of the tables that are read. */
  getUsedTables(): readonly string[] {
    return usedTables(this.#select);
  }

  /** The same query: results are not cached, so that it runs each time. */
  $withCache(_config?: unknown): this {
    return this;
  }

  /** The same query: its methods may be called in any order, and as often as needed. */
  $dynamic(): this {
    return this;
  }

  #with(change: Partial<SelectTree>): this {
    return new SelectQuery(
      this.#session,
      Object.assign({ ...this.#select }, change),
      this.#partial,
    ) as this;
  }

  protected override result(outcome: Outcome): this["_"]["result"] {
    return rowsOf(outcome, "all");
  }
}

const optionalTree = (count: number | Placeholder | undefined): Tree | undefined =>
  count === undefined ? undefined : valueTree(count);

function conditionTree(condition: unknown, fields: FieldMap): Tree | undefined {
  const value: unknown =
    typeof condition === "function"
      ? (condition as (fields: FieldMap) => unknown)(expressionFields(fields))
      : condition;
  return value === undefined ? undefined : treeOf(value, "A condition");
}
