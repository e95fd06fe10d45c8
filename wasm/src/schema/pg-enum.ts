import { quoteName } from "./inline.js";
import { PgColumnBuilder } from "./pg-builder.js";
import { textKind } from "./sqlite-columns.js";

/** A closed set of strings: makes columns and carries the values. */
export interface PgEnum<Values extends readonly string[]> {
  (name?: string): PgColumnBuilder<Values[number]>;
  /** Its name in Postgres. */
  readonly enumName: string;
  /** Its values. */
  readonly enumValues: Values;
  /** The schema that it belongs to. */
  readonly schema: string | undefined;
}

/** The name of an enum's type in Postgres. */
export function enumType(name: string, schema: string | undefined): string {
  return schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}

/** `pgEnum` of a schema. */
export function enumsOf(schema: string | undefined) {
  function pgEnum<const Values extends readonly [string, ...string[]]>(
    enumName: string,
    values: Values,
  ): PgEnum<Values>;
  function pgEnum<const Values extends Readonly<Record<string, string>>>(
    enumName: string,
    values: Values,
  ): PgEnum<readonly Values[keyof Values][]>;
  function pgEnum(
    enumName: string,
    values: readonly string[] | Readonly<Record<string, string>>,
  ): PgEnum<readonly string[]> {
    const enumValues: readonly string[] = Array.isArray(values) ? values : Object.values(values);
    const postgresType = enumType(enumName, schema);
    const kind = { ...textKind("PgEnumColumn", undefined, enumValues), postgresType };
    const column = (name = ""): PgColumnBuilder<string> => new PgColumnBuilder(name, kind);
    return Object.assign(column, { enumName, enumValues, schema });
  }
  return pgEnum;
}

/** Declares a closed set of strings. As in SQLite's `text`, the values are not checked. */
export const pgEnum = enumsOf(undefined);

/** Whether a value is an enum. */
export function isPgEnum(value: unknown): value is PgEnum<readonly string[]> {
  return typeof value === "function" && "enumName" in value && "enumValues" in value;
}
