import type { Decode } from "../frame/codecs.js";
import { customFields, rowFactory, type CustomField, type RowFactory } from "../frame/rows.js";
import type { Client, Connection } from "../engine/client.js";
import type { Engine, PreparedQuery } from "../engine/engine.js";
import { VirgaError } from "../base/error.js";
import type { Catalog } from "./catalog.js";
import type { Lowered } from "./statement.js";

/** A query that can run: the core's handle and the maker of its rows. */
export interface CompiledQuery extends PreparedQuery {
  /** The compiler that keeps it; undefined when it is no longer kept, and cannot run. */
  keeper: Compiler | undefined;
  /** Whether it has run since the compiler last looked for one to let go. */
  used: boolean;
  /** Absent for writes that return nothing. */
  readonly rows: RowFactory | undefined;
  readonly custom: readonly CustomField[];
}

/** How many queries are kept prepared; one that was not used lately makes room. */
const cacheLimit = 500;

/** Compiles query documents against one catalog and keeps what it has compiled. */
export class Compiler {
  readonly #catalog: Catalog;
  readonly #counters: Client["compilations"];
  readonly #compiled = new Map<string, CompiledQuery>();
  readonly #createMissing: boolean;
  #engine: Engine | undefined;
  #schema: number | undefined;
  #schemaSize = 0;
  #createdSize = 0;

  /** @param createMissing whether tables are created when they are first used */
  constructor(client: Client, catalog: Catalog, createMissing: boolean) {
    this.#catalog = catalog;
    this.#counters = client.compilations;
    this.#createMissing = createMissing;
    client.onClose(() => this.#release());
  }

  /** The query of a document: the one kept with it, the one of an equal document, or a new one. */
  compile(connection: Connection, lowered: Lowered): CompiledQuery {
    const schema = this.schema(connection);
    const { compiled } = lowered;
    if (compiled?.keeper === this) {
      this.#counters.recalled += 1;
      compiled.used = true;
      return compiled;
    }
    const { document } = lowered;
    let query = this.#compiled.get(document);
    if (query) {
      this.#counters.recalled += 1;
    } else {
      this.#counters.compiled += 1;
      query = compile(this, connection.engine.prepare(connection.database, schema, document));
      if (this.#compiled.size >= cacheLimit) this.#evict(connection.engine);
      this.#compiled.set(document, query);
    }
    query.used = true;
    lowered.compiled = query;
    return query;
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
    if (query.custom.length === 0) return noDecoders;
    return query.custom.map(({ path, column }) => {
      const decode = byField.get(path);
      if (decode) return decode;
      if (column) return this.#catalog.decoder(...column);
      throw new VirgaError({ code: "internal", message: `Field "${path}" has no decoder.` });
    });
  }

  /** Lets the first query go that has not been used since the last look; used ones go to the end. */
  #evict(engine: Engine): void {
    for (const [document, query] of this.#compiled) {
      this.#compiled.delete(document);
      if (!query.used) {
        query.keeper = undefined;
        return engine.releaseQuery(query.query);
      }
      query.used = false;
      this.#compiled.set(document, query);
    }
  }

  #release(): void {
    const engine = this.#engine;
    if (!engine) return;
    for (const query of this.#compiled.values()) {
      query.keeper = undefined;
      engine.releaseQuery(query.query);
    }
    this.#compiled.clear();
    if (this.#schema !== undefined) engine.releaseSchema(this.#schema);
    this.#schema = undefined;
  }
}

const noDecoders: readonly Decode[] = [];

function compile(keeper: Compiler, prepared: PreparedQuery): CompiledQuery {
  const { shape } = prepared;
  const rows = shape.kind === "run" ? undefined : rowFactory(shape);
  const custom = shape.kind === "rows" ? customFields(shape) : [];
  return { ...prepared, keeper, used: true, rows, custom };
}
