import type { ColumnKind } from "../schema/kind.js";

/** What a value of a column has to be; null is not part of it. */
export type Rule =
  | { readonly type: "number"; readonly integer: boolean; readonly range?: Range<number> }
  | { readonly type: "bigint"; readonly range?: Range<bigint> }
  | { readonly type: "string"; readonly max?: number; readonly pattern?: RegExp }
  | { readonly type: "enum"; readonly values: readonly string[] }
  | { readonly type: "boolean" | "date" | "any" }
  /** Any value that the check accepts. */
  | { readonly type: "check"; readonly check: (value: unknown) => boolean; readonly name: string }
  | { readonly type: "array"; readonly of: Rule; readonly length: number | undefined }
  | { readonly type: "tuple"; readonly length: number }
  | { readonly type: "object"; readonly numbers: readonly string[] };

type Range<T> = readonly [min: T, max: T];

const safe: Range<number> = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
const bits = (count: number): Range<number> => [-(2 ** (count - 1)), 2 ** (count - 1) - 1];
const bits64: Range<bigint> = [-(2n ** 63n), 2n ** 63n - 1n];
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const numberRule: Rule = { type: "number", integer: false };

/** What JSON can say, beside null, which is the null of SQL. */
const json: Rule = {
  type: "check",
  name: "JSON",
  check: (value) =>
    typeof value === "number"
      ? Number.isFinite(value)
      : ["string", "boolean"].includes(typeof value) ||
        (typeof value === "object" && value !== null),
};
const bytes: Rule = {
  type: "check",
  name: "bytes",
  check: (value) => value instanceof Uint8Array,
};

/** Kinds whose values their data type does not tell. */
const special: Readonly<Record<string, (kind: ColumnKind) => Rule>> = {
  PgSmallInt: () => ({ type: "number", integer: true, range: bits(16) }),
  PgSmallSerial: () => ({ type: "number", integer: true, range: bits(16) }),
  PgInteger: () => ({ type: "number", integer: true, range: bits(32) }),
  PgSerial: () => ({ type: "number", integer: true, range: bits(32) }),
  PgUUID: () => ({ type: "string", pattern: uuid }),
  PgBigIntString: () => ({ type: "string", pattern: /^-?\d+$/ }),
  PgBigSerialString: () => ({ type: "string", pattern: /^-?\d+$/ }),
  PgBinaryVector: ({ dimensions }) => ({
    type: "string",
    pattern: dimensions === undefined ? /^[01]*$/ : new RegExp(`^[01]{${dimensions}}$`),
  }),
  PgVector: ({ dimensions }) => ({ type: "array", of: numberRule, length: dimensions }),
  PgHalfVector: ({ dimensions }) => ({ type: "array", of: numberRule, length: dimensions }),
  PgPointTuple: () => ({ type: "tuple", length: 2 }),
  PgGeometry: () => ({ type: "tuple", length: 2 }),
  PgLine: () => ({ type: "tuple", length: 3 }),
  PgPointObject: () => ({ type: "object", numbers: ["x", "y"] }),
  PgGeometryObject: () => ({ type: "object", numbers: ["x", "y"] }),
  PgLineABC: () => ({ type: "object", numbers: ["a", "b", "c"] }),
  // A blob holds a bigint as text, of any size.
  SQLiteBigInt: () => ({ type: "bigint" }),
};

/** What the values of a kind of column have to be. */
export function ruleOf(kind: ColumnKind): Rule {
  const { columnType, dataType, enumValues, length, array, codec } = kind;
  if (enumValues?.length) return { type: "enum", values: enumValues };
  const rule = special[columnType]?.(kind);
  if (rule) return rule;
  switch (dataType) {
    case "number":
      return codec === "integer" ? { type: "number", integer: true, range: safe } : numberRule;
    case "bigint":
      return { type: "bigint", range: bits64 };
    case "string":
      return { type: "string", ...(length !== undefined && { max: length }) };
    case "json":
      return json;
    case "buffer":
      return bytes;
    case "array":
      return { type: "array", of: ruleOf(array!.of), length: array!.size };
    case "boolean":
    case "date":
      return { type: dataType };
    case "custom":
      return { type: "any" };
  }
}
