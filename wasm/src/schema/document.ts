import type {
  ColumnDocument,
  ForeignKeyDocument,
  IndexDocument,
  TableDocument,
  ViewDocument,
} from "../ast/schema-document.js";
import { isSQLWrapper, type SQLWrapper } from "../ast/tree.js";
import type { JsonValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";
import { is } from "../base/entity.js";
import type { Casing } from "./casing.js";
import { Column } from "./column.js";
import { getTableConfig, type ResolvedForeignKey, type ResolvedIndex } from "./config.js";
import { hex, inlineSql, quoteName } from "./inline.js";
import { sqlName, TableName, type Source, type Table } from "./table.js";
import { columnsOf, type View } from "./view.js";

/** Makes the documents of tables and views, as the core reads them. */
export class SchemaDocuments {
  /**
   * @param keyOf gives the keys of tables that foreign keys name
   * @param casing makes the names of columns that have none of their own
   */
  constructor(
    private readonly keyOf: (table: Source) => string,
    private readonly casing: Casing | undefined,
  ) {}

  table(table: Table, key: string): TableDocument {
    const config = getTableConfig(table);
    const [primaryKey] = config.primaryKeys;
    return {
      key,
      name: sqlName(table),
      columns: config.columns.map((column) => this.#column(column)),
      ...(primaryKey && {
        primaryKey: { name: primaryKey.name, columns: keys(primaryKey.columns) },
      }),
      uniques: config.uniqueConstraints.map(({ name, columns }) => ({
        name,
        columns: keys(columns),
      })),
      foreignKeys: config.foreignKeys.map((foreign) => this.#foreignKey(foreign)),
      indexes: config.indexes.map((index) => this.#index(index)),
      checks: config.checks.map(({ name, value }) => ({ name, sql: this.#text(value) })),
    };
  }

  view(view: View, key: string, definition: ViewDocument): TableDocument {
    const columns = columnsOf(view).map((column) => ({
      key: column.key,
      name: this.#nameOf(column),
      type: "",
      codec: column.config.kind.codec,
      ...(column.notNull && { notNull: true as const }),
    }));
    const none = { uniques: [], foreignKeys: [], indexes: [], checks: [] };
    return { key, name: sqlName(view), columns, ...none, view: definition };
  }

  /** The text of a view's SQL: in contrast to other declarations, columns stand with their table. */
  viewSql(sql: SQLWrapper): string {
    return inlineSql(sql, (column) => {
      const { table } = column as Column;
      return `${quoteName(sqlName(table))}.${quoteName(this.#nameOf(column as Column))}`;
    });
  }

  #nameOf(column: Column): string {
    return column.keyAsName && this.casing ? this.casing(column.name) : column.name;
  }

  #text(sql: SQLWrapper): string {
    return inlineSql(sql, (column) => quoteName(this.#nameOf(column as Column)));
  }

  #column(column: Column): ColumnDocument {
    const { kind, autoIncrement, serial, generated } = column.config;
    if (serial && !column.primary) throw misplacedSerial(column);
    return {
      key: column.key,
      name: this.#nameOf(column),
      type: kind.sqlType,
      codec: kind.codec,
      ...(column.notNull && !column.primary && { notNull: true }),
      ...(column.primary && { primaryKey: true }),
      ...(column.primary && kind.sqlType !== "integer" && { notNull: true }),
      ...(autoIncrement && { autoincrement: true }),
      ...(column.uniqueName !== undefined && { unique: column.uniqueName }),
      ...(column.default !== undefined && { default: this.#default(column, column.default) }),
      ...(generated && {
        generated: { sql: this.#expression(column, generated.as), mode: generated.mode },
      }),
    };
  }

  #default(column: Column, value: unknown): NonNullable<ColumnDocument["default"]> {
    const stored = isSQLWrapper(value) ? value : column.mapToDriverValue(value);
    return isSQLWrapper(stored)
      ? { sql: this.#text(stored) }
      : { value: jsonValue(column, stored) };
  }

  #expression(column: Column, as: unknown): string {
    const value: unknown = typeof as === "function" ? (as as () => unknown)() : as;
    if (isSQLWrapper(value)) return this.#text(value);
    return this.#text({
      getSQL: () => ({
        tree: { kind: "value", value, encoder: column },
        getSQL() {
          return this;
        },
      }),
    });
  }

  #foreignKey(key: ResolvedForeignKey): ForeignKeyDocument {
    const { columns, foreignTable, foreignColumns } = key.reference();
    return {
      name: key.getName(),
      columns: keys(columns),
      table: this.keyOf(foreignTable),
      references: keys(foreignColumns),
      ...(key.onDelete && { onDelete: key.onDelete }),
      ...(key.onUpdate && { onUpdate: key.onUpdate }),
    };
  }

  #index({ config: index }: ResolvedIndex): IndexDocument {
    return {
      name: index.name,
      unique: index.unique,
      columns: index.columns.map((part) =>
        is(part, Column) ? part.key : { sql: this.#text(part) },
      ),
      ...(index.where && { where: this.#text(index.where) }),
    };
  }
}

const keys = (columns: readonly Column[]): string[] => columns.map((column) => column.key);

function misplacedSerial(column: Column): VirgaError {
  return new VirgaError({
    code: "invalid_schema",
    message: `Column "${column.table[TableName]}.${column.name}" is serial but not the primary key.`,
    hint: "SQLite numbers only rows by their integer primary key.",
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
