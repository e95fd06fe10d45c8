/** The exports of the wasm module; wasm/bindings.cpp says what they do. Strings are JSON. */
export interface WasmExports {
  readonly HEAPU8: Uint8Array;
  open(location: string): string;
  close(database: number): string;
  exec(database: number, sql: string): string;
  createSchema(document: string): string;
  releaseSchema(schema: number): void;
  push(database: number, schema: number): string;
  prepare(schema: number, document: string): string;
  releaseQuery(query: number): void;
  reserve(bytes: number): number;
  run(database: number, query: number, bytes: number): number;
  frameLength(): number;
  lastError(): string;
  explain(database: number, query: number, bytes: number): string;
  transaction(database: number, verb: string): string;
  serialize(database: number): number;
}

/** How a transaction begins: when SQLite takes its lock. */
export type TransactionBehavior = "deferred" | "immediate" | "exclusive";
