import type { Column } from "../schema/column.js";
import type { ColumnKind } from "../schema/kind.js";

/** The types of Postgres by the kinds of columns that have no parameters. */
const types: Readonly<Record<string, string>> = {
  PgSerial: "SERIAL",
  PgSmallSerial: "SMALLSERIAL",
  PgBigSerial53: "BIGSERIAL",
  PgBigSerial64: "BIGSERIAL",
  PgBigSerialString: "BIGSERIAL",
  PgSmallInt: "SMALLINT",
  PgBigInt53: "BIGINT",
  PgBigInt64: "BIGINT",
  PgBigIntString: "BIGINT",
  PgBoolean: "BOOLEAN",
  PgDoublePrecision: "DOUBLE PRECISION",
  PgDate: "DATE",
  PgDateString: "DATE",
  PgUUID: "UUID",
  PgJson: "JSON",
  PgJsonb: "JSONB",
  PgCidr: "CIDR",
  PgInet: "INET",
  PgMacaddr: "MACADDR",
  PgMacaddr8: "MACADDR8",
  PgBytea: "BYTEA",
  PgPointTuple: "POINT",
  PgPointObject: "POINT",
  PgLine: "LINE",
  PgLineABC: "LINE",
  PgGeometry: "GEOMETRY(POINT)",
  PgGeometryObject: "GEOMETRY(POINT)",
};

const withDimensions: Readonly<Record<string, string>> = {
  PgVector: "VECTOR",
  PgHalfVector: "HALFVEC",
  PgSparseVector: "SPARSEVEC",
  PgBinaryVector: "BIT",
};

/**
 * The type of a column in Postgres (https://www.postgresql.org/docs/current/datatype.html). Columns of
 * `sqlite-core` and custom types keep the type that they are declared with.
 */
export function postgresType(column: Column): string {
  return typeOf(column.config.kind);
}

function typeOf(kind: ColumnKind): string {
  if (kind.array) return `${typeOf(kind.array.of)}[${kind.array.size ?? ""}]`;
  const vector = withDimensions[kind.columnType];
  if (vector) return kind.dimensions === undefined ? vector : `${vector}(${kind.dimensions})`;
  if (kind.columnType === "PgCustomColumn") return kind.sqlType;
  return kind.postgresType ?? types[kind.columnType] ?? kind.sqlType.toUpperCase();
}
