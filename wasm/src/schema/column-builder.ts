import type { ForeignKeyAction } from "../ast/schema-document.js";
import type { SQLWrapper } from "../ast/tree.js";
import { entityKind } from "../base/entity.js";
import type { Column, ColumnConfig } from "./column.js";
import type { ColumnKind } from "./kind.js";

/** What the modifiers of a builder add to its type, by intersection. */
export interface BuilderTypes<Data> {
  readonly data: Data;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly generated: boolean;
  readonly unique: boolean;
}

/** Any builder, by what tables need of it: its methods are not compared. */
export interface AnyBuilder {
  readonly _: BuilderTypes<unknown>;
  readonly config: ColumnConfig;
}

export type Marked<Builder, Mark> = Builder & { readonly _: Mark };
export type NotNull<Builder> = Marked<Builder, { readonly notNull: true }>;
export type HasDefault<Builder> = Marked<Builder, { readonly hasDefault: true }>;
export type Generated<Builder> = Marked<Builder, { readonly generated: true }>;
export type Unique<Builder> = Marked<Builder, { readonly unique: true }>;
/** Carries the name of the table that a foreign key names. */
export type Referring<Builder, TableName> = Marked<Builder, { readonly references: TableName }>;
/** With its name in SQL; without, it is the key. */
export type Named<Builder, Name extends string> = Marked<Builder, { readonly columnName: Name }>;
/** Carries the name of its kind, where the types of schemas made from tables go by it. */
export type OfKind<Builder, Kind extends string> = Marked<Builder, { readonly columnType: Kind }>;
export type Typed<Builder, Data> = Marked<Builder, { readonly $type: Data }>;

const initial: Omit<ColumnConfig, "name" | "kind"> = {
  notNull: false,
  primaryKey: false,
  autoIncrement: false,
  serial: false,
  unique: undefined,
  default: undefined,
  defaultFn: undefined,
  onUpdateFn: undefined,
  references: [],
  now: undefined,
  generated: undefined,
  identity: undefined,
};

/** The declaration of a column. Immutable: every modifier gives a new builder. */
export class ColumnBuilder<Data = unknown> {
  static readonly [entityKind]: string = "ColumnBuilder";

  declare readonly _: BuilderTypes<Data>;
  /** What has been declared so far. */
  readonly config: ColumnConfig;

  constructor(name: string, kind: ColumnKind<Data>, more: Partial<ColumnConfig> = {}) {
    this.config = Object.freeze({ ...initial, name, kind, ...more });
    Object.freeze(this);
  }

  /** A copy of this builder, of the same class, with some of its configuration replaced. */
  protected with(change: Partial<ColumnConfig>): this {
    const copy = Object.create(Object.getPrototypeOf(this) as object) as { config: ColumnConfig };
    copy.config = Object.freeze({ ...this.config, ...change });
    return Object.freeze(copy) as unknown as this;
  }

  /** Changes the type of the column's values, and nothing else. */
  $type<T>(): Typed<this, T> {
    return this as Typed<this, T>;
  }

  /** Every row has a value. */
  notNull(): NotNull<this> {
    return this.with({ notNull: true }) as NotNull<this>;
  }

  /** A default of the database: a value, or SQL that SQLite evaluates for each row. */
  default(value: DataOf<this> | SQLWrapper): HasDefault<this> {
    return this.with({ default: value }) as HasDefault<this>;
  }

  /** Gives the value of inserted rows that have none; called once per row, may give SQL. */
  $defaultFn(make: () => DataOf<this> | SQLWrapper): HasDefault<this> {
    return this.with({ defaultFn: make }) as HasDefault<this>;
  }

  /** As `$defaultFn`. */
  $default(make: () => DataOf<this> | SQLWrapper): HasDefault<this> {
    return this.$defaultFn(make);
  }

  /** Gives the value when an update sets none, and when an insert has neither value nor default. */
  $onUpdateFn(make: () => DataOf<this> | SQLWrapper | null): HasDefault<this> {
    return this.with({ onUpdateFn: make }) as HasDefault<this>;
  }

  /** As `$onUpdateFn`. */
  $onUpdate(make: () => DataOf<this> | SQLWrapper | null): HasDefault<this> {
    return this.$onUpdateFn(make);
  }

  /** The value identifies the row. Implies `notNull`. */
  primaryKey(): Unique<NotNull<this>> {
    return this.with({ primaryKey: true, notNull: true }) as Unique<NotNull<this>>;
  }

  /** No two rows have the same value. Without a name it is `table_column_unique`. */
  unique(name?: string): Unique<this> {
    return this.with({ unique: name === undefined ? {} : { name } }) as Unique<this>;
  }

  /** A foreign key to another column, which may be declared later. */
  references<C extends Column>(
    target: () => C,
    actions: { onDelete?: ForeignKeyAction; onUpdate?: ForeignKeyAction } = {},
  ): Referring<this, C["_"]["tableName"]> {
    const references = [...this.config.references, { target, ...actions }];
    return this.with({ references }) as Referring<this, C["_"]["tableName"]>;
  }

  /** A column that SQLite computes. */
  generatedAlwaysAs(
    as: DataOf<this> | SQLWrapper | (() => SQLWrapper),
    { mode = "virtual" }: { mode?: "virtual" | "stored" } = {},
  ): Generated<this> {
    return this.with({ generated: { as, type: "always", mode } }) as Generated<this>;
  }
}

/** The type of the values of a builder of these types, after `$type`. */
type Data<T extends BuilderTypes<unknown>> = T extends { readonly $type: infer Given }
  ? Given
  : T["data"];

/** The type of a builder's values, after `$type`. */
export type DataOf<B extends AnyBuilder> = Data<B["_"]>;

type Value<T extends BuilderTypes<unknown>> = T extends { readonly notNull: true }
  ? Data<T>
  : Data<T> | null;

/** The type of the values of a builder's column in rows. */
export type ValueOf<B extends AnyBuilder> = Value<B["_"]>;

type OnInsert<T> = T extends { readonly generated: true }
  ? "never"
  : T extends { readonly notNull: true }
    ? T extends { readonly hasDefault: true }
      ? "optional"
      : "required"
    : "optional";

/** Whether an insert takes a value for a builder's column. */
export type OnInsertOf<B extends AnyBuilder> = OnInsert<B["_"]>;

/** A column that may number its rows by itself. */
export class IntegerBuilder<Data = number> extends ColumnBuilder<Data> {
  override primaryKey(
    options: {
      autoIncrement?: boolean;
      onConflict?: "rollback" | "abort" | "fail" | "ignore" | "replace";
    } = {},
  ): HasDefault<Unique<NotNull<this>>> {
    const autoIncrement = options.autoIncrement ?? false;
    const change = { primaryKey: true, notNull: true, serial: true, autoIncrement };
    return this.with(change) as HasDefault<Unique<NotNull<this>>>;
  }
}
