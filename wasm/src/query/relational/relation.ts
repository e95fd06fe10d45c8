import { entityKind } from "../../base/entity.js";
import type { Column } from "../../schema/column.js";
import type { Source } from "../../schema/table.js";
import type { TableFilter } from "./filter-types.js";

/** A column in a declaration of relations; `through` names its partner in a junction table. */
export class RelationColumn<Key extends string = string> {
  static readonly [entityKind]: string = "RelationsBuilderColumn";

  constructor(
    readonly _: {
      /** The key of the table. */
      readonly tableName: Key;
      readonly column: Column;
      readonly key: string;
      readonly through?: RelationColumn;
    },
  ) {
    Object.freeze(this);
  }

  /** The column of a junction table that equals this one. */
  through(column: RelationColumn): RelationColumn<Key> {
    return new RelationColumn({ ...this._, through: column });
  }
}

type OneOrMore<T> = T | readonly [T, ...T[]];

/** How a relation to many rows is declared. Without columns, those of the reverse relation hold. */
export interface ManyConfig<Columns = AnyColumns, Key extends string = string> {
  /** The columns of this table. */
  readonly from?: OneOrMore<RelationColumn>;
  /** The columns of the other table that equal them, in the same order. */
  readonly to?: OneOrMore<RelationColumn<Key>>;
  /** Only related rows that fulfil this belong to the relation. */
  readonly where?: TableFilter<Columns>;
  /** Tells several relations between two tables apart; the same on both sides. */
  readonly alias?: string;
}

type AnyColumns = Readonly<Record<string, Column>>;

/** How a relation to one row is declared. */
export interface OneConfig<
  Columns = AnyColumns,
  Key extends string = string,
  Optional extends boolean = boolean,
> extends ManyConfig<Columns, Key> {
  /** Whether the related row may be missing, for the type of the result. */
  readonly optional?: Optional;
}

/** A relation with its columns, whichever way it was declared. */
export interface ResolvedRelation {
  readonly name: string;
  readonly kind: "one" | "many";
  readonly source: Source;
  readonly target: Source;
  readonly fields: readonly Column[];
  readonly references: readonly Column[];
  readonly through?: {
    readonly table: Source;
    readonly fields: readonly Column[];
    readonly references: readonly Column[];
  };
  readonly where?: TableFilter;
  /** Present when `where` is that of this relation of the target, and so about the source. */
  readonly reverse?: string;
}

/** A relation that `defineRelations` declares. */
export abstract class RelationV2<Target extends string = string> {
  static readonly [entityKind]: string = "RelationV2";

  abstract readonly relationType: "one" | "many";
  /** The relation with its columns; absent while it is only declared. */
  readonly resolved: ResolvedRelation | undefined;

  constructor(
    readonly targetTableName: Target,
    readonly targetTable: Source,
    readonly config: OneConfig,
    resolved?: ResolvedRelation,
  ) {
    this.resolved = resolved;
  }
}

/** A relation to at most one row. */
export class OneV2<
  Target extends string = string,
  Optional extends boolean = boolean,
> extends RelationV2<Target> {
  static override readonly [entityKind]: string = "OneV2";
  readonly relationType = "one";
  declare readonly optional: Optional;
}

/** A relation to any number of rows. */
export class ManyV2<Target extends string = string> extends RelationV2<Target> {
  static override readonly [entityKind]: string = "ManyV2";
  readonly relationType = "many";
}

export type RelationMapV2 = Readonly<Record<string, RelationV2>>;

/** A table or view with its relations. */
export interface TableRelations<S = Source, Name = string, Relations = RelationMapV2> {
  readonly table: S;
  readonly name: Name;
  readonly relations: Relations;
}

/** What `defineRelations` gives: the tables and views of a schema by key, with their relations. */
export type AnyRelations = Readonly<Record<string, TableRelations>>;
