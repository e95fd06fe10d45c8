import type {
  ColumnDocument,
  ForeignKeyDocument,
  IndexDocument,
  TableDocument,
} from "../ast/schema-document.js";
import { isSQLWrapper } from "../ast/tree.js";
import type { JsonValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";
import { is } from "../base/entity.js";
import { Column } from "./column.js";
import { getTableConfig, type ResolvedForeignKey, type ResolvedIndex } from "./config.js";
import { hex, inlineSql } from "./inline.js";
import { TableName, type Table } from "./table.js";

/** A table as the core reads it. `keyOf` gives the keys of tables that its foreign keys name. */
export function tableDocument(
  table: Table,
  key: string,
  keyOf: (table: Table) => string,
): TableDocument {
  const config = getTableConfig(table);
  const [primaryKey] = config.primaryKeys;
  return {
    key,
    name: config.name,
    columns: config.columns.map(columnDocument),
    ...(primaryKey && { primaryKey: { name: primaryKey.name, columns: keys(primaryKey.columns) } }),
    uniques: config.uniqueConstraints.map(({ name, columns }) => ({
      name,
      columns: keys(columns),
    })),
    foreignKeys: config.foreignKeys.map((foreign) => foreignKeyDocument(foreign, keyOf)),
    indexes: config.indexes.map(indexDocument),
    checks: config.checks.map(({ name, value }) => ({ name, sql: inlineSql(value) })),
  };
}

const keys = (columns: readonly Column[]): string[] => columns.map((column) => column.key);

function columnDocument(column: Column): ColumnDocument {
  const { kind, autoIncrement, serial, generated } = column.config;
  if (serial && !column.primary) {
    throw new VirgaError({
      code: "invalid_schema",
      message: `Column "${column.table[TableName]}.${column.name}" is serial but not the primary key.`,
      hint: "SQLite numbers only rows by their integer primary key.",
    });
  }
  return {
    key: column.key,
    name: column.name,
    type: kind.sqlType,
    codec: kind.codec,
    ...(column.notNull && !column.primary && { notNull: true }),
    ...(column.primary && { primaryKey: true }),
    ...(column.primary && kind.sqlType !== "integer" && { notNull: true }),
    ...(autoIncrement && { autoincrement: true }),
    ...(column.uniqueName !== undefined && { unique: column.uniqueName }),
    ...(column.default !== undefined && { default: defaultDocument(column, column.default) }),
    ...(generated && {
      generated: { sql: expressionText(column, generated.as), mode: generated.mode },
    }),
  };
}

function defaultDocument(column: Column, value: unknown): NonNullable<ColumnDocument["default"]> {
  const stored = isSQLWrapper(value) ? value : column.mapToDriverValue(value);
  return isSQLWrapper(stored) ? { sql: inlineSql(stored) } : { value: jsonValue(column, stored) };
}

function expressionText(column: Column, as: unknown): string {
  const value: unknown = typeof as === "function" ? (as as () => unknown)() : as;
  if (isSQLWrapper(value)) return inlineSql(value);
  return inlineSql({
    getSQL: () => ({
      tree: { kind: "value", value, encoder: column },
      getSQL() {
        return this;
      },
    }),
  });
}

function jsonValue(column: Column, value: unknown): JsonValue {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "bigint") return { int: String(value) };
  if (value instanceof Uint8Array) return { blob: hex(value) };
  throw new VirgaError({
    code: "invalid_schema",
    message: `The default of column "${column.key}" is a null, number, bigint, string, bytes or SQL, not ${typeof value}.`,
  });
}

function foreignKeyDocument(
  key: ResolvedForeignKey,
  keyOf: (table: Table) => string,
): ForeignKeyDocument {
  return {
    name: key.name,
    columns: keys(key.columns),
    table: keyOf(key.foreignTable),
    references: keys(key.foreignColumns),
    ...(key.onDelete && { onDelete: key.onDelete }),
    ...(key.onUpdate && { onUpdate: key.onUpdate }),
  };
}

function indexDocument(index: ResolvedIndex): IndexDocument {
  return {
    name: index.name,
    unique: index.unique,
    columns: index.columns.map((part) => (is(part, Column) ? part.key : { sql: inlineSql(part) })),
    ...(index.where && { where: inlineSql(index.where) }),
  };
}
