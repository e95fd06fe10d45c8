import { columnArguments, encodeJson } from "./encode.js";
import { PgColumnBuilder } from "./pg-builder.js";
import { textKind } from "./sqlite-columns.js";

// Points, lines and vectors, as JSON. SQLite stores them; it does not compute with them.

interface Shape<Tuple, Object> {
  readonly tuple: Tuple;
  readonly object: Object;
}

export interface ShapeConfig<Mode extends string> {
  readonly mode?: Mode;
}

/** A column of tuples, or in another mode of objects. */
function shapes<S extends Shape<unknown, unknown>, ObjectMode extends string>(
  tupleType: string,
  objectMode: ObjectMode,
  objectType: string,
) {
  type Mode = "tuple" | ObjectMode;
  type Data<M> = M extends ObjectMode ? S["object"] : S["tuple"];
  function column<const M extends Mode = "tuple">(
    config?: ShapeConfig<M>,
  ): PgColumnBuilder<Data<M>>;
  function column<const M extends Mode = "tuple">(
    name: string,
    config?: ShapeConfig<M>,
  ): PgColumnBuilder<Data<M>>;
  function column(
    first?: string | ShapeConfig<Mode>,
    second?: ShapeConfig<Mode>,
  ): PgColumnBuilder<unknown> {
    const [name, { mode }] = columnArguments<ShapeConfig<Mode>>(first, second);
    return jsonColumn(name, mode === objectMode ? objectType : tupleType);
  }
  return column;
}

function jsonColumn<Data>(name: string, columnType: string): PgColumnBuilder<Data> {
  return new PgColumnBuilder<Data>(name, {
    columnType,
    dataType: "json",
    sqlType: "text",
    codec: "json",
    encode: encodeJson,
  });
}

type Pair = [number, number];
export interface XY {
  x: number;
  y: number;
}

export const point = shapes<Shape<Pair, XY>, "xy">("PgPointTuple", "xy", "PgPointObject");
export const line = shapes<
  Shape<[number, number, number], { a: number; b: number; c: number }>,
  "abc"
>("PgLine", "abc", "PgLineABC");
export const geometry = shapes<Shape<Pair, XY>, "xy">("PgGeometry", "xy", "PgGeometryObject");

export interface VectorConfig {
  readonly dimensions: number;
}

const vectors = (columnType: string) =>
  function column(first: string | VectorConfig, second?: VectorConfig): PgColumnBuilder<number[]> {
    const [name] = columnArguments(first, second);
    return jsonColumn(name, columnType);
  };

export const vector = vectors("PgVector");
export const halfvec = vectors("PgHalfVector");

const bits = (columnType: string) =>
  function column(first: string | VectorConfig, second?: VectorConfig): PgColumnBuilder<string> {
    const [name] = columnArguments(first, second);
    return new PgColumnBuilder(name, textKind(columnType));
  };

export const bit = bits("PgBinaryVector");
export const sparsevec = bits("PgSparseVector");
