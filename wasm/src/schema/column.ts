import type { ForeignKeyAction } from "../ast/schema-document.js";
import type { ColumnLike, SQLTree, SQLWrapper } from "../ast/tree.js";
import type { SqlValue } from "../ast/value.js";
import { entityKind } from "../base/entity.js";
import type { ColumnKind } from "./kind.js";
import { TableName } from "./symbols.js";
import type { Source } from "./table.js";

/** What the type system knows of a column. */
export interface ColumnTypes {
  readonly tableName: string;
  readonly data: unknown;
  /** Whether every row has a value. */
  readonly notNull: boolean;
  /** Whether an insert may leave it out: it has a default of any kind. */
  readonly hasDefault: boolean;
  readonly generated: true | undefined;
  readonly unique?: boolean | undefined;
  /** The name in SQL, where the types know it. */
  readonly columnName?: string | undefined;
  /** The name of the table that a foreign key names. */
  readonly references?: string | undefined;
}

/** What the type system knows of a column's values. */
export interface ValueTypes {
  readonly data: unknown;
  readonly notNull: boolean;
}

/** A foreign key of one column, declared on the column. */
export interface ColumnReference {
  readonly target: () => Column;
  readonly onDelete?: ForeignKeyAction;
  readonly onUpdate?: ForeignKeyAction;
}

export interface GeneratedColumn {
  readonly as: unknown;
  readonly type: "always";
  readonly mode: "virtual" | "stored";
}

/** What the modifiers of a column builder have collected. */
export interface ColumnConfig {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Whether every row has a value. */
  readonly notNull: boolean;
  readonly primaryKey: boolean;
  /** Whether numbers of deleted rows are never given again. */
  readonly autoIncrement: boolean;
  /** SQLite numbers the rows itself, so the column may only be a primary key. */
  readonly serial: boolean;
  readonly unique: { readonly name?: string } | undefined;
  /** The default of the database: a value or SQL. */
  readonly default: unknown;
  /** Gives the value of inserted rows that have none. */
  readonly defaultFn: (() => unknown) | undefined;
  /** Gives the value when an update sets none. */
  readonly onUpdateFn: (() => unknown) | undefined;
  readonly references: readonly ColumnReference[];
  /** What `defaultNow()` makes the default. */
  readonly now: SQLWrapper | undefined;
  /** How SQLite computes it, when it does. */
  readonly generated: GeneratedColumn | undefined;
  /** Of identity columns: whether Postgres would refuse a value of the program. */
  readonly identity: "always" | "byDefault" | undefined;
}

/**
 * All of a column that does not depend on its types. It stands by itself, without types of its own, so
 * that the type checker makes these members once, not for every column.
 */
abstract class ColumnMembers implements ColumnLike, SQLWrapper {
  /** The name in SQL. */
  readonly name: string;
  /** The name in programs: the column's key in the table declaration. */
  readonly key: string;
  /** The table or view that it belongs to. */
  readonly table: Source;
  /** Whether it has no name of its own, so that its key is the name. */
  readonly keyAsName: boolean;
  /** Whether it is the primary key by itself. */
  readonly primary: boolean;
  /** Whether every row has a value. */
  readonly notNull: boolean;
  /** Whether an insert may leave it out: it has a default of any kind. */
  readonly hasDefault: boolean;
  /** The default of the database: a value or SQL. */
  readonly default: unknown;
  /** Gives the value of inserted rows that have none. */
  readonly defaultFn: (() => unknown) | undefined;
  /** Gives the value when an update sets none. */
  readonly onUpdateFn: (() => unknown) | undefined;
  /** Whether no two rows have the same value. */
  readonly isUnique: boolean;
  /** The name of its unique constraint. */
  readonly uniqueName: string | undefined;
  /** The name of its kind, for example `SQLiteInteger`. */
  readonly columnType: string;
  /** The type in programs: `number`, `string`, `date` and so on. */
  readonly dataType: string;
  /** The values that the types allow, of texts with an enum. */
  readonly enumValues: readonly string[] | undefined;
  /** Of texts: how long they may be. */
  readonly length: number | undefined;
  /** Whether numbers of deleted rows are never given again. */
  readonly autoIncrement: boolean;
  /** Of arrays: how many elements they are to have. */
  readonly size: number | undefined;
  /** Of vectors and bits: how many numbers they are to have. */
  readonly dimensions: number | undefined;
  /** How SQLite computes it, when it does. */
  readonly generated: GeneratedColumn | undefined;
  /** Of identity columns: whether Postgres would refuse a value of the program. */
  readonly generatedIdentity: { readonly type: "always" | "byDefault" } | undefined;
  /** Set by `as`: the name of the column as a field of a result. */
  readonly fieldAlias: string | undefined;
  /** Everything that was declared. */
  readonly config: ColumnConfig;

  constructor(table: Source, key: string, config: ColumnConfig, fieldAlias?: string) {
    this.table = table;
    this.key = key;
    this.config = config;
    this.fieldAlias = fieldAlias;
    this.keyAsName = config.name === "";
    this.name = this.keyAsName ? key : config.name;
    this.primary = config.primaryKey;
    this.notNull = config.notNull || config.primaryKey;
    this.default = config.default;
    this.defaultFn = config.defaultFn;
    this.onUpdateFn = config.onUpdateFn;
    this.hasDefault =
      (config.default ?? config.defaultFn ?? config.onUpdateFn) !== undefined || config.serial;
    this.isUnique = config.unique !== undefined;
    this.uniqueName =
      config.unique && (config.unique.name ?? `${table[TableName]}_${this.name}_unique`);
    this.columnType = config.kind.columnType;
    this.dataType = config.kind.dataType;
    this.enumValues = config.kind.enumValues;
    this.length = config.kind.length;
    this.autoIncrement = config.autoIncrement;
    this.size = config.kind.array?.size;
    this.dimensions = config.kind.dimensions;
    this.generated = config.generated;
    this.generatedIdentity = config.identity && { type: config.identity };
    Object.freeze(this);
  }

  /** The type in SQL, for example `integer`. */
  getSQLType(): string {
    return this.config.kind.sqlType;
  }

  /** What is stored for a value; null stays null. */
  mapToDriverValue(value: unknown): unknown {
    if (value === null) return null;
    const { encode } = this.config.kind;
    return encode ? encode(value) : value;
  }

  /** The column's own decoder, for kinds that declare one. */
  mapFromDriverValue(stored: SqlValue): unknown {
    if (stored === null) return null;
    const { decode } = this.config.kind;
    return decode ? decode(stored) : stored;
  }

  /** The SQL that this stands for. */
  getSQL(): SQLTree {
    const tree: SQLTree = { tree: { kind: "column", column: this }, getSQL: () => tree };
    return tree;
  }
}

/** A column of a table. */
// `T` has no constraint: a column would be compared with it wherever `Column<infer T>` is asked for,
// which evaluates all that is known of the column.
export class Column<out T = ColumnTypes> extends ColumnMembers {
  static readonly [entityKind]: string = "Column";

  declare readonly _: T;

  /** The column under another name, for a field of a result. */
  as(alias: string): this {
    const { table, key, config } = this;
    const type = this.constructor as new (...of: ConstructorParameters<ColumnClass>) => this;
    return new type(table, key, config, alias);
  }

  /** Of arrays: a column of their elements. */
  get baseColumn(): Column | undefined {
    const kind = this.config.kind.array?.of;
    if (!kind) return undefined;
    const type = columnClass(Object.getPrototypeOf(this.constructor), kind.columnType);
    return new type(this.table, this.key, { ...this.config, kind });
  }
}

/** A column of a table made by `sqliteTable`. */
export class SQLiteColumn<out T = ColumnTypes> extends Column<T> {
  static override readonly [entityKind]: string = "SQLiteColumn";
}

export type ColumnClass = typeof Column;

const classes = new Map<string, ColumnClass>();

/** The class of the columns of one kind, named as in Drizzle: `SQLiteInteger` of `SQLiteColumn`. */
export function columnClass(base: ColumnClass, kind: string): ColumnClass {
  const id = `${base[entityKind]} ${kind}`;
  const known = classes.get(id);
  if (known) return known;
  const made = class<T = ColumnTypes> extends base<T> {
    static override readonly [entityKind]: string = kind;
  };
  classes.set(id, made);
  return made;
}

/** The classes of several kinds by name, to be exported. */
export function columnClasses<const Kind extends string, Base extends ColumnClass>(
  base: Base,
  kinds: readonly Kind[],
): { readonly [K in Kind]: Base } {
  const entries = kinds.map((kind) => [kind, columnClass(base, kind)]);
  return Object.fromEntries(entries) as { [K in Kind]: Base };
}

/** Any column. */
export type AnyColumn = Column;
/** Any column, as a callback of `references` that names its own table needs it. */
export type AnySQLiteColumn = Column;
/** Any column, as a callback of `references` that names its own table needs it. */
export type AnyPgColumn = Column;
