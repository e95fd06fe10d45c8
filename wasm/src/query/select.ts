import type { SQLWrapper } from "../ast/tree.js";
import type { Column } from "../schema/column.js";
import type { SelectModel, Table } from "../schema/table.js";
import { RowsQuery, rowsOf } from "./executable.js";
import type { Fields } from "./lower.js";
import type { MakeDocument, Outcome, Session } from "./session.js";
import type { FieldsRow } from "./types.js";

interface SelectState {
  readonly table: Table;
  readonly fields: Fields | undefined;
  readonly distinct: boolean;
  readonly where?: SQLWrapper | undefined;
  readonly orderBy: readonly (Column | SQLWrapper)[];
  readonly limit?: number;
  readonly offset?: number;
}

/** A select of one table. Immutable: every method gives a new query. */
export class SelectQuery<Row> extends RowsQuery<Row, Row[]> {
  protected readonly document: MakeDocument;
  readonly #state: SelectState;

  constructor(session: Session, state: SelectState) {
    super(session);
    this.#state = state;
    this.document = (lowering) => ({
      select: {
        from: lowering.catalog.keyOf(state.table),
        ...(state.fields && { fields: lowering.fields(state.fields) }),
        ...(state.distinct && { distinct: true }),
        ...lowering.condition(state.where),
        ...lowering.orders(state.orderBy),
        ...lowering.count("limit", state.limit),
        ...lowering.count("offset", state.offset),
      },
    });
    Object.freeze(this);
  }

  where(condition: SQLWrapper | undefined): SelectQuery<Row> {
    return this.#with({ where: condition });
  }

  orderBy(...orders: (Column | SQLWrapper)[]): SelectQuery<Row> {
    return this.#with({ orderBy: orders });
  }

  limit(count: number): SelectQuery<Row> {
    return this.#with({ limit: count });
  }

  offset(count: number): SelectQuery<Row> {
    return this.#with({ offset: count });
  }

  #with(change: Partial<SelectState>): SelectQuery<Row> {
    return new SelectQuery(this.session, { ...this.#state, ...change });
  }

  protected override result(outcome: Outcome): Row[] {
    return rowsOf(outcome, "all");
  }
}

/** A select that still needs its table. */
export class SelectStart<F extends Fields | undefined> {
  readonly #session: Session;
  readonly #fields: F;
  readonly #distinct: boolean;

  constructor(session: Session, fields: F, distinct: boolean) {
    this.#session = session;
    this.#fields = fields;
    this.#distinct = distinct;
    Object.freeze(this);
  }

  from<T extends Table>(
    table: T,
  ): SelectQuery<F extends Fields ? FieldsRow<F> : SelectModel<T["_"]["columns"]>> {
    const state = { table, fields: this.#fields, distinct: this.#distinct, orderBy: [] };
    return new SelectQuery(this.#session, state);
  }
}
