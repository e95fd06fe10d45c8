import type { Decode } from "../frame/codecs.js";
import { customFields, rowFactory, type CustomField, type RowFactory } from "../frame/rows.js";
import type { Client, Connection } from "../engine/client.js";
import type { Engine, PreparedQuery } from "../engine/engine.js";
import { VirgaError } from "../base/error.js";
import type { Catalog } from "./catalog.js";

/** A query that can run: the core's handle and the maker of its rows. */
export interface CompiledQuery extends PreparedQuery {
  /** Absent for writes that return nothing. */
  readonly rows: RowFactory | undefined;
  readonly custom: readonly CustomField[];
}

/** How many queries are kept prepared; the one not used for longest makes room. */
const cacheLimit = 500;

/** Compiles query documents against one catalog and keeps what it has compiled. */
export class Compiler {
  readonly #catalog: Catalog;
  readonly #compiled = new Map<string, CompiledQuery>();
  readonly #createMissing: boolean;
  #engine: Engine | undefined;
  #schema: number | undefined;
  #schemaSize = 0;
  #createdSize = 0;

  /** @param createMissing whether tables are created when they are first used */
  constructor(client: Client, catalog: Catalog, createMissing: boolean) {
    this.#catalog = catalog;
    this.#createMissing = createMissing;
    client.onClose(() => this.#release());
  }

  /** @param key the text of the query's document */
  compile(connection: Connection, key: string): CompiledQuery {
    const schema = this.schema(connection);
    const known = this.#compiled.get(key);
    // Inserted again, an entry is the youngest: a Map keeps the order of insertion.
    if (known) this.#compiled.delete(key);
    const compiled = known ?? compile(connection.engine.prepare(schema, key));
    this.#compiled.set(key, compiled);
    if (this.#compiled.size > cacheLimit) this.#evict(connection.engine);
    return compiled;
  }

  /** The core's schema for the catalog as it is now. Queries keep the schema they were made with. */
  schema(connection: Connection): number {
    const { engine, database } = connection;
    const { size } = this.#catalog;
    if (this.#schema === undefined || this.#schemaSize !== size) {
      const schema = engine.createSchema(this.#catalog.document());
      if (this.#schema !== undefined) engine.releaseSchema(this.#schema);
      this.#engine = engine;
      this.#schema = schema;
      this.#schemaSize = size;
    }
    if (this.#createMissing && this.#createdSize !== size) {
      engine.push(database, this.#schema);
      this.#createdSize = size;
    }
    return this.#schema;
  }

  /** After a rollback: tables that were created meanwhile are gone again. */
  rolledBack(): void {
    this.#createdSize = 0;
  }

  /** The decoders that a query's own fields need, in the order of its shape. */
  decoders(query: CompiledQuery, byField: ReadonlyMap<string, Decode>): readonly Decode[] {
    return query.custom.map(({ path, column }) => {
      const decode = byField.get(path);
      if (decode) return decode;
      if (column) return this.#catalog.decoder(...column);
      throw new VirgaError({ code: "internal", message: `Field "${path}" has no decoder.` });
    });
  }

  #evict(engine: Engine): void {
    const [oldest] = this.#compiled;
    if (!oldest) return;
    this.#compiled.delete(oldest[0]);
    engine.releaseQuery(oldest[1].query);
  }

  #release(): void {
    const engine = this.#engine;
    if (!engine) return;
    for (const { query } of this.#compiled.values()) engine.releaseQuery(query);
    this.#compiled.clear();
    if (this.#schema !== undefined) engine.releaseSchema(this.#schema);
    this.#schema = undefined;
  }
}

function compile(prepared: PreparedQuery): CompiledQuery {
  const { shape } = prepared;
  if (shape.kind === "run") return { ...prepared, rows: undefined, custom: [] };
  const custom = shape.kind === "raw" ? [] : customFields(shape);
  return { ...prepared, rows: rowFactory(shape), custom };
}
