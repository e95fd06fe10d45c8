/**
 * Schemas of zod from tables and views, for rows as they are read, inserted and changed.
 *
 * @module virga/zod
 */
import * as z from "zod/v4";
import type { Source, Table } from "./schema/table.js";
import type { Rule } from "./validators/rules.js";
import { members, type AnyRefinements, type Library } from "./validators/schemas.js";
import type {
  ColumnsOf,
  DataIn,
  IsNullable,
  IsOptional,
  KeysOf,
  OnlyOf,
  Whole,
} from "./validators/types.js";

/** The schema of a value: with the methods of its class, if its type is all that this class has. */
type ValueSchema<Data> =
  Whole<Data, string> extends true
    ? z.ZodString
    : Whole<Data, number> extends true
      ? z.ZodNumber
      : Whole<Data, boolean> extends true
        ? z.ZodBoolean
        : Whole<Data, bigint> extends true
          ? z.ZodBigInt
          : Whole<Data, Date> extends true
            ? z.ZodDate
            : z.ZodType<Data, Data>;

type OrNull<C, S extends z.ZodType> = IsNullable<C> extends true ? z.ZodNullable<S> : S;
type OrAbsent<C, Mode, S extends z.ZodType> =
  IsOptional<C, Mode> extends true ? z.ZodOptional<S> : S;

type Refined<C, Refinement> = Refinement extends (schema: never) => z.ZodType
  ? ReturnType<Refinement>
  : ValueSchema<DataIn<C>>;

type MemberSchema<C, Mode, Refinement> = Refinement extends z.ZodType
  ? Refinement
  : OrAbsent<C, Mode, OrNull<C, Refined<C, Refinement>>>;

type Members<Columns, Mode, Refinements> = {
  -readonly [K in KeysOf<Columns, Mode> & keyof Columns]: MemberSchema<
    Columns[K],
    Mode,
    K extends keyof Refinements ? Refinements[K] : undefined
  >;
};

/** Schemas in the place of those of columns, or functions from these to others. */
export type Refinements<Columns, Mode = "select"> = {
  readonly [K in KeysOf<Columns, Mode> & keyof Columns]?:
    z.ZodType | ((schema: ValueSchema<DataIn<Columns[K]>>) => z.ZodType);
};

/** The schema of a table or view. */
export type TableSchema<T extends Source, Mode, R = {}> = z.ZodObject<
  Members<ColumnsOf<T>, Mode, R>
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
  return schemaOf("select", source, refinements) as TableSchema<T, "select", R>;
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
  return schemaOf("insert", table, refinements) as TableSchema<T, "insert", R>;
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
  return schemaOf("update", table, refinements) as TableSchema<T, "update", R>;
}

function schemaOf(
  mode: "select" | "insert" | "update",
  source: Source,
  refinements: AnyRefinements | undefined,
): z.ZodType {
  return z.object(members(library, mode, source, refinements));
}

const library: Library<z.ZodType> = {
  of: ofRule,
  nullable: (schema) => z.nullable(schema),
  optional: (schema) => z.optional(schema),
  object: (shape) => z.object(shape),
};

function ofRule(rule: Rule): z.ZodType {
  switch (rule.type) {
    case "number": {
      const schema = rule.integer ? z.int() : z.number();
      return rule.range ? schema.min(rule.range[0]).max(rule.range[1]) : schema;
    }
    case "bigint":
      return rule.range ? z.bigint().min(rule.range[0]).max(rule.range[1]) : z.bigint();
    case "string": {
      const schema = rule.max === undefined ? z.string() : z.string().max(rule.max);
      return rule.pattern ? schema.regex(rule.pattern) : schema;
    }
    case "enum":
      return z.enum(rule.values as [string, ...string[]]);
    case "boolean":
      return z.boolean();
    case "date":
      return z.date();
    case "any":
      return z.any();
    case "check":
      return z.custom(rule.check, `Invalid input: expected ${rule.name}`);
    case "array": {
      const schema = z.array(ofRule(rule.of));
      return rule.length === undefined ? schema : schema.length(rule.length);
    }
    case "tuple":
      return z.tuple(Array.from({ length: rule.length }, () => z.number()) as [z.ZodNumber]);
    case "object":
      return z.object(Object.fromEntries(rule.numbers.map((key) => [key, z.number()])));
  }
}
