import { isSQLWrapper, type SQLWrapper } from "../ast/tree.js";
import { VirgaError } from "../base/error.js";
import { casings, type CasingName } from "../schema/casing.js";
import type { Column } from "../schema/column.js";
import { getTableConfig, type ResolvedForeignKey, type TableConfig } from "../schema/config.js";
import { inlineSql, quoteName } from "../schema/inline.js";
import { enumType, isPgEnum } from "../schema/pg-enum.js";
import { isTable, TableName, TableSchema, type Source, type Table } from "../schema/table.js";
import { getViewConfig, isView } from "../schema/view.js";
import { postgresType } from "./postgres-types.js";

/** What the statements are made of. */
export interface PostgresOptions {
  /** The tables and enums, as `import * as schema` gives them. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Makes the names of columns that have none of their own from their keys. */
  readonly casing?: CasingName | undefined;
}

const list = (names: readonly string[]): string => `(${names.map(quoteName).join(", ")})`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

class PostgresSchema {
  readonly #created = new Set<Source>();
  readonly #later: string[] = [];

  constructor(private readonly options: PostgresOptions) {}

  statements(): string[] {
    const values = [...new Set(Object.values(this.options.schema))];
    const tables = values.filter(isTable) as Table[];
    const view = values.find((value) => isView(value) && !getViewConfig(value).isExisting);
    if (view) throw withoutViews(getViewConfig(view as never).name);
    const schemas = new Set(tables.flatMap((table) => table[TableSchema] ?? []));
    return [
      ...[...schemas].map((name) => `CREATE SCHEMA ${quoteName(name)}`),
      ...values
        .filter(isPgEnum)
        .map(
          ({ enumName, enumValues, schema }) =>
            `CREATE TYPE ${enumType(enumName, schema)} AS ENUM (${enumValues.map(quoted).join(", ")})`,
        ),
      ...tables.flatMap((table) => this.#table(table)),
      ...this.#later,
    ];
  }

  #nameOf(column: Column): string {
    const casing = this.options.casing && casings[this.options.casing];
    return column.keyAsName && casing ? casing(column.name) : column.name;
  }

  #names(columns: readonly Column[]): string {
    return list(columns.map((column) => this.#nameOf(column)));
  }

  #text(sql: SQLWrapper): string {
    return inlineSql(sql, (column) => quoteName(this.#nameOf(column as Column)));
  }

  #table(table: Table): string[] {
    this.#created.add(table);
    const config = getTableConfig(table);
    const lines = [
      ...config.columns.map((column) => this.#column(column, config)),
      ...this.#constraints(config, table),
    ];
    const create = `CREATE TABLE ${tableName(table)} (\n  ${lines.join(",\n  ")}\n)`;
    return [create, ...this.#indexes(config, table)];
  }

  #column(column: Column, { foreignKeys }: TableConfig): string {
    const { unique, identity, generated } = column.config;
    const own = foreignKeys.find(
      (key) => isAlone(key, column) && this.#created.has(key.reference().foreignTable),
    );
    const parts = [
      quoteName(this.#nameOf(column)),
      postgresType(column),
      column.primary ? "PRIMARY KEY" : column.notNull && "NOT NULL",
      identity && `GENERATED ${identity === "always" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`,
      column.default !== undefined && `DEFAULT ${this.#default(column)}`,
      generated && `GENERATED ALWAYS AS (${this.#generated(generated.as)}) STORED`,
      unique && (unique.name ? `CONSTRAINT ${quoteName(unique.name)} UNIQUE` : "UNIQUE"),
      own && this.#references(own),
    ];
    return parts.filter(Boolean).join(" ");
  }

  #default(column: Column): string {
    const value = column.default;
    if (value === column.config.now) return "now()";
    if (isSQLWrapper(value)) return this.#text(value);
    if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
    if (typeof value === "number" || typeof value === "bigint") return String(value);
    if (value instanceof Date) return quoted(value.toISOString());
    if (value instanceof Uint8Array)
      return quoted(
        `\\x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}`,
      );
    if (typeof value === "string" && column.dataType !== "json") return quoted(value);
    const json = JSON.stringify(value);
    return quoted(
      column.dataType === "array" ? json.replace(/\[/g, "{").replace(/\]/g, "}") : json,
    );
  }

  #generated(as: unknown): string {
    const value: unknown = typeof as === "function" ? (as as () => unknown)() : as;
    return isSQLWrapper(value) ? this.#text(value) : String(value);
  }

  #references(key: ResolvedForeignKey): string {
    const { foreignTable, foreignColumns } = key.reference();
    const onDelete = key.onDelete ? ` ON DELETE ${key.onDelete.toUpperCase()}` : "";
    const onUpdate = key.onUpdate ? ` ON UPDATE ${key.onUpdate.toUpperCase()}` : "";
    return `REFERENCES ${tableName(foreignTable)}${this.#names(foreignColumns)}${onDelete}${onUpdate}`;
  }

  /** Keys of several columns and checks; foreign keys to tables that come later are added then. */
  #constraints(config: TableConfig, table: Table): string[] {
    const foreign: string[] = [];
    for (const key of config.foreignKeys) {
      const { columns, foreignTable } = key.reference();
      const known = this.#created.has(foreignTable);
      if (known && columns.length === 1) continue;
      const text = `CONSTRAINT ${quoteName(key.getName())} FOREIGN KEY ${this.#names(columns)} ${this.#references(key)}`;
      if (known) foreign.push(text);
      else this.#later.push(`ALTER TABLE ${tableName(table)} ADD ${text}`);
    }
    return [
      ...config.primaryKeys.map(({ columns }) => `PRIMARY KEY ${this.#names(columns)}`),
      ...config.uniqueConstraints.map(
        ({ name, columns }) => `CONSTRAINT ${quoteName(name)} UNIQUE ${this.#names(columns)}`,
      ),
      ...foreign,
      ...config.checks.map(
        ({ name, value }) => `CONSTRAINT ${quoteName(name)} CHECK (${this.#text(value)})`,
      ),
    ];
  }

  #indexes({ indexes }: TableConfig, table: Table): string[] {
    return indexes.map(({ config: { name, unique, columns, where } }) => {
      const parts = columns.map((part) => this.#text(part)).join(", ");
      const start = `CREATE ${unique ? "UNIQUE " : ""}INDEX ${quoteName(name)}`;
      return `${start} ON ${tableName(table)} (${parts})${where ? ` WHERE ${this.#text(where)}` : ""}`;
    });
  }
}

function tableName(table: Source): string {
  const schema = table[TableSchema];
  return schema
    ? `${quoteName(schema)}.${quoteName(table[TableName])}`
    : quoteName(table[TableName]);
}

const isAlone = (key: ResolvedForeignKey, column: Column): boolean => {
  const { columns } = key.reference();
  return columns.length === 1 && columns[0] === column;
};

const withoutViews = (name: string): VirgaError =>
  new VirgaError({
    code: "invalid_schema",
    message: `The SQL of view "${name}" is not written for Postgres.`,
    hint: "A view that exists() is left out.",
  });

/**
 * The statements that create a schema of `pg-core` in Postgres: schemas, enums, tables with their keys,
 * indexes. A foreign key to a table that comes later is added at the end.
 *
 * @throws `invalid_schema` for views, and for declarations that contradict themselves
 */
export function postgresStatements(options: PostgresOptions): string[] {
  return new PostgresSchema(options).statements();
}
