import type { ColumnDocument, SchemaDocument } from "../ast/schema-document.js";
import { namedTables, qualified, type NamedTable } from "./named-tables.js";

// What drizzle-kit compares a schema with: the schema as it was after the last migration. Here the migrations are
// replayed instead; snapshots are written so that drizzle-kit can go on from a folder.

/** The snapshot before the first. */
export const originId = "00000000-0000-0000-0000-000000000000";

/** The form of drizzle-kit 0.3x. */
export function snapshotV6(schema: SchemaDocument, id: string, prevId: string): object {
  const tables = namedTables(schema);
  const expressions = tables.flatMap(({ indexes }) => indexes).flatMap(expressionsV6);
  return {
    version: "6",
    dialect: "sqlite",
    id,
    prevId,
    tables: record(tables.map((table) => [table.name, tableV6(table)])),
    views: record(
      viewsOf(schema).map(({ name, columns, definition }) => [
        name,
        { columns: columnsV6(columns, []), name, isExisting: false, definition },
      ]),
    ),
    enums: {},
    _meta: { schemas: {}, tables: {}, columns: {} },
    internal: { indexes: record(expressions) },
  };
}

const record = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries);

/** Views with a query have its text only in the core, so theirs is left to drizzle-kit. */
function viewsOf({ tables }: SchemaDocument) {
  return tables.flatMap(({ view, name, columns }) =>
    view && "sql" in view ? [{ name, columns, definition: view.sql }] : [],
  );
}

function tableV6(table: NamedTable): object {
  const { name, columns, primaryKey, primaryKeyName, uniques, indexes, foreignKeys, checks } =
    table;
  const composite = primaryKey.length > 1 ? primaryKeyName! : undefined;
  const indexEntries = [
    ...uniques.map((key) => ({ name: key.name, columns: key.columns, isUnique: true })),
    ...indexes.map((index) => ({
      name: index.name,
      columns: index.columns.map((part) => (typeof part === "string" ? part : part.sql)),
      isUnique: index.unique,
      ...(index.where !== undefined && { where: qualified(index.where, table) }),
    })),
  ];
  return {
    name,
    columns: columnsV6(columns, composite === undefined ? primaryKey : []),
    indexes: record(indexEntries.map((index) => [index.name, index])),
    foreignKeys: record(
      foreignKeys.map((key) => [
        key.name,
        {
          name: key.name,
          tableFrom: name,
          tableTo: key.table,
          columnsFrom: key.columns,
          columnsTo: key.references,
          onDelete: key.onDelete,
          onUpdate: key.onUpdate,
        },
      ]),
    ),
    compositePrimaryKeys:
      composite === undefined ? {} : { [composite]: { columns: primaryKey, name: composite } },
    uniqueConstraints: {},
    checkConstraints: record(
      checks.map((check) => [check.name, { name: check.name, value: qualified(check.sql, table) }]),
    ),
  };
}

function columnsV6(columns: readonly ColumnDocument[], primaryKey: readonly string[]): object {
  return record(
    columns.map((column) => {
      const { name, type, notNull = false, autoincrement = false, generated } = column;
      const primary = primaryKey.includes(name);
      const value = defaultV6(column);
      return [
        name,
        {
          name,
          type,
          primaryKey: primary,
          notNull: notNull || primary,
          autoincrement,
          ...(value !== undefined && { default: value }),
          ...(generated && { generated: { as: `(${generated.sql})`, type: generated.mode } }),
        },
      ];
    }),
  );
}

/** Numbers and booleans as they are, everything else as SQL. */
function defaultV6(column: ColumnDocument): string | number | boolean | undefined {
  const given = column.default;
  if (!given || "sql" in given) return given?.sql;
  if (column.codec === "boolean") return Boolean(given.value);
  return typeof given.value === "number" ? given.value : literal(column)!;
}

/** The value of a default as text of SQL. */
function literal({ default: given, codec }: ColumnDocument): string | null {
  if (!given) return null;
  if ("sql" in given) return given.sql;
  const { value } = given;
  if (codec === "boolean") return String(Boolean(value));
  if (value === null || typeof value === "number") return String(value);
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if ("int" in value) return value.int;
  return "real" in value ? value.real : `X'${value.blob.toUpperCase()}'`;
}

function expressionsV6({ name, columns }: NamedTable["indexes"][number]): [string, object][] {
  const sql = columns.flatMap((part) => (typeof part === "string" ? [] : [part.sql]));
  if (sql.length === 0) return [];
  return [[name, { columns: record(sql.map((text) => [text, { isExpression: true }])) }]];
}

/** The form of drizzle-kit v1. */
export function snapshotV7(schema: SchemaDocument, id: string, prevIds: readonly string[]): object {
  const tables = namedTables(schema);
  const each = (make: (table: NamedTable) => readonly object[]) => tables.flatMap(make);
  return {
    version: "7",
    dialect: "sqlite",
    id,
    prevIds,
    ddl: [
      ...each(({ name }) => [{ name, entityType: "tables" }]),
      ...each(columnsV7),
      ...each(foreignKeysV7),
      ...each(primaryKeyV7),
      ...each(indexesV7),
      ...each(uniquesV7),
      ...each(({ name: table, checks }) =>
        checks.map(({ name, sql }) => ({ value: sql, name, entityType: "checks", table })),
      ),
      ...viewsOf(schema).map(({ name, definition }) => ({
        definition,
        isExisting: false,
        error: null,
        name,
        entityType: "views",
      })),
    ],
    renames: [],
  };
}

function columnsV7({ name: table, columns, primaryKey }: NamedTable): object[] {
  return columns.map((column) => {
    const { name, type, notNull = false, autoincrement = false, generated } = column;
    return {
      type,
      notNull: notNull && !(primaryKey.length === 1 && primaryKey[0] === name),
      autoincrement,
      default: literal(column),
      generated: generated ? { as: `(${generated.sql})`, type: generated.mode } : null,
      name,
      entityType: "columns",
      table,
    };
  });
}

function foreignKeysV7({ name: table, foreignKeys }: NamedTable): object[] {
  return foreignKeys.map((key) => {
    const usual = [table, ...key.columns, key.table, ...key.references, "fk"].join("_");
    const nameExplicit = key.name !== usual;
    return {
      columns: key.columns,
      tableTo: key.table,
      columnsTo: key.references,
      onUpdate: key.onUpdate.toUpperCase(),
      onDelete: key.onDelete.toUpperCase(),
      nameExplicit,
      name: nameExplicit ? key.name : `fk_${usual}`,
      entityType: "fks",
      table,
    };
  });
}

function primaryKeyV7({ name: table, primaryKey, primaryKeyName }: NamedTable): object[] {
  if (primaryKey.length === 0) return [];
  const usual = [table, ...primaryKey, "pk"].join("_");
  const nameExplicit = primaryKeyName !== undefined && primaryKeyName !== usual;
  const name = nameExplicit ? primaryKeyName : `${table}_pk`;
  return [{ columns: primaryKey, nameExplicit, name, entityType: "pks", table }];
}

function indexesV7(table: NamedTable): object[] {
  return table.indexes.map(({ name, unique, columns, where }) => ({
    columns: columns.map((part) =>
      typeof part === "string"
        ? { value: part, isExpression: false }
        : { value: part.sql, isExpression: true },
    ),
    isUnique: unique,
    where: where === undefined ? null : qualified(where, table),
    origin: "manual",
    name,
    entityType: "indexes",
    table: table.name,
  }));
}

function uniquesV7({ name: table, uniques }: NamedTable): object[] {
  return uniques.map(({ name, columns }) => {
    const nameExplicit = name !== [table, ...columns, "unique"].join("_");
    return { columns, nameExplicit, name, entityType: "uniques", table };
  });
}
