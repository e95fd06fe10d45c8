import { entityKind } from "./entity.js";

/** What kind of failure an error reports: the core's codes, and those of this module. */
export type ErrorCode =
  | "malformed_document"
  | "invalid_schema"
  | "unknown_table"
  | "unknown_column"
  | "unknown_relation"
  | "invalid_query"
  | "missing_parameter"
  | "malformed_parameters"
  | "malformed_frame"
  | "result_too_large"
  | "constraint_unique"
  | "constraint_primary_key"
  | "constraint_not_null"
  | "constraint_check"
  | "constraint_foreign_key"
  | "constraint"
  | "ambiguous_rename"
  | "data_at_risk"
  | "transaction"
  | "closed"
  | "sqlite"
  | "out_of_memory"
  | "internal"
  /** A value that SQLite or the column cannot store. */
  | "invalid_value"
  /** A migrations folder that cannot be read, or does not go with the database. */
  | "invalid_migrations"
  /** The wasm module could not be loaded, or has not been loaded yet. */
  | "not_loaded";

/** The facts of an error, as the core states them; empty facts are left out of the error. */
export interface ErrorFacts {
  /** What kind of failure it is. */
  readonly code: ErrorCode;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** Where in the query or schema document, for example `find.with[0].where.args[0]`. */
  readonly path?: string;
  /** The nearest name and the candidates, or the way out. */
  readonly hint?: string;
  /** SQLite's extended result code, for example 2067 for a unique constraint. */
  readonly sqliteCode?: number;
  /** The name of the violated constraint, or its columns. */
  readonly constraint?: string;
  /** The statement that failed. */
  readonly sql?: string;
}

/** The root of all errors thrown here. */
export class DrizzleError extends Error {
  static readonly [entityKind]: string = "DrizzleError";

  constructor({ message, cause }: { message?: string; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "DrizzleError";
  }
}

/** Thrown by `tx.rollback()`, and again by `db.transaction()` after the rollback. */
export class TransactionRollbackError extends DrizzleError {
  static override readonly [entityKind]: string = "TransactionRollbackError";

  constructor() {
    super({ message: "Rollback" });
    this.name = "TransactionRollbackError";
  }
}

/** Any failure that Virga or SQLite reports. */
export class VirgaError extends DrizzleError {
  static override readonly [entityKind]: string = "VirgaError";

  /** What kind of failure it is. */
  readonly code: ErrorCode;
  /** Where in the query or schema document, for example `find.with[0].where.args[0]`. */
  declare readonly path?: string;
  /** The nearest name and the candidates, or the way out. */
  declare readonly hint?: string;
  /** SQLite's extended result code, for example 2067 for a unique constraint. */
  declare readonly sqliteCode?: number;
  /** The name of the violated constraint, or its columns. */
  declare readonly constraint?: string;
  /** The statement that failed. */
  declare readonly sql?: string;

  constructor(facts: ErrorFacts, cause?: unknown) {
    super({ message: facts.message, cause });
    this.name = "VirgaError";
    this.code = facts.code;
    const { path, hint, sqliteCode, constraint, sql } = facts;
    const optional = Object.entries({ path, hint, sqliteCode, constraint, sql });
    Object.assign(this, Object.fromEntries(optional.filter(([, fact]) => fact)));
  }
}

/** The failure of a query that had come to its SQL. Its cause is the same failure without it. */
export class DrizzleQueryError extends VirgaError {
  static override readonly [entityKind]: string = "DrizzleQueryError";

  /** The statement that failed, or all of the query when that is not known. */
  readonly query: string;
  /** The parameters of the query. */
  readonly params: readonly unknown[];

  constructor(query: string, params: readonly unknown[], cause: VirgaError) {
    super(cause, cause);
    this.name = "DrizzleQueryError";
    this.query = query;
    this.params = params;
  }

  /** The error of a query; what is no failure of Virga or SQLite stays as it is. */
  static of(error: unknown, sql: readonly string[], params: readonly unknown[]): unknown {
    if (!(error instanceof VirgaError)) return error;
    return new DrizzleQueryError(error.sql ?? sql.join(";\n"), params, error);
  }
}
