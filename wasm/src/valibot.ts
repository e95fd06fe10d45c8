/**
 * Schemas of valibot from tables and views, for rows as they are read, inserted and changed.
 *
 * @module virga/valibot
 */
import * as v from "valibot";
import type { Simplify, Source, Table } from "./schema/table.js";
import type { Rule } from "./validators/rules.js";
import { members, type AnyRefinements, type Library } from "./validators/schemas.js";
import type {
  ColumnsOf,
  DataIn,
  IsNullable,
  IsOptional,
  KeysOf,
  OnlyOf,
} from "./validators/types.js";

type OrNull<C, S extends v.GenericSchema> =
  IsNullable<C> extends true ? v.NullableSchema<S, undefined> : S;
type OrAbsent<C, Mode, S extends v.GenericSchema> =
  IsOptional<C, Mode> extends true ? v.OptionalSchema<S, undefined> : S;

type Refined<C, Refinement> = Refinement extends (schema: never) => v.GenericSchema
  ? ReturnType<Refinement>
  : v.GenericSchema<DataIn<C>>;

type MemberSchema<C, Mode, Refinement> = Refinement extends v.GenericSchema
  ? Refinement
  : OrAbsent<C, Mode, OrNull<C, Refined<C, Refinement>>>;

type Members<Columns, Mode, Refinements> = {
  -readonly [K in KeysOf<Columns, Mode> & keyof Columns & string]: MemberSchema<
    Columns[K],
    Mode,
    K extends keyof Refinements ? Refinements[K] : undefined
  >;
};

/** Schemas in the place of those of columns, or functions from these to others. */
export type Refinements<Columns, Mode = "select"> = {
  readonly [K in KeysOf<Columns, Mode> & keyof Columns]?:
    v.GenericSchema | ((schema: v.GenericSchema<DataIn<Columns[K]>>) => v.GenericSchema);
};

/** The schema of a table or view. */
export type TableSchema<T extends Source, Mode, R = {}> = v.ObjectSchema<
  Simplify<Members<ColumnsOf<T>, Mode, R>>,
  undefined
>;

/**
 * A schema of the rows of a table or view.
 * @param refinements by key: a schema in the place of the column's, which then also says whether it
 *   may be null, or a function that is given the column's schema before null is added
 * @throws VirgaError `unknown_column` when a refinement is of no column
 */
export function createSelectSchema<
  T extends Source,
  const R extends Refinements<ColumnsOf<T>> = {},
>(source: T, refinements?: OnlyOf<R, keyof ColumnsOf<T>>): TableSchema<T, "select", R> {
  return schemaOf("select", source, refinements) as unknown as TableSchema<T, "select", R>;
}

/**
 * A schema of what an insert takes: columns that may be null or have a default are optional, those
 * that the database computes are left out.
 * @param refinements as for `createSelectSchema`
 * @throws VirgaError `unknown_column` when a refinement is of no column
 */
export function createInsertSchema<
  T extends Table,
  const R extends Refinements<ColumnsOf<T>, "insert"> = {},
>(table: T, refinements?: OnlyOf<R, KeysOf<ColumnsOf<T>, "insert">>): TableSchema<T, "insert", R> {
  return schemaOf("insert", table, refinements) as unknown as TableSchema<T, "insert", R>;
}

/**
 * A schema of what an update sets: every column is optional.
 * @param refinements as for `createSelectSchema`
 * @throws VirgaError `unknown_column` when a refinement is of no column
 */
export function createUpdateSchema<
  T extends Table,
  const R extends Refinements<ColumnsOf<T>, "update"> = {},
>(table: T, refinements?: OnlyOf<R, KeysOf<ColumnsOf<T>, "update">>): TableSchema<T, "update", R> {
  return schemaOf("update", table, refinements) as unknown as TableSchema<T, "update", R>;
}

function schemaOf(
  mode: "select" | "insert" | "update",
  source: Source,
  refinements: AnyRefinements | undefined,
): v.GenericSchema {
  return v.object(members(library, mode, source, refinements));
}

const library: Library<v.GenericSchema> = {
  of: ofRule,
  nullable: (schema) => v.nullable(schema),
  optional: (schema) => v.optional(schema),
  object: (entries) => v.object(entries),
};

function ofRule(rule: Rule): v.GenericSchema<any> {
  switch (rule.type) {
    case "number": {
      const schema = v.pipe(v.number(), rule.integer ? v.safeInteger() : v.finite());
      if (!rule.range) return schema;
      return v.pipe(schema, v.minValue(rule.range[0]), v.maxValue(rule.range[1]));
    }
    case "bigint":
      if (!rule.range) return v.bigint();
      return v.pipe(v.bigint(), v.minValue(rule.range[0]), v.maxValue(rule.range[1]));
    case "string": {
      const schema = rule.pattern ? v.pipe(v.string(), v.regex(rule.pattern)) : v.string();
      return rule.max === undefined ? schema : v.pipe(schema, v.maxLength(rule.max));
    }
    case "enum":
      return v.picklist(rule.values);
    case "boolean":
      return v.boolean();
    case "date":
      return v.date();
    case "any":
      return v.any();
    case "check":
      return v.custom(rule.check, `Invalid type: Expected ${rule.name}`);
    case "array": {
      const schema = v.array(ofRule(rule.of));
      return rule.length === undefined ? schema : v.pipe(schema, v.length(rule.length));
    }
    case "tuple":
      return v.strictTuple(Array.from({ length: rule.length }, () => v.number()));
    case "object":
      return v.object(Object.fromEntries(rule.numbers.map((key) => [key, v.number()])));
  }
}
