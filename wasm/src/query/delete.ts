import { entityKind } from "../base/entity.js";
import type { Table } from "../schema/table.js";
import { ChangeQuery, changeMembers, type ChangeState } from "./change.js";
import type { Fields } from "./lower.js";
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
  protected readonly change: ChangeState;

  constructor(session: Session, table: T, change: ChangeState) {
    super(session);
    this.table = table;
    this.change = change;
    this.document = (lowering) => {
      lowering.enter([table]);
      const members = changeMembers(lowering, table, "delete", change);
      lowering.leave();
      return `{"delete":{${members}}}`;
    };
  }

  /** Makes the result the deleted rows: all columns, or the given fields. */
  returning(): DeleteQuery<T, T["$inferSelect"], T["$inferSelect"][]>;
  returning<F extends Fields>(fields: F): DeleteQuery<T, FieldsRow<F>, FieldsRow<F>[]>;
  returning(returning: Fields | true = true): DeleteQuery<T, unknown, unknown[]> {
    return new DeleteQuery(this.session, this.table, { ...this.change, returning });
  }

  protected override with(change: ChangeState): this {
    return new DeleteQuery(this.session, this.table, change) as this;
  }
}
