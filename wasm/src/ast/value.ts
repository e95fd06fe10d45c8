/** A value as SQLite stores it. Booleans and dates have been through their column's encoder. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A stored value in a document: JSON has neither 64-bit integers nor bytes. */
export type JsonValue =
  | null
  | number
  | string
  | { readonly int: string }
  | { readonly real: string }
  | { readonly blob: string };

/** How a stored value becomes a value of JavaScript; the core's closed list. */
export type Codec =
  | "integer"
  | "bigint"
  | "boolean"
  | "timestamp"
  | "timestamp_ms"
  | "real"
  | "text"
  | "string"
  | "json"
  | "blob"
  | "blob_json"
  | "blob_bigint"
  | "numeric"
  | "numeric_number"
  | "numeric_bigint"
  | "custom"
  | "any";
