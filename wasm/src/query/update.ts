import type { UpdateDocument } from "../ast/query-document.js";
import type { SQLWrapper } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import { TableColumns, type InsertModel, type SelectModel, type Table } from "../schema/table.js";
import { WriteQuery } from "./executable.js";
import type { Fields, Lowering } from "./lower.js";
import { returningDocument } from "./returning.js";
import type { MakeDocument, RunResult, Session } from "./session.js";
import type { FieldsRow } from "./select-types.js";
import type { OrSQL } from "./types.js";
import { restriction, type Restriction } from "./where.js";

type Values = Readonly<Record<string, unknown>>;

/** What an update of a table can set. */
export type UpdateValues<T extends Table> = {
  readonly [K in keyof InsertModel<T["_"]["columns"]>]?:
    OrSQL<InsertModel<T["_"]["columns"]>>[K] | undefined;
};

interface UpdateState extends Restriction {
  readonly values: Values;
  readonly returning?: Fields | true;
}

/** An update that still needs its values. */
export class UpdateStart<T extends Table> {
  readonly #session: Session;
  readonly #table: T;

  constructor(session: Session, table: T) {
    this.#session = session;
    this.#table = table;
    Object.freeze(this);
  }

  /** The new values; keys whose value is undefined are left out. */
  set(values: UpdateValues<T>): UpdateQuery<T> {
    return new UpdateQuery(this.#session, this.#table, { values, allRows: false });
  }
}

/** An update. Immutable: every method gives a new query. */
export class UpdateQuery<T extends Table, Row = never, Result = RunResult> extends WriteQuery<
  Row,
  Result
> {
  protected readonly document: MakeDocument;
  readonly #table: T;
  readonly #state: UpdateState;

  constructor(session: Session, table: T, state: UpdateState) {
    super(session);
    this.#table = table;
    this.#state = state;
    this.document = (lowering) => ({
      update: {
        table: lowering.catalog.keyOf(table),
        set: assignments(lowering, table, state.values),
        ...restriction(lowering, state, "update"),
        ...returningDocument(lowering, state.returning),
      },
    });
    Object.freeze(this);
  }

  /** Restricts the update. A condition that is undefined is refused unless `allRows` is called. */
  where(condition: SQLWrapper | undefined): UpdateQuery<T, Row, Result> {
    return this.#with({ where: { condition } });
  }

  /** Says that an undefined condition means every row. */
  allRows(): UpdateQuery<T, Row, Result> {
    return this.#with({ allRows: true });
  }

  /** Makes the result the updated rows: all columns, or the given fields. */
  returning(): UpdateQuery<T, SelectModel<T["_"]["columns"]>, SelectModel<T["_"]["columns"]>[]>;
  returning<F extends Fields>(fields: F): UpdateQuery<T, FieldsRow<F>, FieldsRow<F>[]>;
  returning(fields?: Fields): UpdateQuery<T, unknown, unknown[]> {
    return this.#with({ returning: fields ?? true });
  }

  #with<R, All>(change: Partial<UpdateState>): UpdateQuery<T, R, All> {
    return new UpdateQuery(this.session, this.#table, { ...this.#state, ...change });
  }
}

function assignments(lowering: Lowering, table: Table, values: Values): UpdateDocument["set"] {
  const columns = table[TableColumns];
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  if (given.length === 0)
    throw new VirgaError({ code: "invalid_query", message: "No values to set" });
  const made = Object.values(columns).filter(
    ({ key, onUpdateFn }) => onUpdateFn !== undefined && values[key] === undefined,
  );
  return [...given, ...made.map(({ key, onUpdateFn }) => [key, onUpdateFn!()] as const)].map(
    ([column, value]) => ({ column, value: lowering.value(value, columns[column]) }),
  );
}
