import type {
  IntrospectedSchema,
  Migration,
  MigrationOptions,
  MigrationReport,
} from "../ast/migration.js";
import type { SchemaDocument } from "../ast/schema-document.js";
import type { Shape } from "../ast/shape.js";
import type { Trace } from "../ast/trace.js";
import type { SqlValue } from "../ast/value.js";
import { VirgaError, type ErrorFacts } from "../base/error.js";
import { Frame, Memory } from "../frame/frame.js";
import { parameterBytes, writeParameters } from "../frame/parameters.js";
import { transactionVerbs, type TransactionVerb, type WasmExports } from "./exports.js";
import { reviveTrace } from "./trace.js";

/** What the core made of a query document. */
export interface PreparedQuery {
  readonly query: number;
  readonly shape: Shape;
  readonly sql: readonly string[];
  readonly writes: boolean;
}

/** How often statements were prepared since a database was opened. */
export interface StatementCounters {
  /** Statements that were prepared because none with their text was at hand. */
  readonly prepared: number;
  /** Statements that were at hand. */
  readonly reused: number;
  /** Statements that SQLite prepared anew: the schema changed, or a value that their plan depends on. */
  readonly preparedAgain: number;
}

/** The wasm module with errors as exceptions and bytes as frames. Handles are numbers. */
export class Engine {
  readonly #wasm: WasmExports;
  #views: Memory;
  #block = 0;
  #reserved = 0;
  #rest = 0;

  constructor(wasm: WasmExports) {
    this.#wasm = wasm;
    this.#views = new Memory(wasm.HEAPU8.buffer);
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

  /** Compiles a query for the indexes that the database has. */
  prepare(database: number, schema: number, document: string): PreparedQuery {
    return answer(this.#wasm.prepare(database, schema, document));
  }

  releaseQuery(query: number): void {
    this.#wasm.releaseQuery(query);
  }

  /** The cursor that has what follows on the large result of the last run; 0 when that was all. */
  get rest(): number {
    return this.#rest;
  }

  /**
   * Runs a query. A large result comes in parts, of which this is the first: see `rest`. The frame lies
   * in the module's memory and is gone with the next call of any kind: it is read at once, without
   * running code that is not ours.
   */
  run(database: number, query: number, values: readonly SqlValue[]): Frame {
    const frame = this.#run(database, query, values);
    return new Frame(this.#memory(), frame);
  }

  /** As `run`, with a frame of its own memory. */
  runKept(database: number, query: number, values: readonly SqlValue[]): Frame {
    return this.#kept(this.#run(database, query, values));
  }

  #run(database: number, query: number, values: readonly SqlValue[]): number {
    const length = this.#write(values);
    const frame = this.#wasm._virga_run(database, query, length);
    if (frame === 0) throw this.#error();
    this.#rest = this.#wasm._virga_rest();
    // What follows is read with these parameters.
    if (this.#rest !== 0) this.#reserved = 0;
    return frame;
  }

  /** Opens a query to be read in chunks; gives the number of the cursor. */
  openCursor(database: number, query: number, values: readonly SqlValue[]): number {
    const cursor = this.#wasm._virga_open_cursor(database, query, this.#write(values));
    if (cursor === 0) throw this.#error();
    return cursor;
  }

  /** The next chunk of a cursor, undefined at the end; `kept` as `runKept` keeps it. */
  nextFrame(cursor: number, kept: boolean): Frame | undefined {
    const frame = this.#wasm._virga_next(cursor);
    if (frame === 0) {
      const facts = JSON.parse(this.#wasm.lastError()) as ErrorFacts | null;
      if (facts) throw new VirgaError(facts);
      return undefined;
    }
    return kept ? this.#kept(frame) : new Frame(this.#memory(), frame);
  }

  /** Closes a cursor that may have been closed with its database. */
  closeCursor(cursor: number): void {
    this.#wasm._virga_close_cursor(cursor);
  }

  explain(database: number, query: number, values: readonly SqlValue[]): Trace {
    const length = this.#write(values);
    return reviveTrace(answer(this.#wasm.explain(database, query, length)));
  }

  counters(database: number): StatementCounters {
    return answer(this.#wasm.counters(database));
  }

  introspect(database: number, options: MigrationOptions): IntrospectedSchema {
    return answer(this.#wasm.introspect(database, JSON.stringify(options)));
  }

  /** Plans, tries or does what makes the database what the schema says. */
  migration<Verb extends "plan" | "preview" | "migrate">(
    database: number,
    schema: number,
    verb: Verb,
    options: MigrationOptions,
  ): Verb extends "plan" ? Migration : MigrationReport {
    return answer(this.#wasm.migration(database, schema, verb, JSON.stringify(options)));
  }

  /** Begins or ends a transaction; gives how deep in transactions the connection is then. */
  transaction(database: number, verb: TransactionVerb): number {
    const depth = this.#wasm._virga_transaction(database, transactionVerbs[verb]) - 1;
    if (depth < 0) throw this.#error();
    return depth;
  }

  serialize(database: number): Uint8Array {
    return this.#taken(this.#wasm._virga_serialize(database));
  }

  /** Replaces a database by a copy of the bytes of an SQLite file. */
  deserialize(database: number, bytes: Uint8Array): void {
    const block = this.#wasm._virga_reserve(bytes.length);
    this.#wasm.HEAPU8.set(bytes, block);
    // The core gives the block up, which would keep as much memory as the largest file.
    this.#reserved = 0;
    if (this.#wasm._virga_deserialize(database, bytes.length) === 0) throw this.#error();
  }

  /** Writes the parameter block; gives its length. */
  #write(values: readonly SqlValue[]): number {
    const bytes = parameterBytes(values);
    if (bytes > this.#reserved) {
      this.#reserved = bytes * 2;
      this.#block = this.#wasm._virga_reserve(this.#reserved);
    }
    return writeParameters(this.#memory(), this.#block, values);
  }

  /** The module's memory as it is now: when it grows, it gets another buffer, and the old one is empty. */
  #memory(): Memory {
    if (this.#views.bytes.length === 0) this.#views = new Memory(this.#wasm.HEAPU8.buffer);
    return this.#views;
  }

  #kept(frame: number): Frame {
    return new Frame(new Memory(this.#taken(frame).buffer), 0);
  }

  /** A copy of the bytes that the core gave. */
  #taken(pointer: number): Uint8Array<ArrayBuffer> {
    if (pointer === 0) throw this.#error();
    return this.#wasm.HEAPU8.slice(pointer, pointer + this.#wasm._virga_length());
  }

  #error(): VirgaError {
    return new VirgaError(JSON.parse(this.#wasm.lastError()) as ErrorFacts);
  }
}

function answer<T>(json: string): T {
  const parsed = JSON.parse(json) as T & { error?: ErrorFacts };
  if (parsed.error) throw new VirgaError(parsed.error);
  return parsed;
}
