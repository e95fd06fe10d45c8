import type {
  ColumnDocument,
  ForeignKeyAction,
  ForeignKeyDocument,
  IndexDocument,
  SchemaDocument,
  TableDocument,
} from "../ast/schema-document.js";
import type { Folder } from "./folder.js";
import { originId } from "./snapshot.js";

// drizzle-kit's snapshots as schema documents whose keys are names.

interface KitColumn {
  readonly name: string;
  readonly type: string;
  readonly primaryKey?: boolean;
  readonly notNull: boolean;
  readonly autoincrement: boolean;
  readonly default?: unknown;
  readonly generated?: { readonly as: string; readonly type: "virtual" | "stored" } | null;
}

interface KitForeignKey {
  readonly name: string;
  readonly tableTo: string;
  readonly columnsTo: readonly string[];
  readonly onDelete: string;
  readonly onUpdate: string;
}

interface SnapshotV6 {
  readonly version: "6";
  readonly tables: Readonly<Record<string, TableV6>>;
  readonly views: Readonly<Record<string, ViewV6>>;
  readonly internal?: {
    readonly indexes?: Readonly<
      Record<string, { readonly columns: Readonly<Record<string, unknown>> }>
    >;
  };
}

interface TableV6 {
  readonly name: string;
  readonly columns: Readonly<Record<string, KitColumn>>;
  readonly indexes: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly columns: readonly string[];
        readonly isUnique: boolean;
        readonly where?: string;
      }
    >
  >;
  readonly foreignKeys: Readonly<
    Record<string, KitForeignKey & { readonly columnsFrom: readonly string[] }>
  >;
  readonly compositePrimaryKeys: Readonly<
    Record<string, { readonly name: string; readonly columns: readonly string[] }>
  >;
  readonly checkConstraints: Readonly<
    Record<string, { readonly name: string; readonly value: string }>
  >;
}

interface ViewV6 {
  readonly name: string;
  readonly isExisting: boolean;
  readonly definition?: string;
}

type EntityV7 = {
  readonly entityType: string;
  readonly name: string;
  readonly table: string;
} & Partial<KitColumn & KitForeignKey> & {
    readonly columns?: readonly (
      string | { readonly value: string; readonly isExpression: boolean }
    )[];
    readonly isUnique?: boolean;
    readonly where?: string | null;
    readonly value?: string;
    readonly definition?: string | null;
  };

interface SnapshotV7 {
  readonly version: "7";
  readonly ddl: readonly EntityV7[];
}

/** A snapshot of a folder. */
export interface Snapshot {
  readonly path: string;
  readonly id: string;
  /** The snapshots that it follows. */
  readonly previous: readonly string[];
  readonly document: object;
}

/** The snapshots of a folder, in the order of their paths. */
export function snapshotsOf(folder: Folder): Snapshot[] {
  const paths = Object.keys(folder).filter((path) =>
    /(?:^|\/)(?:meta\/[^/]*_)?snapshot\.json$/.test(path),
  );
  return paths.sort().map((path) => {
    const document = JSON.parse(folder[path]!) as {
      readonly id: string;
      readonly prevId?: string;
      readonly prevIds?: readonly string[];
    };
    const { id, prevId, prevIds = [prevId ?? originId] } = document;
    return { path, id, previous: prevIds, document };
  });
}

/** The schema that a snapshot of drizzle-kit describes. */
export function schemaOfSnapshot({ document }: Snapshot): SchemaDocument {
  const snapshot = document as SnapshotV6 | SnapshotV7;
  const tables = snapshot.version === "6" ? tablesV6(snapshot) : tablesV7(snapshot);
  return { tables, relations: [] };
}

function tablesV6({ tables, views, internal }: SnapshotV6): TableDocument[] {
  const isExpression = (index: string, part: string): boolean =>
    internal?.indexes?.[index]?.columns[part] !== undefined;
  return [
    ...Object.values(tables).map((table) => {
      const { name, columns, indexes, foreignKeys, compositePrimaryKeys, checkConstraints } = table;
      const [primaryKey] = Object.values(compositePrimaryKeys);
      return {
        key: name,
        name,
        columns: Object.values(columns).map((column) =>
          columnOf(column, column.primaryKey === true),
        ),
        ...(primaryKey && { primaryKey: { name: primaryKey.name, columns: primaryKey.columns } }),
        uniques: [],
        foreignKeys: Object.values(foreignKeys).map((key) => foreignKeyOf(key, key.columnsFrom)),
        indexes: Object.values(indexes).map((index) => ({
          name: index.name,
          unique: index.isUnique,
          columns: index.columns.map((part) =>
            isExpression(index.name, part) ? { sql: part } : part,
          ),
          ...(index.where && { where: index.where }),
        })),
        checks: Object.values(checkConstraints).map((check) => ({
          name: check.name,
          sql: check.value,
        })),
      };
    }),
    ...Object.values(views).flatMap(({ name, isExisting, definition }) =>
      isExisting || !definition ? [] : [viewOf(name, definition)],
    ),
  ];
}

function tablesV7({ ddl }: SnapshotV7): TableDocument[] {
  const of = (type: string, table?: string): EntityV7[] =>
    ddl.filter((each) => each.entityType === type && (table === undefined || each.table === table));
  const texts = (columns: EntityV7["columns"]): string[] =>
    (columns ?? []).map((part) => (typeof part === "string" ? part : part.value));
  return [
    ...of("tables").map(({ name }) => {
      const [key] = of("pks", name);
      const keyColumns = texts(key?.columns);
      const single = keyColumns.length === 1 ? keyColumns[0] : undefined;
      return {
        key: name,
        name,
        columns: of("columns", name).map((column) =>
          columnOf(column as EntityV7 & KitColumn, column.name === single),
        ),
        ...(key && single === undefined && { primaryKey: { name: key.name, columns: keyColumns } }),
        uniques: of("uniques", name).map((unique) => ({
          name: unique.name,
          columns: texts(unique.columns),
        })),
        foreignKeys: of("fks", name).map((each) =>
          foreignKeyOf(each as EntityV7 & KitForeignKey, texts(each.columns)),
        ),
        indexes: of("indexes", name).map(indexV7),
        checks: of("checks", name).map((check) => ({ name: check.name, sql: check.value! })),
      };
    }),
    ...of("views").flatMap(({ name, definition }) =>
      definition ? [viewOf(name, definition)] : [],
    ),
  ];
}

function indexV7({ name, isUnique = false, columns = [], where }: EntityV7): IndexDocument {
  return {
    name,
    unique: isUnique,
    columns: columns.map((part) =>
      typeof part === "string" || !part.isExpression
        ? typeof part === "string"
          ? part
          : part.value
        : { sql: part.value },
    ),
    ...(where && { where }),
  };
}

function columnOf(column: KitColumn, primaryKey: boolean): ColumnDocument {
  const { name, type, notNull, autoincrement, generated } = column;
  const isInteger = type.toLowerCase() === "integer";
  return {
    key: name,
    name,
    type,
    codec: "any",
    ...(notNull && !(primaryKey && isInteger) && { notNull: true }),
    ...(primaryKey && { primaryKey: true }),
    ...(autoincrement && { autoincrement: true }),
    ...(column.default !== undefined &&
      column.default !== null && { default: { sql: String(column.default) } }),
    ...(generated && { generated: { sql: unwrapped(generated.as), mode: generated.type } }),
  };
}

/** Generated expressions stand in parentheses of their own. */
const unwrapped = (sql: string): string =>
  sql.startsWith("(") && sql.endsWith(")") ? sql.slice(1, -1) : sql;

function foreignKeyOf(key: KitForeignKey, columns: readonly string[]): ForeignKeyDocument {
  return {
    name: key.name,
    columns,
    table: key.tableTo,
    references: key.columnsTo,
    onDelete: key.onDelete.toLowerCase() as ForeignKeyAction,
    onUpdate: key.onUpdate.toLowerCase() as ForeignKeyAction,
  };
}

/** What the columns of a view are, its query says. */
function viewOf(name: string, sql: string): TableDocument {
  const columns = [{ key: "*", name: "*", type: "", codec: "any" }] as const;
  const none = { uniques: [], foreignKeys: [], indexes: [], checks: [] };
  return { key: name, name, columns, ...none, view: { sql } };
}
