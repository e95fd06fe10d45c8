/**
 * The exports of the wasm module; wasm/bindings.cpp says what they do. Strings are JSON. Those with
 * an underscore are plain functions of numbers.
 */
export interface WasmExports {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  open(location: string): string;
  close(database: number): string;
  exec(database: number, sql: string): string;
  createSchema(document: string): string;
  releaseSchema(schema: number): void;
  push(database: number, schema: number): string;
  prepare(database: number, schema: number, document: string): string;
  releaseQuery(query: number): void;
  lastError(): string;
  explain(database: number, query: number, bytes: number): string;
  counters(database: number): string;
  introspect(database: number, options: string): string;
  migration(database: number, schema: number, verb: string, options: string): string;
  _virga_reserve(bytes: number): number;
  _virga_run(database: number, query: number, bytes: number): number;
  _virga_rest(): number;
  _virga_open_cursor(database: number, query: number, bytes: number): number;
  _virga_next(cursor: number): number;
  _virga_close_cursor(cursor: number): void;
  _virga_length(): number;
  _virga_transaction(database: number, verb: number): number;
  _virga_serialize(database: number): number;
  _virga_deserialize(database: number, bytes: number): number;
}

/** What begins or ends a transaction, as the wasm module numbers it. */
export const transactionVerbs = {
  begin: 0,
  "begin immediate": 1,
  "begin exclusive": 2,
  commit: 3,
  rollback: 4,
} as const;

export type TransactionVerb = keyof typeof transactionVerbs;

/** How a transaction begins: when SQLite takes its lock. */
export type TransactionBehavior = "deferred" | "immediate" | "exclusive";
