import { isSQLWrapper, type SelectTree, type SQLWrapper, type Tree } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { count } from "../expr/aggregates.js";
import { SQL } from "../expr/expression.js";
import { isSource } from "../schema/table.js";
import { selectText } from "./lower-select.js";
import { PreparedQuery, rowsOf } from "./prepared.js";
import { namedFields, selectedFields, selectFrom } from "./select-tree.js";
import type { TableLike } from "./select-types.js";
import type { MakeDocument, Outcome, Session } from "./session.js";
import type { PlaceholderValues } from "./statement.js";
import { Subquery } from "./subquery.js";

/** How many rows there are: a query of its own when awaited, and SQL in other queries. */
export class CountQuery extends SQL<number> implements Promise<number> {
  static override readonly [entityKind]: string = "SQLiteCountBuilder";

  readonly #session: Session;
  readonly #document: MakeDocument;

  constructor(session: Session, source: TableLike | SQLWrapper, condition?: SQLWrapper) {
    const select = countTree(source, condition);
    super({ kind: "select", select });
    this.#session = session;
    this.#document = (lowering) => `{"select":${selectText(lowering, select, "")}}`;
  }

  get [Symbol.toStringTag](): string {
    return "CountQuery";
  }

  /** The query to be run many times: it is lowered and compiled once. */
  prepare(_name?: string): PreparedQuery<number> {
    return new PreparedQuery(this.#session, this.#document, countOf);
  }

  /** Runs the query when its turn has come: at once if nothing is in progress. */
  execute(values?: PlaceholderValues): Promise<number> {
    return this.prepare().execute(values);
  }

  /** The count, at once. */
  sync(values?: PlaceholderValues): number {
    return this.prepare().sync(values);
  }

  then<A = number, B = never>(
    fulfilled?: ((value: number) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.execute().then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null) {
    return this.execute().catch(rejected);
  }

  finally(settled?: (() => void) | null): Promise<number> {
    return this.execute().finally(settled);
  }
}

const countOf = (outcome: Outcome): number => rowsOf<{ count: number }>(outcome, "get")[0]!.count;

function countTree(source: TableLike | SQLWrapper, condition: SQLWrapper | undefined): SelectTree {
  const from = countedSource(source);
  const select = selectFrom(from, { count: count() }, { distinct: false, ctes: [] });
  return { ...select, where: condition?.getSQL().tree };
}

/** What is counted: a select is counted as a subquery. */
function countedSource(source: TableLike | SQLWrapper): object {
  if (isSource(source) || is(source, Subquery) || !isSQLWrapper(source)) return source;
  const tree: Tree = source.getSQL().tree;
  if (tree.kind !== "select") return source;
  const fields = namedFields(selectedFields(tree.select));
  return new Subquery({ ...tree.select, whole: false, fields }, fields, "counted");
}
