import type { RelationDocument, SchemaDocument } from "../ast/schema-document.js";
import type { Decode } from "../frame/codecs.js";
import { is } from "../base/entity.js";
import type { Column } from "../schema/column.js";
import { getTableConfig } from "../schema/config.js";
import { tableDocument } from "../schema/document.js";
import { Relations, type Relation } from "../schema/relations.js";
import { getTableName, isTable, present, TableColumns, type Table } from "../schema/table.js";

/** The tables and relations that queries may name. It grows by tables that `schema` did not have. */
export class Catalog {
  readonly #keys = new Map<Table, string>();
  readonly #tables = new Map<string, Table>();
  readonly #relations: RelationDocument[] = [];
  readonly #relationsOf = new Map<Table, Map<string, Relation>>();

  /** @param schema tables and relations by the names of their exports; other values are ignored */
  constructor(schema: Readonly<Record<string, unknown>>) {
    for (const [key, value] of Object.entries(schema)) {
      if (isTable(value) && !this.#keys.has(value)) this.#add(value, key);
    }
    for (const value of Object.values(schema)) {
      if (!is(value, Relations)) continue;
      for (const [name, relation] of Object.entries((value as Relations).config)) {
        this.#relations.push(this.#relationDocument(value.table, name, relation));
        this.#remember(value.table, name, relation);
      }
    }
    for (const table of [...this.#keys.keys()]) this.#addParents(table);
  }

  /** Grows with the catalog; documents made at the same size are equal. */
  get size(): number {
    return this.#keys.size;
  }

  /** The keys of all tables, in the order in which they came. */
  get keys(): readonly string[] {
    return [...this.#tables.keys()];
  }

  /** The key of a table; one that is not here yet is added, with the tables it refers to. */
  keyOf(table: Table): string {
    const known = this.#keys.get(table);
    if (known !== undefined) return known;
    const name = getTableName(table);
    let key = name;
    for (let count = 2; this.#tables.has(key); count += 1) key = `${name}_${count}`;
    this.#add(table, key);
    this.#addParents(table);
    return key;
  }

  relation(table: Table, name: string): Relation | undefined {
    return this.#relationsOf.get(table)?.get(name);
  }

  table(key: string): Table {
    return this.#tables.get(key)!;
  }

  /** The decoder of a column that has its own. */
  decoder(table: string, column: string): Decode {
    const found: Column = this.table(table)[TableColumns][column]!;
    return (stored) => found.mapFromDriverValue(stored);
  }

  document(): SchemaDocument {
    const entries = [...this.#keys];
    const tables = entries.map(([table, key]) =>
      tableDocument(table, key, (other) => this.keyOf(other)),
    );
    return { tables, relations: this.#relations };
  }

  #add(table: Table, key: string): void {
    this.#keys.set(table, key);
    this.#tables.set(key, table);
  }

  #remember(table: Table, name: string, relation: Relation): void {
    const own = this.#relationsOf.get(table) ?? new Map<string, Relation>();
    this.#relationsOf.set(table, own.set(name, relation));
  }

  #addParents(table: Table): void {
    for (const { foreignTable } of getTableConfig(table).foreignKeys) this.keyOf(foreignTable);
  }

  #relationDocument(table: Table, name: string, relation: Relation): RelationDocument {
    const { fields, references, relationName } = relation.config;
    const whole = `Relation "${getTableName(table)}.${name}"`;
    const keys = (member: string, of: Table, columns: readonly Column[]): string[] =>
      columns.map((column) => present(column, `${whole}, ${member}`, of).key);
    return {
      table: this.keyOf(table),
      name,
      kind: relation.kind,
      target: this.keyOf(relation.target),
      ...(fields && { fields: keys("fields", table, fields) }),
      ...(references && { references: keys("references", relation.target, references) }),
      ...(relationName !== undefined && { relationName }),
    };
  }
}
