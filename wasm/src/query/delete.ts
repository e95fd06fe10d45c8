import { entityKind } from "../base/entity.js";
import type { Table } from "../schema/table.js";
import { ChangeQuery, changeDocument, type ChangeState } from "./change.js";
import type { Fields } from "./lower.js";
import { nameOf } from "./lower-select.js";
import type { MakeDocument, RunResult, Session } from "./session.js";
import type { FieldsRow } from "./select-types.js";

/** A delete. Immutable: every method gives a new query. */
export class DeleteQuery<T extends Table, Row = never, Result = RunResult> extends ChangeQuery<
  T,
  Row,
  Result
> {
  static override readonly [entityKind]: string = "SQLiteDelete";

  protected readonly document: MakeDocument;
  protected readonly table: T;
  readonly #state: ChangeState;

  constructor(session: Session, table: T, state: ChangeState) {
    super(session);
    this.table = table;
    this.#state = state;
    this.document = (lowering) => {
      lowering.scopes.push([nameOf(lowering, table)]);
      const document = changeDocument(lowering, table, "delete", state);
      lowering.scopes.pop();
      return { delete: document };
    };
  }

  /** Makes the result the deleted rows: all columns, or the given fields. */
  returning(): DeleteQuery<T, T["$inferSelect"], T["$inferSelect"][]>;
  returning<F extends Fields>(fields: F): DeleteQuery<T, FieldsRow<F>, FieldsRow<F>[]>;
  returning(returning: Fields | true = true): DeleteQuery<T, unknown, unknown[]> {
    return new DeleteQuery(this.session, this.table, { ...this.#state, returning });
  }

  protected override with(change: Partial<ChangeState>): this {
    return new DeleteQuery(this.session, this.table, { ...this.#state, ...change }) as this;
  }
}
