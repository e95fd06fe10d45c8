import type { SchemaDocument } from "../ast/schema-document.js";
import type { Shape } from "../ast/shape.js";
import type { Trace } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";
import { VirgaError, type ErrorFacts } from "../base/error.js";
import { Frame } from "../frame/frame.js";
import { ParameterWriter } from "../frame/parameters.js";
import type { WasmExports } from "./exports.js";
import { reviveTrace } from "./trace.js";

/** What the core made of a query document. */
export interface PreparedQuery {
  readonly query: number;
  readonly shape: Shape;
  readonly sql: readonly string[];
  readonly writes: boolean;
}

/** The wasm module with errors as exceptions and bytes as frames. Handles are numbers. */
export class Engine {
  readonly #wasm: WasmExports;
  readonly #parameters = new ParameterWriter();

  constructor(wasm: WasmExports) {
    this.#wasm = wasm;
  }

  open(location: string): number {
    return answer<{ db: number }>(this.#wasm.open(location)).db;
  }

  close(database: number): void {
    answer(this.#wasm.close(database));
  }

  exec(database: number, sql: string): void {
    answer(this.#wasm.exec(database, sql));
  }

  createSchema(document: SchemaDocument): number {
    return answer<{ schema: number }>(this.#wasm.createSchema(JSON.stringify(document))).schema;
  }

  releaseSchema(schema: number): void {
    this.#wasm.releaseSchema(schema);
  }

  /** Creates the tables that are missing; gives the statements that ran. */
  push(database: number, schema: number): readonly string[] {
    return answer<{ created: string[] }>(this.#wasm.push(database, schema)).created;
  }

  prepare(schema: number, document: string): PreparedQuery {
    return answer(this.#wasm.prepare(schema, document));
  }

  releaseQuery(query: number): void {
    this.#wasm.releaseQuery(query);
  }

  run(database: number, query: number, values: readonly SqlValue[]): Frame {
    const length = this.#write(values);
    return new Frame(this.#result(this.#wasm.run(database, query, length)));
  }

  explain(database: number, query: number, values: readonly SqlValue[]): Trace {
    const length = this.#write(values);
    return reviveTrace(answer(this.#wasm.explain(database, query, length)));
  }

  transaction(database: number, verb: string): void {
    answer(this.#wasm.transaction(database, verb));
  }

  serialize(database: number): Uint8Array {
    return this.#result(this.#wasm.serialize(database));
  }

  #write(values: readonly SqlValue[]): number {
    const block = this.#parameters.write(values);
    // The heap is read after reserve, which may have moved it.
    const pointer = this.#wasm.reserve(block.length);
    this.#wasm.HEAPU8.set(block, pointer);
    return block.length;
  }

  /** A copy of the core's result: the next call may overwrite it, and memory that grows moves it. */
  #result(pointer: number): Uint8Array {
    if (pointer === 0) throw new VirgaError(JSON.parse(this.#wasm.lastError()) as ErrorFacts);
    return this.#wasm.HEAPU8.slice(pointer, pointer + this.#wasm.frameLength());
  }
}

function answer<T>(json: string): T {
  const parsed = JSON.parse(json) as T & { error?: ErrorFacts };
  if (parsed.error) throw new VirgaError(parsed.error);
  return parsed;
}
