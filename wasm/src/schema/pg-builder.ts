import { entityKind } from "../base/entity.js";
import {
  ColumnBuilder,
  type BuilderTypes,
  type DataOf,
  type HasDefault,
  type Marked,
  type NotNull,
  type Unique,
} from "./column-builder.js";
import type { ColumnKind } from "./kind.js";

/** Whether two rows without a value violate a unique constraint. In SQLite they never do. */
export interface UniqueOptions {
  readonly nulls?: "distinct" | "not distinct";
}

type KeptNotNull<B> = B extends { readonly _: { readonly notNull: true } }
  ? NotNull<unknown>
  : unknown;
type Brackets = `${string}[]`;
/** An array for each pair of brackets. */
type Arrays<Data, Dimensions> = Dimensions extends `[]${infer Rest}` ? Arrays<Data[], Rest> : Data;
type ArrayData<Data, Size> = Size extends Brackets ? Arrays<Data, Size> : Data[];

/** The declaration of a Postgres column. */
export class PgColumnBuilder<Data = unknown> extends ColumnBuilder<Data> {
  static override readonly [entityKind]: string = "PgColumnBuilder";

  /** The types do not keep the names of Postgres columns. */
  declare readonly _: BuilderTypes<Data> & { readonly columnName: string };

  /** Lists of such values, as JSON. Given "[][]", lists of lists; a size is not checked. */
  array<const Size extends number | Brackets = number>(
    size?: Size,
  ): PgColumnBuilder<ArrayData<DataOf<this>, Size>> & KeptNotNull<this> {
    const depth = typeof size === "string" ? size.split("[").length - 1 : 1;
    let { kind } = this.config;
    const length = typeof size === "number" ? size : undefined;
    for (let level = 0; level < depth; level += 1) kind = arrayKind(kind, length);
    const made = new PgColumnBuilder(this.config.name, kind, { ...this.config, kind });
    return made as PgColumnBuilder<ArrayData<DataOf<this>, Size>> & KeptNotNull<this>;
  }

  override unique(name?: string, _options?: UniqueOptions): Unique<this> {
    return super.unique(name);
  }
}

/** Carries that Postgres would refuse a value of the program. */
type AlwaysIdentity<Builder> = Marked<Builder, { readonly identity: "always" }>;

/** An integer that may be an identity column. */
export class IdentityBuilder<Data> extends PgColumnBuilder<Data> {
  /** A number that the database counts up. Must be the primary key; the options are for Postgres. */
  generatedAlwaysAsIdentity(_options?: object): AlwaysIdentity<HasDefault<NotNull<this>>> {
    const change = { notNull: true, serial: true, identity: "always" } as const;
    return this.with(change) as AlwaysIdentity<HasDefault<NotNull<this>>>;
  }

  /** As `generatedAlwaysAsIdentity`: SQLite takes given numbers in both cases. */
  generatedByDefaultAsIdentity(_options?: object): HasDefault<NotNull<this>> {
    const change = { notNull: true, serial: true, identity: "byDefault" } as const;
    return this.with(change) as HasDefault<NotNull<this>>;
  }
}

/** A column of dates and times, with the current one as default. */
export class DateTimeBuilder<Data = Date> extends PgColumnBuilder<Data> {
  /** The moment of the insert, by the clock of the database. */
  defaultNow(): HasDefault<this> {
    return this.with({ default: this.config.now }) as HasDefault<this>;
  }
}

/** How the elements of an array stand in JSON, which has neither dates nor large integers. */
interface Element {
  readonly toJson: (value: unknown) => unknown;
  readonly fromJson: (value: unknown) => unknown;
}

const asItIs = (value: unknown): unknown => value;

function elementOf(kind: ColumnKind): Element {
  const { array, encode, decode } = kind;
  if (array) {
    return {
      toJson: (value) => (value as unknown[]).map(orNull(array.toJson)),
      fromJson: (value) => (value as unknown[]).map(orNull(array.fromJson)),
    };
  }
  switch (kind.dataType) {
    case "date":
      return {
        toJson: (value) => kind.encode!(value),
        fromJson: (value) => new Date(value as number),
      };
    case "bigint":
      return { toJson: String, fromJson: (value) => BigInt(value as string) };
    case "custom":
      return {
        toJson: (value) => (encode ? encode(value) : value),
        fromJson: (value) => (decode ? decode(value as string) : value),
      };
    default:
      return { toJson: asItIs, fromJson: asItIs };
  }
}

const orNull =
  (convert: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    value === null || value === undefined ? null : convert(value);

function arrayKind(of: ColumnKind, size: number | undefined): ColumnKind {
  const array = { ...elementOf(of), of, size };
  return {
    columnType: "PgArray",
    dataType: "array",
    sqlType: "text",
    codec: "custom",
    array,
    encode: (value) => JSON.stringify((value as unknown[]).map(orNull(array.toJson))),
    decode: (stored) => (JSON.parse(String(stored)) as unknown[]).map(orNull(array.fromJson)),
  };
}
