import { VirgaError } from "../base/error.js";
import { is } from "../base/entity.js";
import { candidatesHint } from "../base/nearest.js";
import { Column } from "../schema/column.js";
import { TableColumns, TableName, type Source } from "../schema/table.js";
import { ruleOf, type Rule } from "./rules.js";

/** What is done with the rows: read, inserted, or changed in some of their columns. */
export type Mode = "select" | "insert" | "update";

/** How a library makes its schemas. */
export interface Library<Schema> {
  /** A schema of what a rule says. */
  of(rule: Rule): Schema;
  nullable(schema: Schema): Schema;
  optional(schema: Schema): Schema;
  object(members: Readonly<Record<string, Schema>>): Schema;
}

/** Schemas by key that take the place of those of columns, or functions that are given these. */
export type AnyRefinements = Readonly<Record<string, unknown>>;

/** The members of a table's or view's schema. */
export function members<Schema>(
  library: Library<Schema>,
  mode: Mode,
  source: Source,
  refinements: AnyRefinements = {},
): Record<string, Schema> {
  requireColumns(source, refinements);
  return schemasOf(library, mode, source[TableColumns], refinements);
}

function schemasOf<Schema>(
  library: Library<Schema>,
  mode: Mode,
  columns: object,
  refinements: AnyRefinements,
): Record<string, Schema> {
  const entries = Object.entries(columns)
    .filter(([, column]: [string, object]) => mode === "select" || !isComputed(column))
    .map(([key, column]: [string, object]) => {
      const refine = refinements[key];
      if (refine !== undefined && typeof refine !== "function") return [key, refine as Schema];
      // A view may have columns in objects.
      const plain = is(column, Column)
        ? library.of(ruleOf(column.config.kind))
        : library.object(schemasOf(library, mode, column, {}));
      const refined = refine ? (refine as (schema: Schema) => Schema)(plain) : plain;
      return [key, is(column, Column) ? withAbsence(library, mode, column, refined) : refined];
    });
  return Object.fromEntries(entries) as Record<string, Schema>;
}

const isComputed = (column: object): boolean =>
  is(column, Column) &&
  (column.generated !== undefined || column.generatedIdentity?.type === "always");

function withAbsence<Schema>(
  library: Library<Schema>,
  mode: Mode,
  { notNull, hasDefault }: Column,
  schema: Schema,
): Schema {
  const nullable = notNull ? schema : library.nullable(schema);
  const optional = mode === "update" || (mode === "insert" && (!notNull || hasDefault));
  return optional ? library.optional(nullable) : nullable;
}

function requireColumns(source: Source, refinements: AnyRefinements): void {
  const keys = Object.keys(source[TableColumns]);
  const unknown = Object.keys(refinements).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  throw new VirgaError({
    code: "unknown_column",
    message: `"${source[TableName]}" has no column "${unknown}" to refine.`,
    hint: candidatesHint(unknown, keys),
  });
}
