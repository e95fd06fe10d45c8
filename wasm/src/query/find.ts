import type { Row } from "../frame/rows.js";
import type { Source } from "../schema/table.js";
import { quoted } from "./document.js";
import { ExecutableQuery } from "./executable.js";
import { PreparedFind, rowsOf, type RowOf } from "./prepared.js";
import type { Entries, EntriesOf, TableEntry } from "./relational/entries.js";
import type { FindRow } from "./relational/find-row.js";
import type {
  FindConfig,
  FindConfigV2,
  FirstConfig,
  FirstConfigV2,
} from "./relational/find-types.js";
import { levelMembers, type AnyFindConfig } from "./relational/level.js";
import { prune, type Prune } from "./relational/prune.js";
import type { RowIterator } from "./row-iterator.js";
import type { MakeDocument, Outcome, Session } from "./session.js";
import type { PlaceholderValues } from "./statement.js";

/** A relation query of many rows or the first one. */
export class FindQuery<Result> extends ExecutableQuery<Result> {
  protected readonly document: MakeDocument;
  readonly #first: boolean;
  /** What has to be done with the rows, found while the document is made. */
  readonly #prunes: Prune[] = [];

  constructor(session: Session, table: Source, first: boolean, config: AnyFindConfig = {}) {
    super(session);
    this.#first = first;
    this.document = (lowering) => {
      const key = lowering.catalog.keyOf(table);
      this.#prunes.length = 0;
      const level = levelMembers(lowering, table, config, this.#prunes);
      return `{"find":{"table":${quoted(key)}${first ? ',"first":true' : ""}${level}}}`;
    };
  }

  override prepare(_name?: string): PreparedFind<Result> {
    return new PreparedFind(this.session, this.document, (outcome) => this.result(outcome));
  }

  /** The rows with their relations, read while they are asked for: see `RowIterator`. */
  iterate(values?: PlaceholderValues): RowIterator<RowOf<Result>> {
    return this.prepare().iterate(values);
  }

  // The types of the result are computed from the schema, which this code cannot follow.
  protected override result(outcome: Outcome): Result {
    const rows = rowsOf<Row>(outcome, "find");
    prune(rows, this.#prunes);
    return (this.#first ? rows[0] : rows) as Result;
  }
}

/**
 * A configuration, of which `Config` is inferred. Written this way, a literal is checked against
 * `Known` itself: a member that does not exist is an error at its key, with the nearest name.
 */
type Checked<Config, Known> = Config extends Known ? Known : Config;

/** The relation queries of one table, `db.query.<key>`. */
export class RelationQueries<E extends Entries, Entry extends TableEntry> {
  readonly #session: Session;
  readonly #table: Source;

  constructor(session: Session, table: Source) {
    this.#session = session;
    this.#table = table;
    Object.freeze(this);
  }

  /** All rows that fit, each with the relations named in `with`. */
  findMany<const Config extends FindConfig<E, Entry> = {}>(
    config?: Checked<Config, FindConfig<E, Entry>>,
  ): FindQuery<FindRow<E, Entry, Config>[]> {
    return new FindQuery(this.#session, this.#table, false, config as AnyFindConfig | undefined);
  }

  /** The first row that fits, or undefined. */
  findFirst<const Config extends FirstConfig<E, Entry> = {}>(
    config?: Checked<Config, FirstConfig<E, Entry>>,
  ): FindQuery<FindRow<E, Entry, Config> | undefined> {
    return new FindQuery(this.#session, this.#table, true, config as AnyFindConfig | undefined);
  }
}

/** The relation queries of one table of `defineRelations`. */
export interface RelationQueriesV2<E extends Entries, Entry extends TableEntry> {
  /** All rows that fit, each with the relations named in `with`. */
  findMany<const Config extends FindConfigV2<E, Entry> = {}>(
    config?: Checked<Config, FindConfigV2<E, Entry>>,
  ): FindQuery<FindRow<E, Entry, Config>[]>;
  /** The first row that fits, or undefined. */
  findFirst<const Config extends FirstConfigV2<E, Entry> = {}>(
    config?: Checked<Config, FirstConfigV2<E, Entry>>,
  ): FindQuery<FindRow<E, Entry, Config> | undefined>;
}

/** The relation queries of a schema's tables; none of a database without one, which knows no keys. */
export type QueriesOf<Schema> = string extends keyof Schema
  ? {}
  : EntriesOf<Schema> extends infer E extends Entries
    ? { readonly [K in keyof E]: RelationQueries<E, E[K]> }
    : never;

/** The relation queries of the tables and views of `defineRelations`. */
export type QueriesOfRelations<R> = R extends Entries
  ? { readonly [K in keyof R]: RelationQueriesV2<R, R[K]> }
  : never;

/** The queries of `defineRelations` where there are some, else those of the schema. */
export type QueriesFor<Schema, Relations> = [keyof Relations] extends [never]
  ? QueriesOf<Schema>
  : QueriesOfRelations<Relations>;

/** The relation queries of everything that a session's catalog was made of. */
export function relationQueries(session: Session): object {
  const queries = session.catalog.queryable.map(
    ([key, source]) => [key, new RelationQueries(session, source)] as const,
  );
  return Object.freeze(Object.fromEntries(queries));
}
