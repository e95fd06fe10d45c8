import type { Expr } from "../ast/query-document.js";
import type { OrderTree, SQLWrapper } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import { valueTree, type Placeholder } from "../expr/chunks.js";
import { TableColumns, type Table } from "../schema/table.js";
import { listMember, member, quoted, type Text } from "./document.js";
import { WriteQuery } from "./executable.js";
import type { Fields, Lowering } from "./lower.js";
import { orderTree } from "./select-tree.js";
import type { WithSubquery } from "./subquery.js";
import { returningMember, withMember } from "./write-document.js";

/**
 * Which rows an update or delete is about: all by default, or those that fulfil a condition. All
 * members are there from the start: one that is added to a copy costs as much as a statement.
 */
export interface ChangeState {
  readonly ctes: readonly WithSubquery[];
  /** Present after `where()`, whose condition may have turned out undefined. */
  readonly where: { readonly condition: SQLWrapper | undefined } | undefined;
  readonly allRows: boolean;
  readonly orderBy: readonly OrderTree[];
  readonly limit: number | Placeholder | undefined;
  readonly returning: Fields | true | undefined;
}

/** The state of a change of all rows. */
export const changeOf = (ctes: readonly WithSubquery[]): ChangeState => ({
  ctes,
  where: undefined,
  allRows: false,
  orderBy: [],
  limit: undefined,
  returning: undefined,
});

/** The columns of a table, by key. */
type ColumnsOf<T extends Table> = T["_"]["columns"];

/** An update or delete. Immutable: every method gives a new query. */
export abstract class ChangeQuery<T extends Table, Row, Result> extends WriteQuery<Row, Result> {
  protected abstract readonly table: T;

  protected abstract readonly change: ChangeState;

  /** The query about other rows. */
  protected abstract with(change: ChangeState): this;

  /** Restricts the rows. A condition that is undefined is refused unless `allRows` is called. */
  where(condition: SQLWrapper | undefined): this {
    return this.with({ ...this.change, where: { condition } });
  }

  /** Says that an undefined condition means every row. */
  allRows(): this {
    return this.with({ ...this.change, allRows: true });
  }

  /** Which rows come first, for `limit`. */
  orderBy(
    ...orders:
      | readonly SQLWrapper[]
      | readonly [(columns: ColumnsOf<T>) => SQLWrapper | readonly SQLWrapper[]]
  ): this {
    const [first] = orders;
    const columns = this.table[TableColumns] as ColumnsOf<T>;
    const values = typeof first === "function" ? [first(columns)].flat() : orders;
    return this.with({ ...this.change, orderBy: values.map(orderTree) });
  }

  /** At most so many rows; -1 means all. */
  limit(count: number | Placeholder): this {
    return this.with({ ...this.change, limit: count });
  }

  /** The same query: its methods may be called in any order, and as often as needed. */
  $dynamic(): this {
    return this;
  }
}

/** The members that the documents of updates and deletes have in common; the table is the first. */
export function changeMembers(
  lowering: Lowering,
  table: Table,
  statement: "update" | "delete",
  change: ChangeState,
): string {
  const { ctes, orderBy, limit, returning } = change;
  const all = limit === undefined || limit === -1;
  return [
    `"table":${quoted(lowering.catalog.keyOf(table))}`,
    withMember(lowering, ctes),
    member("where", condition(lowering, statement, change)),
    listMember("orderBy", lowering.orderTrees(orderBy)),
    member("limit", all ? undefined : lowering.tree(valueTree(limit))),
    returningMember(lowering, returning),
  ].join("");
}

/**
 * The condition of an update or delete. A condition that is undefined is most often a mistake that
 * would touch every row, so that has to be said.
 */
function condition(
  lowering: Lowering,
  statement: string,
  { where, allRows }: ChangeState,
): Text<Expr> | undefined {
  if (!where || where.condition !== undefined) return lowering.condition(where?.condition);
  if (allRows) return undefined;
  throw new VirgaError({
    code: "invalid_query",
    message: `The condition of this ${statement} is undefined, so it would touch every row.`,
    path: `${statement}.where`,
    hint: `.allRows() says that every row is meant.`,
  });
}
