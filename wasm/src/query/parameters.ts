import { is } from "../base/entity.js";
import type { ColumnLike, Encoder, Parameter, ParameterSlot } from "../ast/tree.js";
import { isSQLWrapper } from "../ast/tree.js";
import type { JsonValue, SqlValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";
import { Placeholder } from "../expr/chunks.js";
import { hex } from "../schema/inline.js";
import { getTableName, isSource } from "../schema/table.js";

/** Encodes a value; the error of a value that does not fit says which column it was for. */
export function encode(encoder: Encoder, value: unknown): unknown {
  try {
    return value === null ? null : encoder.mapToDriverValue(value);
  } catch (error) {
    const path = pathOf(encoder);
    if (!is(error, VirgaError) || error.path !== undefined || !path) throw error;
    throw new VirgaError({ code: error.code, message: error.message, path }, error);
  }
}

/** A value as SQLite stores it; what would have to be guessed is refused. */
export function sqlValue(value: unknown, encoder: Encoder | undefined): SqlValue {
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    default:
      if (value === null || value instanceof Uint8Array) return value;
      if (value instanceof ArrayBuffer) return new Uint8Array(value);
      throw new VirgaError({
        code: "invalid_value",
        message: `A value in a query is null, a number, bigint, string, boolean or bytes, not ${describe(value)}.`,
        ...(encoder && { path: pathOf(encoder) ?? "" }),
        hint: "Compared with a column, a value is encoded as the column stores it.",
      });
  }
}

/** A value as it is written into a document. */
export function literal(value: SqlValue): JsonValue {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "bigint") return { int: String(value) };
  if (typeof value !== "number") return { blob: hex(value) };
  if (Number.isNaN(value)) return null;
  if (Number.isFinite(value)) return Object.is(value, -0) ? { real: "-0" } : value;
  return { real: value > 0 ? "inf" : "-inf" };
}

/** The parameters with every placeholder replaced by its value. */
export function fillPlaceholders(
  parameters: readonly Parameter[],
  values: Readonly<Record<string, unknown>> = {},
): SqlValue[] {
  return parameters.map((parameter) =>
    isSlot(parameter) ? slotValue(parameter, values) : parameter,
  );
}

/** The parameters as they are shown: a placeholder stands for the value that is still to be given. */
export function shownParameters(parameters: readonly Parameter[]): (SqlValue | Placeholder)[] {
  return parameters.map((parameter) =>
    isSlot(parameter) ? new Placeholder(parameter.name) : parameter,
  );
}

/** Whether a parameter is the place of a value that is still to be given. */
export const isSlot = (parameter: Parameter): parameter is ParameterSlot =>
  typeof parameter === "object" && parameter !== null && "name" in parameter;

function slotValue(
  { name, encoder, takesStored }: ParameterSlot,
  values: Readonly<Record<string, unknown>>,
): SqlValue {
  if (!Object.hasOwn(values, name)) {
    throw new VirgaError({
      code: "missing_parameter",
      message: `No value for placeholder "${name}" was provided`,
    });
  }
  const value = values[name];
  const stored = encoder && !(takesStored && isStored(value)) ? encode(encoder, value) : value;
  if (!isSQLWrapper(stored)) return sqlValue(stored, encoder);
  throw new VirgaError({
    code: "invalid_value",
    message: `The value of placeholder "${name}" is encoded as SQL, which a query that is prepared already cannot take.`,
  });
}

/** Whether a value looks as columns store theirs: Drizzle compares columns with these. */
const isStored = (value: unknown): boolean =>
  typeof value === "number" || typeof value === "string" || value instanceof Uint8Array;

/** "table.column", when the encoder is a column. */
function pathOf(encoder: Encoder): string | undefined {
  const { table, key } = encoder as Partial<ColumnLike>;
  return isSource(table) ? `${getTableName(table)}.${key}` : undefined;
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  return (value as { constructor?: { name?: string } }).constructor?.name ?? "object";
}
