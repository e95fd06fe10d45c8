import type { Source } from "../schema/table.js";
import { ExecutableQuery, rowsOf } from "./executable.js";
import { levelDocument, type AnyFindConfig } from "./relational/level.js";
import type { MakeDocument, Outcome, Session } from "./session.js";
import type { Exact, FindConfig, FindRow, TableEntry } from "./types.js";

/** A relation query of many rows or the first one. */
export class FindQuery<Result> extends ExecutableQuery<Result> {
  protected readonly document: MakeDocument;
  readonly #first: boolean;

  constructor(session: Session, table: Source, first: boolean, config: AnyFindConfig = {}) {
    super(session);
    this.#first = first;
    this.document = (lowering) => ({
      find: {
        table: lowering.catalog.keyOf(table),
        ...(first && { first: true }),
        ...levelDocument(lowering, table, config),
      },
    });
    Object.freeze(this);
  }

  // The types of the result are computed from the schema, which this code cannot follow.
  protected override result(outcome: Outcome): Result {
    const rows = rowsOf(outcome, "find");
    return (this.#first ? rows[0] : rows) as Result;
  }
}

/** The relation queries of one table, `db.query.<key>`. */
export class RelationQueries<E, Entry extends TableEntry> {
  readonly #session: Session;
  readonly #table: Source;

  constructor(session: Session, table: Source) {
    this.#session = session;
    this.#table = table;
    Object.freeze(this);
  }

  /** All rows that fit, each with the relations named in `with`. */
  findMany<const Config extends FindConfig<E, Entry>>(
    config?: Config & Exact<Config, E, Entry>,
  ): FindQuery<FindRow<E, Entry, Config>[]> {
    return new FindQuery(this.#session, this.#table, false, config as AnyFindConfig | undefined);
  }

  /** The first row that fits, or undefined. */
  findFirst<const Config extends FindConfig<E, Entry>>(
    config?: Config & Exact<Config, E, Entry>,
  ): FindQuery<FindRow<E, Entry, Config> | undefined> {
    return new FindQuery(this.#session, this.#table, true, config as AnyFindConfig | undefined);
  }
}
