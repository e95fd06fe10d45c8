import type { Expr } from "../ast/query-document.js";
import { VirgaError } from "../base/error.js";
import type { Column } from "../schema/column.js";
import { TableColumns, type InsertModel, type SelectModel, type Table } from "../schema/table.js";
import { WriteQuery } from "./executable.js";
import type { Fields, Lowering } from "./lower.js";
import { returningDocument } from "./returning.js";
import type { MakeDocument, RunResult, Session } from "./session.js";
import type { FieldsRow } from "./select-types.js";
import type { OrSQL } from "./types.js";

type Values = Readonly<Record<string, unknown>>;

/** The rows that an insert into a table takes. */
export type InsertValues<T extends Table> = OrSQL<InsertModel<T["_"]["columns"]>>;

/** An insert that still needs its rows. */
export class InsertStart<T extends Table> {
  readonly #session: Session;
  readonly #table: T;

  constructor(session: Session, table: T) {
    this.#session = session;
    this.#table = table;
    Object.freeze(this);
  }

  /** The rows to insert. They may have different keys; what one lacks takes its default. */
  values(row: InsertValues<T>): InsertQuery<T>;
  values(rows: readonly InsertValues<T>[]): InsertQuery<T>;
  values(given: InsertValues<T> | readonly InsertValues<T>[]): InsertQuery<T> {
    const rows = (Array.isArray(given) ? given : [given]) as readonly Values[];
    if (rows.length > 0) return new InsertQuery(this.#session, this.#table, rows);
    throw new VirgaError({
      code: "invalid_query",
      message: "values() must be called with at least one value",
    });
  }
}

/** An insert. Immutable: every method gives a new query. */
export class InsertQuery<T extends Table, Row = never, Result = RunResult> extends WriteQuery<
  Row,
  Result
> {
  protected readonly document: MakeDocument;
  readonly #table: T;
  readonly #rows: readonly Values[];

  constructor(session: Session, table: T, rows: readonly Values[], returning?: Fields | true) {
    super(session);
    this.#table = table;
    this.#rows = rows;
    this.document = (lowering) => ({
      insert: {
        table: lowering.catalog.keyOf(table),
        ...insertedRows(lowering, table, rows),
        ...returningDocument(lowering, returning),
      },
    });
    Object.freeze(this);
  }

  /** Makes the result the inserted rows: all columns, or the given fields. */
  returning(): InsertQuery<T, SelectModel<T["_"]["columns"]>, SelectModel<T["_"]["columns"]>[]>;
  returning<F extends Fields>(fields: F): InsertQuery<T, FieldsRow<F>, FieldsRow<F>[]>;
  returning(fields?: Fields): InsertQuery<T, unknown, unknown[]> {
    return new InsertQuery(this.session, this.#table, this.#rows, fields ?? true);
  }
}

function insertedRows(
  lowering: Lowering,
  table: Table,
  rows: readonly Values[],
): { columns: readonly string[]; rows: readonly (readonly Expr[])[] } {
  const known = table[TableColumns];
  const given = new Set(
    rows.flatMap((row) => Object.keys(row).filter((key) => row[key] !== undefined)),
  );
  const listed = Object.values(known).filter(
    (column) =>
      given.has(column.key) || (column.hasDefault && !column.primary) || makesValue(column),
  );
  const unknown = [...given].filter((key) => !(key in known));
  const columns = [...listed.map((column) => column.key), ...unknown];
  if (columns.length === 0 && rows.length > 1) columns.push(firstWritable(table));
  const cells = (row: Values): Expr[] => columns.map((key) => cell(lowering, known[key], row[key]));
  return { columns, rows: rows.map(cells) };
}

const makesValue = (column: Column): boolean =>
  (column.defaultFn ?? column.onUpdateFn) !== undefined;

/** A column that can stand for the rest of a row without values: rows need one in a list of rows. */
function firstWritable(table: Table): string {
  return Object.values(table[TableColumns]).find((column) => !column.generated)!.key;
}

/** A given value, else the column's default, else what its functions make. */
function cell(lowering: Lowering, column: Column | undefined, given: unknown): Expr {
  if (given !== undefined) return lowering.value(given, column);
  if (!column || column.default !== undefined) return { default: true };
  const make = column.defaultFn ?? column.onUpdateFn;
  return make ? lowering.made(make, column) : { default: true };
}
