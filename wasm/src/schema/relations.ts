import { entityKind } from "../base/entity.js";
import type { Column } from "./column.js";
import type { AnyTable, Table } from "./table.js";

interface RelationConfig {
  readonly fields?: readonly Column[];
  readonly references?: readonly Column[];
  readonly relationName?: string;
}

/** A relation of one table to another. */
export class Relation<Target extends AnyTable = Table> {
  static readonly [entityKind]: string = "Relation";

  constructor(
    /** The table that it leads to. */
    readonly target: Target,
    /** To one row or to many. */
    readonly kind: "one" | "many",
    /** The columns on both sides. */
    readonly config: RelationConfig,
  ) {
    Object.freeze(this);
  }
}

/** A relation to at most one row. */
export class One<
  Target extends AnyTable = Table,
  Nullable extends boolean = boolean,
> extends Relation<Target> {
  static override readonly [entityKind]: string = "One";
  /** Whether there may be no row; for types, there is no value. */
  declare readonly $nullable: Nullable;
  /** For types; there is no value. */
  declare readonly $kind: "one";
}

/** A relation to any number of rows. */
export class Many<Target extends AnyTable = Table> extends Relation<Target> {
  static override readonly [entityKind]: string = "Many";
  /** For types; there is no value. */
  declare readonly $kind: "many";
}

export type RelationMap = Readonly<Record<string, Relation>>;

/** Relations of any tables; see `AnyTable`. */
type AnyRelationMap = Readonly<Record<string, Relation<AnyTable>>>;

/** A column of a table, of which only that is compared. */
interface ColumnOf<TableName extends string> {
  readonly _: { readonly tableName: TableName };
}
type NameOf<T extends AnyTable> = T["_"]["name"];
type AllNotNull<Fields extends readonly unknown[]> = Fields[number] extends {
  readonly _: { readonly notNull: true };
}
  ? true
  : false;

/** What the callback of `relations` is given to declare relations with. */
export interface RelationHelpers<Source extends AnyTable> {
  /** To one row; the columns are those of the reverse side's `one`. */
  one<Target extends AnyTable>(
    target: Target,
    config?: { readonly relationName?: string },
  ): One<Target, true>;
  /** To the one row whose `references` equal this row's `fields`. */
  one<
    Target extends AnyTable,
    const Fields extends readonly [ColumnOf<NameOf<Source>>, ...ColumnOf<NameOf<Source>>[]],
  >(
    target: Target,
    config: {
      readonly fields: Fields;
      readonly references: { readonly [I in keyof Fields]: ColumnOf<NameOf<Target>> };
      readonly relationName?: string;
    },
  ): One<Target, AllNotNull<Fields> extends true ? false : true>;
  /** To all rows whose own `one` points here. */
  many<Target extends AnyTable>(
    target: Target,
    config?: { readonly relationName?: string },
  ): Many<Target>;
}

/** The relations of one table, as they are put into `schema`. */
export class Relations<Name extends string = string, Config extends AnyRelationMap = RelationMap> {
  static readonly [entityKind]: string = "Relations";
  /** The name of the table; for types, there is no value. */
  declare readonly $name: Name;

  constructor(
    /** The table that they belong to. */
    readonly table: Table,
    /** The relations by name. */
    readonly config: Config,
  ) {
    Object.freeze(this);
  }
}

/** Declares the relations of a table. */
export function relations<Source extends AnyTable, Config extends AnyRelationMap>(
  table: Source,
  build: (helpers: RelationHelpers<Source>) => Config,
): Relations<NameOf<Source>, Config>;
export function relations(table: Table, build: (helpers: never) => RelationMap): Relations {
  const one = (target: Table, config: RelationConfig = {}): One => new One(target, "one", config);
  const many = (target: Table, config: RelationConfig = {}): Many =>
    new Many(target, "many", config);
  return new Relations(table, build({ one, many } as never));
}
