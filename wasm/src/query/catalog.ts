import type {
  RelationDocument,
  SchemaDocument,
  TableDocument,
  ViewDocument,
} from "../ast/schema-document.js";
import type { Decode } from "../frame/codecs.js";
import { is } from "../base/entity.js";
import { casings, type CasingName } from "../schema/casing.js";
import type { Column } from "../schema/column.js";
import { getTableConfig } from "../schema/config.js";
import { SchemaDocuments } from "../schema/document.js";
import { Relations } from "../schema/relations.js";
import { IsAlias, ViewQuery } from "../schema/symbols.js";
import { getTableName, isSource, isTable, type Source } from "../schema/table.js";
import { columnsOf, isView, type View } from "../schema/view.js";
import type { AnyRelations, ResolvedRelation } from "./relational/relation.js";
import { inferRelations, type Inferred } from "./relational/infer.js";
import { viewDocument } from "./view-document.js";

/** What a catalog knows beside the tables and relations of a schema. */
export interface CatalogOptions {
  /** What `defineRelations` gave. Its tables come first, and the schema's `relations()` are left. */
  readonly relations?: AnyRelations | undefined;
  /** Makes the names of columns that have none of their own. */
  readonly casing?: CasingName | undefined;
}

/** The tables and relations that queries may name. It grows by tables that `schema` did not have. */
export class Catalog {
  readonly #keys = new Map<Source, string>();
  readonly #sources = new Map<string, Source>();
  /** Views in the order in which they can be created. */
  readonly #views = new Map<View, ViewDocument>();
  readonly #relations = new Map<Source, ReadonlyMap<string, Inferred>>();
  readonly #documents: SchemaDocuments;
  /** How many of the keys came with the schema. */
  readonly #declared: number;
  /** The tables and views that have relation queries, by key. */
  readonly queryable: readonly (readonly [string, Source])[];

  /** @param schema tables and relations by the names of their exports; other values are ignored */
  constructor(
    schema: Readonly<Record<string, unknown>>,
    { relations, casing }: CatalogOptions = {},
  ) {
    this.#documents = new SchemaDocuments(
      (source) => this.keyOf(source),
      casing && casings[casing],
    );
    const defined = Object.entries(relations ?? {}).map(
      ([key, { table }]) => [key, table] as const,
    );
    for (const [key, value] of [...defined, ...Object.entries(schema)]) {
      if (!isSource(value) || value[IsAlias] || this.#keys.has(value)) continue;
      this.#add(value, this.#freeKey(key));
    }
    this.queryable = relations ? defined : [...this.#sources];
    this.#relations = relations ? definedRelations(relations) : inferRelations(relationsIn(schema));
    for (const source of [...this.#keys.keys()]) this.#addSources(source);
    for (const map of this.#relations.values()) {
      for (const relation of map.values()) if ("target" in relation) this.#addRelated(relation);
    }
    this.#declared = this.#keys.size;
  }

  /** Grows with the catalog; documents made at the same size are equal. */
  get size(): number {
    return this.#keys.size;
  }

  /** The key of a table or view; one that is not here yet is added, with those it refers to. */
  keyOf(source: Source): string {
    const known = this.#keys.get(source);
    if (known !== undefined) return known;
    const key = this.#freeKey(getTableName(source));
    this.#add(source, key);
    this.#addSources(source);
    return key;
  }

  /** The relation of a table with this name, if there is one. Throws if it could not be inferred. */
  relation(source: Source, name: string): ResolvedRelation | undefined {
    const relation = this.#relations.get(source)?.get(name);
    if (!relation || "target" in relation) return relation;
    throw relation.error;
  }

  relationNames(source: Source): readonly string[] {
    return [...(this.#relations.get(source)?.keys() ?? [])];
  }

  /** The decoder of a column that has its own. */
  decoder(source: string, column: string): Decode {
    const columns = columnsOf(this.#sources.get(source)!);
    const found = columns.find(({ key }) => key === column)!;
    return (stored) => found.mapFromDriverValue(stored);
  }

  document(): SchemaDocument {
    const tables = this.#tables();
    const views = [...this.#views].map(([view, definition]) =>
      this.#documents.view(view, this.#keys.get(view)!, definition),
    );
    const relations = [...this.#relations.values()].flatMap((map) =>
      [...map.values()].flatMap((item) => ("target" in item ? [this.#relationDocument(item)] : [])),
    );
    return { tables: [...tables, ...views], relations };
  }

  /** A table that was met later may describe one of the schema again: that one is created. */
  #tables(): readonly TableDocument[] {
    const names = new Set<string>();
    return [...this.#keys].flatMap(([source, key], index) => {
      if (!isTable(source)) return [];
      const table = this.#documents.table(source, key);
      const again = index >= this.#declared && names.has(table.name);
      names.add(table.name);
      return [again ? { ...table, existing: true } : table];
    });
  }

  #freeKey(name: string): string {
    let key = name;
    for (let count = 2; this.#sources.has(key); count += 1) key = `${name}_${count}`;
    return key;
  }

  #add(source: Source, key: string): void {
    this.#keys.set(source, key);
    this.#sources.set(key, source);
  }

  /** The tables that a table's foreign keys name, and those that a view selects from. */
  #addSources(source: Source): void {
    if (isTable(source)) {
      for (const key of getTableConfig(source).foreignKeys)
        this.keyOf(key.reference().foreignTable);
    } else if (isView(source) && !this.#views.has(source)) {
      const definition = viewDocument(this, this.#documents, source[ViewQuery]);
      this.#views.set(source, definition);
    }
  }

  #addRelated({ target, through }: ResolvedRelation): void {
    this.keyOf(target);
    if (through) this.keyOf(through.table);
  }

  #relationDocument(relation: ResolvedRelation): RelationDocument {
    const { name, kind, source, target, fields, references, through } = relation;
    return {
      table: this.keyOf(source),
      name,
      kind,
      target: this.keyOf(target),
      fields: keys(fields),
      references: keys(references),
      ...(through && {
        through: {
          table: this.keyOf(through.table),
          fields: keys(through.fields),
          references: keys(through.references),
        },
      }),
    };
  }
}

const keys = (columns: readonly Column[]): string[] => columns.map((column) => column.key);

function relationsIn(schema: Readonly<Record<string, unknown>>): readonly Relations[] {
  return Object.values(schema).filter((value) => is(value, Relations));
}

function definedRelations(relations: AnyRelations): Map<Source, ReadonlyMap<string, Inferred>> {
  return new Map(
    Object.values(relations).map(({ table, relations: own }) => [
      table,
      new Map(Object.entries(own).map(([name, { resolved }]) => [name, resolved!])),
    ]),
  );
}
