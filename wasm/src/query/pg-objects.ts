import { entityKind, is } from "../base/entity.js";
import { enumsOf } from "../schema/pg-enum.js";
import {
  camelCasePgTable,
  pgTables,
  snakeCasePgTable,
  type PgTableFn,
} from "../schema/pg-table.js";
import { PgPolicy } from "../schema/pg-policy.js";
import { isView, PgMaterializedView, PgView } from "../schema/view.js";
import { camelCasePgView, pgSchemaViews, snakeCasePgView, type PgViewFn } from "./view.js";

// What Postgres has beside tables. SQLite has no place for most of it: it is accepted, and left.

/** Tables and views whose columns have their keys in snake_case as names. */
export const snakeCase = { table: snakeCasePgTable, view: snakeCasePgView };

/** Tables and views whose columns have their keys in camelCase as names. */
export const camelCase = { table: camelCasePgTable, view: camelCasePgView };

/** A schema: its tables and views are called `schema.name` in SQLite. */
export class PgSchema<Name extends string = string> {
  static readonly [entityKind]: string = "PgSchema";

  /** `pgTable` for this schema. */
  readonly table: PgTableFn;
  /** `pgView` for this schema. */
  readonly view: PgViewFn;
  /** `pgMaterializedView` for this schema. */
  readonly materializedView: PgViewFn;
  /** `pgEnum` for this schema. */
  readonly enum: ReturnType<typeof enumsOf>;
  /** `pgSequence` for this schema. */
  readonly sequence: typeof pgSequence;

  /** @param schemaName the name of the schema */
  constructor(readonly schemaName: Name) {
    this.table = pgTables({ schema: schemaName });
    const { view, materializedView } = pgSchemaViews(schemaName);
    this.view = view;
    this.materializedView = materializedView;
    this.enum = enumsOf(schemaName);
    this.sequence = (name, options) => new PgSequence(name, options, schemaName);
    Object.freeze(this);
  }
}

/** Declares a schema. */
export const pgSchema = <const Name extends string>(name: Name): PgSchema<Name> =>
  new PgSchema(name);

/** A sequence. It is not created: SQLite numbers rows by their primary key. */
export class PgSequence {
  static readonly [entityKind]: string = "PgSequence";

  constructor(
    /** The name of the sequence. */
    readonly seqName: string,
    /** What was said of it. */
    readonly seqOptions: object | undefined,
    /** The schema that it belongs to. */
    readonly schema: string | undefined,
  ) {
    Object.freeze(this);
  }
}

/** Declares a sequence. */
export const pgSequence = (name: string, options?: object): PgSequence =>
  new PgSequence(name, options, undefined);

/** A role. SQLite has no users. */
export class PgRole {
  static readonly [entityKind]: string = "PgRole";

  constructor(
    /** The name of the role. */
    readonly name: string,
    /** What was said of it. */
    readonly config: object = {},
  ) {
    Object.freeze(this);
  }

  /** Says that the role is there already; changes nothing. */
  existing(): this {
    return this;
  }
}

/** Declares a role. */
export const pgRole = (name: string, config?: object): PgRole => new PgRole(name, config);

/** Declares a policy of row level security, which SQLite does not have. */
export const pgPolicy = (name: string, config?: object): PgPolicy => new PgPolicy(name, config);

/** Whether a value is a schema. */
export const isPgSchema = (value: unknown): value is PgSchema => is(value, PgSchema);
/** Whether a value is a sequence. */
export const isPgSequence = (value: unknown): value is PgSequence => is(value, PgSequence);
/** Whether a value is a view that is not materialized. */
export const isPgView = (value: unknown): value is PgView =>
  isView(value) && !isPgMaterializedView(value);
/** Whether a value is a materialized view. */
export const isPgMaterializedView = (value: unknown): value is PgMaterializedView =>
  is(value, PgMaterializedView);

export { PgPolicy };
