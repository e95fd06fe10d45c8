import type { LevelDocument, WithDocument } from "../ast/query-document.js";
import { VirgaError } from "../base/error.js";
import { candidatesHint } from "../base/nearest.js";
import { operators, orderByOperators } from "../expr/helpers.js";
import { TableColumns, type ColumnMap, type Source } from "../schema/table.js";
import { ExecutableQuery, rowsOf } from "./executable.js";
import type { Lowering } from "./lower.js";
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
        ...level(lowering, table, config, "find"),
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

/** The configuration as it arrives: its types have done their work, or there were none. */
interface AnyFindConfig {
  readonly columns?: Readonly<Record<string, boolean | undefined>>;
  readonly with?: Readonly<Record<string, boolean | undefined | AnyFindConfig>>;
  readonly where?: unknown;
  readonly orderBy?: unknown;
  readonly limit?: number;
  readonly offset?: number;
}

const knownKeys = ["columns", "with", "where", "orderBy", "limit", "offset"];

function level(
  lowering: Lowering,
  table: Source | undefined,
  config: AnyFindConfig,
  path: string,
): LevelDocument {
  for (const key of Object.keys(config)) {
    if (!knownKeys.includes(key)) throw unknownKey(key, path);
  }
  const columns = table?.[TableColumns] ?? {};
  const where = call(config.where, columns, operators);
  const orderBy = call(config.orderBy, columns, orderByOperators);
  return {
    ...chosenColumns(columns, config.columns, path),
    ...lowering.condition(where),
    ...lowering.orders(orderBy === undefined ? [] : [orderBy].flat()),
    ...lowering.count("limit", config.limit),
    ...lowering.count("offset", config.offset),
    ...relations(lowering, table, config.with ?? {}, path),
  };
}

/** Conditions and orders may be given as functions of the columns. */
function call(value: unknown, columns: ColumnMap, helpers: object): unknown {
  if (typeof value !== "function") return value;
  return (value as (columns: ColumnMap, helpers: object) => unknown)(columns, helpers);
}

function chosenColumns(
  columns: ColumnMap,
  choice: AnyFindConfig["columns"],
  path: string,
): { columns?: readonly string[] } {
  if (!choice) return {};
  const entries = Object.entries(choice);
  const wanted = entries.filter(([, included]) => included === true).map(([key]) => key);
  // The declaration's order is the order of the result; names that do not exist are for the core.
  const known = Object.keys(columns);
  const unknown = (keys: readonly string[]): string[] => keys.filter((key) => !(key in columns));
  if (wanted.length > 0) {
    return { columns: [...known.filter((key) => wanted.includes(key)), ...unknown(wanted)] };
  }
  const left = entries.filter(([, included]) => included === false).map(([key]) => key);
  const [missing] = unknown(left);
  if (missing !== undefined) throw unknownColumn(missing, known, path);
  return { columns: left.length === 0 ? [] : known.filter((key) => !left.includes(key)) };
}

function relations(
  lowering: Lowering,
  table: Source | undefined,
  wanted: NonNullable<AnyFindConfig["with"]>,
  path: string,
): { with?: readonly WithDocument[] } {
  const entries = Object.entries(wanted).filter(([, config]) => config);
  if (entries.length === 0) return {};
  return {
    with: entries.map(([relation, config], index) => {
      const target = table && lowering.catalog.relation(table, relation)?.target;
      const nested = typeof config === "object" ? config : {};
      return { relation, ...level(lowering, target, nested, `${path}.with[${index}]`) };
    }),
  };
}

function unknownKey(key: string, path: string): VirgaError {
  return new VirgaError({
    code: "invalid_query",
    message: `A relation query has no option "${key}".`,
    path: `${path}.${key}`,
    hint: candidatesHint(key, knownKeys),
  });
}

function unknownColumn(key: string, known: readonly string[], path: string): VirgaError {
  return new VirgaError({
    code: "unknown_column",
    message: `The table has no column "${key}".`,
    path: `${path}.columns`,
    hint: candidatesHint(key, known),
  });
}
