import type { SQLWrapper } from "../ast/tree.js";
import type { SelectModel, Table } from "../schema/table.js";
import { WriteQuery } from "./executable.js";
import type { Fields } from "./lower.js";
import { returningDocument } from "./returning.js";
import type { MakeDocument, RunResult, Session } from "./session.js";
import type { FieldsRow } from "./select-types.js";
import { restriction, type Restriction } from "./where.js";

interface DeleteState extends Restriction {
  readonly returning?: Fields | true;
}

/** A delete. Immutable: every method gives a new query. */
export class DeleteQuery<T extends Table, Row = never, Result = RunResult> extends WriteQuery<
  Row,
  Result
> {
  protected readonly document: MakeDocument;
  readonly #table: T;
  readonly #state: DeleteState;

  constructor(session: Session, table: T, state: DeleteState = { allRows: false }) {
    super(session);
    this.#table = table;
    this.#state = state;
    this.document = (lowering) => ({
      delete: {
        table: lowering.catalog.keyOf(table),
        ...restriction(lowering, state, "delete"),
        ...returningDocument(lowering, state.returning),
      },
    });
    Object.freeze(this);
  }

  /** Restricts the delete. A condition that is undefined is refused unless `allRows` is called. */
  where(condition: SQLWrapper | undefined): DeleteQuery<T, Row, Result> {
    return this.#with({ where: { condition } });
  }

  /** Says that an undefined condition means every row. */
  allRows(): DeleteQuery<T, Row, Result> {
    return this.#with({ allRows: true });
  }

  /** Makes the result the deleted rows: all columns, or the given fields. */
  returning(): DeleteQuery<T, SelectModel<T["_"]["columns"]>, SelectModel<T["_"]["columns"]>[]>;
  returning<F extends Fields>(fields: F): DeleteQuery<T, FieldsRow<F>, FieldsRow<F>[]>;
  returning(fields?: Fields): DeleteQuery<T, unknown, unknown[]> {
    return this.#with({ returning: fields ?? true });
  }

  #with<R, All>(change: Partial<DeleteState>): DeleteQuery<T, R, All> {
    return new DeleteQuery(this.session, this.#table, { ...this.#state, ...change });
  }
}
