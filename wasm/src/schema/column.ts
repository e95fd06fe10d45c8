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
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly generated: boolean;
  readonly unique?: boolean | undefined;
  /** The name in SQL, where the types know it. */
  readonly columnName?: string | undefined;
  /** The name of the table that a foreign key names. */
  readonly references?: string | undefined;
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
  readonly notNull: boolean;
  readonly primaryKey: boolean;
  readonly autoIncrement: boolean;
  /** SQLite numbers the rows itself, so the column may only be a primary key. */
  readonly serial: boolean;
  readonly unique: { readonly name?: string } | undefined;
  readonly default: unknown;
  readonly defaultFn: (() => unknown) | undefined;
  readonly onUpdateFn: (() => unknown) | undefined;
  readonly references: readonly ColumnReference[];
  /** What `defaultNow()` makes the default. */
  readonly now: SQLWrapper | undefined;
  readonly generated: GeneratedColumn | undefined;
}

/** A column of a table. */
export class Column<T extends ColumnTypes = ColumnTypes> implements ColumnLike, SQLWrapper {
  static readonly [entityKind]: string = "Column";

  declare readonly _: T;
  /** The name in SQL. */
  readonly name: string;
  /** The name in programs: the column's key in the table declaration. */
  readonly key: string;
  readonly table: Source;
  readonly keyAsName: boolean;
  readonly primary: boolean;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly default: unknown;
  readonly defaultFn: (() => unknown) | undefined;
  readonly onUpdateFn: (() => unknown) | undefined;
  readonly isUnique: boolean;
  readonly uniqueName: string | undefined;
  readonly columnType: string;
  readonly dataType: string;
  readonly enumValues: readonly string[] | undefined;
  /** Of texts: how long they may be. */
  readonly length: number | undefined;
  readonly autoIncrement: boolean;
  readonly generated: GeneratedColumn | undefined;
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
    this.generated = config.generated;
    Object.freeze(this);
  }

  /** The column under another name, for a field of a result. */
  as(alias: string): this {
    const { table, key, config } = this;
    const type = this.constructor as new (...of: ConstructorParameters<ColumnClass>) => this;
    return new type(table, key, config, alias);
  }

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

  getSQL(): SQLTree {
    const tree: SQLTree = { tree: { kind: "column", column: this }, getSQL: () => tree };
    return tree;
  }
}

/** A column of a table made by `sqliteTable`. */
export class SQLiteColumn<T extends ColumnTypes = ColumnTypes> extends Column<T> {
  static override readonly [entityKind]: string = "SQLiteColumn";
}

export type ColumnClass = typeof Column;

const classes = new Map<string, ColumnClass>();

/** The class of the columns of one kind, named as in Drizzle: `SQLiteInteger` of `SQLiteColumn`. */
export function columnClass(base: ColumnClass, kind: string): ColumnClass {
  const id = `${base[entityKind]} ${kind}`;
  const known = classes.get(id);
  if (known) return known;
  const made = class<T extends ColumnTypes = ColumnTypes> extends base<T> {
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

export type AnyColumn = Column;
export type AnySQLiteColumn = Column;
export type AnyPgColumn = Column;
