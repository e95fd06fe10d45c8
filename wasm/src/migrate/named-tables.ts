import type {
  ColumnDocument,
  ForeignKeyAction,
  ForeignKeyDocument,
  IndexDocument,
  SchemaDocument,
  TableDocument,
} from "../ast/schema-document.js";

/** A table of a schema document with names of SQL in the place of keys, as snapshots have them. */
export interface NamedTable {
  readonly name: string;
  readonly columns: readonly ColumnDocument[];
  /** None when the table has no key. */
  readonly primaryKey: readonly string[];
  /** The name of a key that is declared beside the columns. */
  readonly primaryKeyName: string | undefined;
  readonly uniques: readonly NamedKey[];
  readonly indexes: readonly IndexDocument[];
  readonly foreignKeys: readonly NamedForeignKey[];
  readonly checks: NonNullable<TableDocument["checks"]>;
}

interface NamedKey {
  readonly name: string;
  readonly columns: readonly string[];
}

interface NamedForeignKey extends NamedKey {
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
}

/** The tables that a schema creates. */
export function namedTables({ tables }: SchemaDocument): readonly NamedTable[] {
  const byKey = new Map(tables.map((table) => [table.key, table]));
  return tables
    .filter(({ view, existing }) => !view && !existing)
    .map((table) => named(table, byKey));
}

function named(table: TableDocument, tables: ReadonlyMap<string, TableDocument>): NamedTable {
  const { name, columns, primaryKey, uniques = [], indexes = [] } = table;
  const { foreignKeys = [], checks = [] } = table;
  const own = columns.filter((column) => column.primaryKey).map((column) => column.name);
  const inline = columns.flatMap(({ unique, name: column }) =>
    unique === undefined ? [] : [{ name: unique, columns: [column] }],
  );
  return {
    name,
    columns,
    primaryKey: primaryKey ? names(table, primaryKey.columns) : own,
    primaryKeyName: primaryKey?.name,
    uniques: [
      ...inline,
      ...uniques.map((key) => ({ name: key.name, columns: names(table, key.columns) })),
    ],
    indexes: indexes.map((index) => ({
      ...index,
      columns: index.columns.map((part) =>
        typeof part === "string" ? names(table, [part])[0]! : part,
      ),
    })),
    foreignKeys: foreignKeys.map((key) => namedForeignKey(table, key, tables.get(key.table)!)),
    checks,
  };
}

function namedForeignKey(
  table: TableDocument,
  key: ForeignKeyDocument,
  parent: TableDocument,
): NamedForeignKey {
  const columns = names(table, key.columns);
  const references = names(parent, key.references);
  const parts = [table.name, ...columns, parent.name, ...references, "fk"];
  return {
    name: key.name ?? parts.join("_"),
    columns,
    table: parent.name,
    references,
    onDelete: key.onDelete ?? "no action",
    onUpdate: key.onUpdate ?? "no action",
  };
}

function names({ columns }: TableDocument, keys: readonly string[]): readonly string[] {
  return keys.map((key) => columns.find((column) => column.key === key)!.name);
}

/** SQL text about a table with its columns as drizzle-kit writes some of them: with the table before. */
export function qualified(sql: string, { name, columns }: NamedTable): string {
  return sql.replace(/(?<![."\w])"((?:[^"]|"")+)"(?!\.)/g, (whole, column: string) =>
    columns.some((own) => own.name === column.replaceAll('""', '"')) ? `"${name}".${whole}` : whole,
  );
}
