import type { ForeignKeyDocument, TableDocument } from "../ast/schema-document.js";
import { camelCase, Keys } from "./names.js";
import type { SourceNames } from "./schema-source.js";

/** One relation of a table, as `defineRelations` writes it. */
interface RelationLine {
  readonly table: string;
  readonly text: string;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name));

function primaryKey(table: TableDocument): readonly string[] {
  const own = table.columns.filter((column) => column.primaryKey).map(({ name }) => name);
  return table.primaryKey?.columns ?? own;
}

/** Whether no two rows have the same values in these columns. */
function isUnique(table: TableDocument, columns: readonly string[]): boolean {
  return (
    same(primaryKey(table), columns) ||
    (table.uniques ?? []).some((key) => same(key.columns, columns)) ||
    (table.indexes ?? []).some(
      (index) => index.unique && !index.where && same(index.columns as readonly string[], columns),
    )
  );
}

/** The two foreign keys that a junction table is made of. */
function junction(
  table: TableDocument,
): readonly [ForeignKeyDocument, ForeignKeyDocument] | undefined {
  const [first, second, third] = table.foreignKeys ?? [];
  if (!first || !second || third) return undefined;
  return same(primaryKey(table), [...first.columns, ...second.columns])
    ? [first, second]
    : undefined;
}

/** `author_id` as `author`. */
const stem = (column: string): string => camelCase(column.replace(/_?id$/i, "") || column);
const capital = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);

/** The stems of several columns as one word: `aAndB`. */
const joined = (columns: readonly string[]): string =>
  columns
    .map(stem)
    .map((word, i) => (i === 0 ? word : capital(word)))
    .join("And");

class RelationsSource {
  readonly #tables: readonly TableDocument[];
  readonly #names: SourceNames;
  readonly #lines: RelationLine[] = [];
  readonly #fields: ReadonlyMap<string, Keys>;

  constructor(tables: readonly TableDocument[], names: SourceNames) {
    this.#tables = tables;
    this.#names = names;
    this.#fields = new Map(
      tables.map(({ name, columns }) => [
        name,
        new Keys(columns.map((column) => names.columns.get(name)!.of(column.name))),
      ]),
    );
  }

  write(): string | undefined {
    for (const table of this.#tables) {
      for (const key of this.#keysOf(table)) this.#pair(table, key);
      const both = junction(table);
      if (both && both.every((key) => this.#keysOf(table).includes(key)))
        this.#through(table, both);
    }
    if (this.#lines.length === 0) return undefined;
    const keys = this.#tables.map(({ name }) => this.#names.tables.of(name));
    const body = this.#tables.flatMap(({ name }) => {
      const own = this.#lines
        .filter((line) => line.table === name)
        .map(({ text }) => `    ${text},`);
      return own.length > 0 ? [`  ${this.#names.tables.of(name)}: {\n${own.join("\n")}\n  },`] : [];
    });
    return `export const relations = defineRelations({ ${keys.join(", ")} }, (r) => ({\n${body.join("\n")}\n}));`;
  }

  /** The foreign keys whose parent is there. */
  #keysOf(table: TableDocument): readonly ForeignKeyDocument[] {
    return (table.foreignKeys ?? []).filter(
      (key) => key.references.length > 0 && this.#tables.some(({ name }) => name === key.table),
    );
  }

  #columns(
    table: string,
    columns: readonly string[],
    through?: [string, readonly string[]],
  ): string {
    const column = (of: string, name: string) =>
      `r.${this.#names.tables.of(of)}.${this.#names.columns.get(of)!.of(name)}`;
    const list = columns.map((name, i) =>
      through
        ? `${column(table, name)}.through(${column(through[0], through[1][i]!)})`
        : column(table, name),
    );
    return list.length === 1 ? list[0]! : `[${list.join(", ")}]`;
  }

  #add(table: string, name: string, kind: "one" | "many", target: string, config: string): void {
    const text = `${this.#fields.get(table)!.free(name)}: r.${kind}.${this.#names.tables.of(target)}({ ${config} })`;
    this.#lines.push({ table, text });
  }

  /** A foreign key and its reverse. */
  #pair(table: TableDocument, key: ForeignKeyDocument): void {
    const rivals = this.#keysOf(table).filter((other) => other.table === key.table);
    const plain = rivals.length === 1 && key.table !== table.name;
    const stems = joined(key.columns);
    const taken = this.#fields.get(table.name)!.has(stems);
    const own = taken ? stems + capital(this.#names.tables.of(key.table)) : stems;
    const alias = plain
      ? ""
      : `, alias: ${JSON.stringify(`${table.name}_${key.columns.join("_")}`)}`;
    const here = this.#columns(table.name, key.columns);
    const there = this.#columns(key.table, key.references);
    const sure = key.columns.every(
      (name) => table.columns.find((column) => column.name === name)?.notNull,
    );
    const optional = sure ? ", optional: false" : "";
    this.#add(table.name, own, "one", key.table, `from: ${here}, to: ${there}${optional}${alias}`);
    const reverse = this.#names.tables.of(table.name);
    const name = plain ? reverse : `${reverse}By${capital(stems)}`;
    const kind = isUnique(table, key.columns) ? "one" : "many";
    this.#add(key.table, name, kind, table.name, `from: ${there}, to: ${here}${alias}`);
  }

  #through(
    table: TableDocument,
    [first, second]: readonly [ForeignKeyDocument, ForeignKeyDocument],
  ): void {
    for (const [near, far] of [
      [first, second],
      [second, first],
    ] as const) {
      const from = this.#columns(near.table, near.references, [table.name, near.columns]);
      const to = this.#columns(far.table, far.references, [table.name, far.columns]);
      const name =
        near.table === far.table
          ? `${this.#names.tables.of(far.table)}By${capital(joined(far.columns))}`
          : this.#names.tables.of(far.table);
      const alias = `alias: ${JSON.stringify(`${table.name}_${near === first ? "a" : "b"}`)}`;
      this.#add(near.table, name, "many", far.table, `from: ${from}, to: ${to}, ${alias}`);
    }
  }
}

/** The relations of the tables, or nothing when no foreign key leads from one to another. */
export function relationsSource(
  tables: readonly TableDocument[],
  names: SourceNames,
): string | undefined {
  return new RelationsSource(tables, names).write();
}
