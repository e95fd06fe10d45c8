import type { JoinKind } from "../ast/query-document.js";
import type { JoinTree, SQLWrapper } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { treeOf } from "../expr/expression.js";
import type { Column } from "../schema/column.js";
import { isSource, TableColumns, type Table } from "../schema/table.js";
import { ChangeQuery, changeMembers, changeOf, type ChangeState } from "./change.js";
import { listMember, member } from "./document.js";
import type { Fields } from "./lower.js";
import { joinTexts, sourceText } from "./lower-select.js";
import type { MakeDocument, RunResult, Session } from "./session.js";
import type { FieldsRow, SelectionOf, TableLike } from "./select-types.js";
import { Subquery, type WithSubquery } from "./subquery.js";
import type { OrSQL } from "./types.js";
import { assignments, type Values } from "./write-document.js";

/** What an update of a table can set. */
export type UpdateValues<T extends Table> = {
  readonly [K in keyof T["$inferInsert"]]?:
    OrSQL<T["$inferInsert"]>[K] | Column<unknown> | undefined;
};

interface UpdateState {
  readonly values: Values;
  readonly from: TableLike | undefined;
  readonly joins: readonly JoinTree[];
  readonly change: ChangeState;
}

/** The condition of a join: SQL, or a function of the updated table's columns and the source's. */
type JoinCondition<T extends Table, From> =
  | SQLWrapper
  | undefined
  | ((table: T["_"]["columns"], from: SelectionOf<From>) => SQLWrapper | undefined);

/** An update that still needs its values. */
export class UpdateStart<T extends Table> {
  static readonly [entityKind]: string = "SQLiteUpdateBuilder";

  readonly #session: Session;
  readonly #table: T;
  readonly #ctes: readonly WithSubquery[];

  constructor(session: Session, table: T, ctes: readonly WithSubquery[]) {
    this.#session = session;
    this.#table = table;
    this.#ctes = ctes;
  }

  /** The new values; keys whose value is undefined are left out. */
  set(values: UpdateValues<T>): UpdateQuery<T> {
    const state = { values, from: undefined, joins: [], change: changeOf(this.#ctes) };
    return new UpdateQuery(this.#session, this.#table, state);
  }
}

/** An update. Immutable: every method gives a new query. */
export class UpdateQuery<
  T extends Table,
  Row = never,
  Result = RunResult,
  From = undefined,
> extends ChangeQuery<T, Row, Result> {
  static override readonly [entityKind]: string = "SQLiteUpdate";

  protected readonly document: MakeDocument;
  protected readonly table: T;
  protected readonly change: ChangeState;
  readonly #state: UpdateState;

  constructor(session: Session, table: T, state: UpdateState) {
    super(session);
    this.table = table;
    this.change = state.change;
    this.#state = state;
    this.document = (lowering) => {
      const { values, from, joins, change } = state;
      const others = joins.map(({ source }) => source);
      lowering.enter(from ? [table, from, ...others] : [table, ...others]);
      const set = listMember("set", assignments(lowering, table, values));
      const members = changeMembers(lowering, table, "update", change);
      const source = member("from", from && sourceText(lowering, from));
      const joined = listMember("joins", joinTexts(lowering, joins));
      lowering.leave();
      return `{"update":{${members}${set}${source}${joined}}}`;
    };
  }

  /** Where the values and conditions may come from, beside the table itself. */
  from<Source extends TableLike>(source: Source): UpdateQuery<T, Row, Result, Source> {
    return new UpdateQuery(this.session, this.table, { ...this.#state, from: source });
  }

  /** Adds the rows of another source to those of `from`; null where there is none. */
  leftJoin(source: TableLike, on: JoinCondition<T, From>): this {
    return this.#join("left", source, on);
  }

  /** All rows of another source with those of `from` that fit; null where there is none. */
  rightJoin(source: TableLike, on: JoinCondition<T, From>): this {
    return this.#join("right", source, on);
  }

  /** Only pairs of rows of `from` and another source that fit. */
  innerJoin(source: TableLike, on: JoinCondition<T, From>): this {
    return this.#join("inner", source, on);
  }

  /** Pairs of rows that fit, and the rows of `from` and another source that fit none. */
  fullJoin(source: TableLike, on: JoinCondition<T, From>): this {
    return this.#join("full", source, on);
  }

  /** Makes the result the updated rows: all columns, or the given fields. */
  returning(): UpdateQuery<T, T["$inferSelect"], T["$inferSelect"][], From>;
  returning<F extends Fields>(fields: F): UpdateQuery<T, FieldsRow<F>, FieldsRow<F>[], From>;
  returning(returning: Fields | true = true): UpdateQuery<T, unknown, unknown[], From> {
    return new UpdateQuery(this.session, this.table, {
      ...this.#state,
      change: { ...this.change, returning },
    });
  }

  #join(kind: JoinKind, source: TableLike, on: JoinCondition<T, From>): this {
    const columns = this.table[TableColumns] as T["_"]["columns"];
    const fields = fieldsOf(this.#state.from) as SelectionOf<From>;
    const condition = typeof on === "function" ? on(columns, fields) : on;
    const tree = condition && treeOf(condition, "A condition");
    const joins = [...this.#state.joins, { kind, source, on: tree }];
    return new UpdateQuery(this.session, this.table, { ...this.#state, joins }) as this;
  }

  protected override with(change: ChangeState): this {
    return new UpdateQuery(this.session, this.table, { ...this.#state, change }) as this;
  }
}

/** The fields of a source as conditions refer to them. */
function fieldsOf(source: TableLike | undefined): object {
  if (is(source, Subquery)) return source._.selectedFields;
  return isSource(source) ? source[TableColumns] : {};
}
