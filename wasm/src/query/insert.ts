import type { SQLWrapper } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { treeOf, type SQL } from "../expr/expression.js";
import type { Table } from "../schema/table.js";
import { conflictText, upsert, type Conflict } from "./conflict.js";
import type { NothingConfig, UpsertConfig } from "./conflict.js";
import { listMember, quoted } from "./document.js";
import { WriteQuery } from "./executable.js";
import { insertedRows, type InsertSource } from "./insert-rows.js";
import type { Fields } from "./lower.js";
import type { NeedsRows } from "./prepared.js";
import { QueryBuilder } from "./query-builder.js";
import type { AnySelect } from "./select.js";
import type { DrizzleTypeError, FieldsRow, Unless } from "./select-types.js";
import type { MakeDocument, RunResult, Session } from "./session.js";
import type { PlaceholderValues } from "./statement.js";
import type { WithSubquery } from "./subquery.js";
import type { OrSQL } from "./types.js";
import { returningMember, withMember, type Values } from "./write-document.js";

/** The rows that an insert into a table takes. */
export type InsertValues<T extends Table> = OrSQL<T["$inferInsert"]>;

/** The keys that a row has to have. */
type RequiredKeys<Model> = {
  [K in keyof Model]-?: {} extends Pick<Model, K> ? never : K;
}[keyof Model];

/** Whether the values of a row fit the columns of the same keys; those of SQL are not known. */
type ValuesFit<Row, Model> = {
  [K in keyof Row]: K extends keyof Model
    ? unknown extends Row[K]
      ? never
      : Row[K] extends Model[K]
        ? never
        : K
    : K;
}[keyof Row];

/** A select whose rows a table can take. */
type Insertable<S extends AnySelect, Model> = [
  ValuesFit<S["_"]["row"], Model>,
  RequiredKeys<Model>,
] extends [never, keyof S["_"]["row"]]
  ? S
  : DrizzleTypeError<"The fields of the select are columns of the table, with all that it requires">;

/** All members are there from the start: one that is added to a copy costs as much as a statement. */
interface InsertState {
  /** The keys of the columns that the statement names, when they are given. */
  readonly only: readonly string[] | undefined;
  readonly ctes: readonly WithSubquery[];
  readonly source: InsertSource;
  readonly conflicts: readonly Conflict[];
  readonly returning: Fields | true | undefined;
}

/** An insert that still needs its rows. */
export class InsertStart<T extends Table, Given = InsertValues<T>> {
  static readonly [entityKind]: string = "SQLiteInsertBuilder";

  readonly #session: Session;
  readonly #table: T;
  readonly #before: Pick<InsertState, "ctes" | "only">;

  /** @param before what was said of the insert before its rows */
  constructor(session: Session, table: T, before: Pick<InsertState, "ctes" | "only">) {
    this.#session = session;
    this.#table = table;
    this.#before = before;
  }

  /** The rows to insert. They may have different keys; what one lacks takes its default. */
  values(given: Given | readonly Given[]): InsertQuery<T> {
    const rows = (Array.isArray(given) ? given : [given]) as readonly Values[];
    if (rows.length > 0) return this.#of({ rows });
    throw new VirgaError({
      code: "invalid_query",
      message: "values() must be called with at least one value",
    });
  }

  /**
   * Inserts the rows of a select by the keys of its fields, or those of SQL, which gives all columns
   * in their order.
   */
  select<S extends AnySelect>(
    query:
      | (S & Insertable<S, T["$inferInsert"]>)
      | (((builder: QueryBuilder) => S) & Unless<Insertable<S, T["$inferInsert"]>>),
  ): InsertQuery<T>;
  select(query: SQL | ((builder: QueryBuilder) => SQL)): InsertQuery<T>;
  select(given: SQLWrapper | ((builder: QueryBuilder) => SQLWrapper)): InsertQuery<T> {
    const query = typeof given === "function" ? given(new QueryBuilder()) : given;
    const tree = treeOf(query, "What is inserted");
    return this.#of(tree.kind === "select" ? { select: tree.select } : { sql: tree });
  }

  #of(source: InsertSource): InsertQuery<T> {
    const { ctes, only } = this.#before;
    const state = { ctes, only, source, conflicts: [], returning: undefined };
    return new InsertQuery(this.#session, this.#table, state);
  }
}

/** An insert. Immutable: every method gives a new query. */
export class InsertQuery<T extends Table, Row = never, Result = RunResult> extends WriteQuery<
  Row,
  Result
> {
  static override readonly [entityKind]: string = "SQLiteInsert";

  protected readonly document: MakeDocument;
  readonly #table: T;
  readonly #state: InsertState;

  constructor(session: Session, table: T, state: InsertState) {
    super(session);
    this.#table = table;
    this.#state = state;
    this.document = (lowering) => {
      const key = lowering.catalog.keyOf(table);
      const { ctes, source, conflicts, returning, only } = state;
      lowering.enter([], key, "excluded");
      const before = withMember(lowering, ctes);
      const rows = insertedRows(lowering, table, source, only);
      const collisions = listMember(
        "conflicts",
        conflicts.map((conflict) => conflictText(lowering, table, conflict)),
      );
      const after = returningMember(lowering, returning);
      lowering.leave();
      return `{"insert":{"table":${quoted(key)}${before}${rows}${collisions}${after}}}`;
    };
  }

  /**
   * The first row, at once. As in Drizzle, its type leaves out that there may be none after
   * `onConflictDoNothing` or when the rows come from a select.
   */
  override get(values?: PlaceholderValues): NeedsRows<Row, Row, "get"> {
    return super.get(values) as NeedsRows<Row, Row, "get">;
  }

  /** Passes over rows that collide with one that is there: in any unique index, or in one. */
  onConflictDoNothing(config: NothingConfig = {}): this {
    return this.#colliding(config);
  }

  /** Updates the row that is there when one collides with it. `excluded` is the one not inserted. */
  onConflictDoUpdate(config: UpsertConfig<T>): this {
    return this.#colliding(upsert(config));
  }

  /** Makes the result the inserted rows: all columns, or the given fields. */
  returning(): InsertQuery<T, T["$inferSelect"], T["$inferSelect"][]>;
  returning<F extends Fields>(fields: F): InsertQuery<T, FieldsRow<F>, FieldsRow<F>[]>;
  returning(returning: Fields | true = true): InsertQuery<T, unknown, unknown[]> {
    return new InsertQuery(this.session, this.#table, { ...this.#state, returning });
  }

  /** The same query: its methods may be called in any order, and as often as needed. */
  $dynamic(): this {
    return this;
  }

  #colliding(conflict: Conflict): this {
    const conflicts = [...this.#state.conflicts, conflict];
    return new InsertQuery(this.session, this.#table, { ...this.#state, conflicts }) as this;
  }
}
