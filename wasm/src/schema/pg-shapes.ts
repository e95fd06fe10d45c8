import type { OfKind } from "./column-builder.js";
import { columnArguments, encodeJson } from "./encode.js";
import { PgColumnBuilder } from "./pg-builder.js";
import { textKind } from "./sqlite-columns.js";

// Points, lines and vectors, as JSON. SQLite stores them; it does not compute with them.

interface Shape<Kind extends string, Tuple, Object> {
  readonly kind: Kind;
  readonly tuple: Tuple;
  readonly object: Object;
}

/** How a shape is read. */
export interface ShapeConfig<Mode extends string> {
  /** The type in programs: a tuple of numbers, or an object. */
  readonly mode?: Mode;
}

/** What PostGIS is told of a geometry; SQLite keeps points as they are. */
export interface GeometryOptions {
  /** The kind of the geometry; the types know points. */
  readonly type?: "point" | (string & {});
  /** The number of its spatial reference system. */
  readonly srid?: number;
}

/** A column of tuples, or in another mode of objects. */
function shapes<
  S extends Shape<string, unknown, unknown>,
  ObjectMode extends string,
  More extends object = {},
>(tupleType: S["kind"], objectMode: ObjectMode, objectType: string) {
  type Mode = "tuple" | ObjectMode;
  type Builder<M> = M extends ObjectMode
    ? PgColumnBuilder<S["object"]>
    : OfKind<PgColumnBuilder<S["tuple"]>, S["kind"]>;
  function column<const M extends Mode = "tuple">(config?: ShapeConfig<M> & More): Builder<M>;
  function column<const M extends Mode = "tuple">(
    name: string,
    config?: ShapeConfig<M> & More,
  ): Builder<M>;
  function column(
    first?: string | ShapeConfig<Mode>,
    second?: ShapeConfig<Mode>,
  ): PgColumnBuilder<unknown> {
    const [name, { mode }] = columnArguments<ShapeConfig<Mode>>(first, second);
    return jsonColumn(name, mode === objectMode ? objectType : tupleType);
  }
  return column;
}

function jsonColumn<Data>(
  name: string,
  columnType: string,
  { dimensions }: Partial<VectorConfig> = {},
): PgColumnBuilder<Data> {
  return new PgColumnBuilder<Data>(name, {
    columnType,
    dataType: "json",
    sqlType: "text",
    codec: "json",
    encode: encodeJson,
    ...(dimensions !== undefined && { dimensions }),
  });
}

type Pair = [number, number];
/** A point in the plane. */
export interface XY {
  /** Its first coordinate. */
  x: number;
  /** Its second coordinate. */
  y: number;
}

/** A point: `[x, y]`, or in the mode `xy` an object. */
export const point = shapes<Shape<"PgPointTuple", Pair, XY>, "xy">(
  "PgPointTuple",
  "xy",
  "PgPointObject",
);
/** A line `ax + by + c = 0`: `[a, b, c]`, or in the mode `abc` an object. */
export const line = shapes<
  Shape<"PgLine", [number, number, number], { a: number; b: number; c: number }>,
  "abc"
>("PgLine", "abc", "PgLineABC");
/** A point of PostGIS: `[x, y]`, or in the mode `xy` an object. */
export const geometry = shapes<Shape<"PgGeometry", Pair, XY>, "xy", GeometryOptions>(
  "PgGeometry",
  "xy",
  "PgGeometryObject",
);

/** What Postgres would check of a vector. */
export interface VectorConfig {
  /** How many numbers it has; SQLite does not check it. */
  readonly dimensions: number;
}

const vectors = (columnType: string) =>
  function column(first: string | VectorConfig, second?: VectorConfig): PgColumnBuilder<number[]> {
    const [name, config] = columnArguments<Partial<VectorConfig>>(first, second);
    return jsonColumn(name, columnType, config);
  };

/** A list of numbers. */
export const vector = vectors("PgVector");
/** A list of numbers; they keep their 64 bits. */
export const halfvec = vectors("PgHalfVector");

const bits = (columnType: string) =>
  function column(first: string | VectorConfig, second?: VectorConfig): PgColumnBuilder<string> {
    const [name, config] = columnArguments<Partial<VectorConfig>>(first, second);
    return new PgColumnBuilder(name, { ...textKind(columnType), ...config });
  };

/** Bits, as a text of 0 and 1. */
export const bit = bits("PgBinaryVector");
/** A sparse vector, as text. */
export const sparsevec = bits("PgSparseVector");
