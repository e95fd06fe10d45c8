import { entityKind } from "../base/entity.js";
import type { Table } from "../schema/table.js";
import { changeOf } from "./change.js";
import { DeleteQuery } from "./delete.js";
import { InsertStart, type InsertValues } from "./insert.js";
import { Selects } from "./query-builder.js";
import type { Session } from "./session.js";
import type { WithSubquery } from "./subquery.js";
import { UpdateStart } from "./update.js";

/** The beginnings of selects and writes, with the subqueries that stand before them. */
export class Writes extends Selects {
  static override readonly [entityKind]: string = "Writes";

  readonly #session: Session;
  readonly #ctes: readonly WithSubquery[];

  constructor(session: Session, ctes: readonly WithSubquery[] = []) {
    super(session, ctes);
    this.#session = session;
    this.#ctes = ctes;
  }

  /** Inserts into a table; given keys of columns, into these only. */
  insert<T extends Table>(table: T): InsertStart<T>;
  insert<T extends Table, K extends keyof InsertValues<T> & string>(
    table: T,
    ...columns: readonly [K, ...K[]]
  ): InsertStart<T, Pick<InsertValues<T>, K>>;
  insert<T extends Table>(table: T, ...columns: readonly string[]): InsertStart<T, unknown> {
    const only = columns.length > 0 ? columns : undefined;
    return new InsertStart(this.#session, table, { ctes: this.#ctes, only });
  }

  /** Updates rows of a table; `set` says what, `where` which. */
  update<T extends Table>(table: T): UpdateStart<T> {
    return new UpdateStart(this.#session, table, this.#ctes);
  }

  /** Deletes rows of a table: all of them, unless `where` says which. */
  delete<T extends Table>(table: T): DeleteQuery<T> {
    return new DeleteQuery(this.#session, table, changeOf(this.#ctes));
  }
}
