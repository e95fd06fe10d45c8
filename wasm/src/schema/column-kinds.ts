// What the types of drizzle-zod and drizzle-valibot ask of columns, by Drizzle's names. Nothing else
// does, and a member is evaluated only when it is asked for.
import type { Column } from "./column.js";

/** What a builder carries under a name. */
export type MarkOf<Builder, Mark extends string> = Builder extends {
  readonly _: { readonly [M in Mark]: infer Value };
}
  ? Value
  : undefined;

/** The name of a builder's kind, for those kinds whose values its type does not tell. */
export type KindOf<Builder> =
  MarkOf<Builder, "columnType"> extends infer Kind extends string ? Kind : string;

type JsonKind = "SQLiteTextJson" | "SQLiteBlobJson" | "PgJson" | "PgJsonb";

/** Drizzle's name of the type in programs, as far as schemas go by it. */
export type DataTypeOf<Kind, Data> = Kind extends JsonKind
  ? "json"
  : Data extends readonly unknown[]
    ? "array"
    : string;

/** The values of a union of strings. */
export type EnumOf<Data> = [Data] extends [string]
  ? string extends Data
    ? undefined
    : [Data, ...Data[]]
  : undefined;

/** A column of the elements of an array. */
export type ElementColumn<Data> = Data extends readonly (infer Element)[]
  ? Column<{
      readonly tableName: string;
      readonly data: Element;
      readonly notNull: false;
      readonly hasDefault: false;
      readonly generated: undefined;
      readonly columnType: string;
      readonly dataType: DataTypeOf<string, Element>;
      readonly enumValues: EnumOf<Element>;
      readonly baseColumn: Element extends readonly unknown[] ? ElementColumn<Element> : never;
    }>
  : never;
