import { entityKind, is } from "../base/entity.js";
import type { ForeignKeyAction } from "../ast/schema-document.js";
import type { SQLWrapper } from "../ast/tree.js";
import type { Column } from "./column.js";
import { Check, ForeignKey, Index, PrimaryKey, UniqueConstraint } from "./constraints.js";
import {
  ExtraConfigBuilder,
  present,
  TableColumns,
  TableName,
  TableSchema,
  type ColumnMap,
  type Source,
  type Table,
} from "./table.js";

/** Has the name that was given, or one made of the table and columns. */
interface Named {
  getName(): string;
}

/** A foreign key with everything resolved. */
export interface ResolvedForeignKey extends Named {
  readonly onDelete: ForeignKeyAction | undefined;
  readonly onUpdate: ForeignKeyAction | undefined;
  reference(): ResolvedReference;
}

export interface ResolvedReference {
  readonly columns: readonly Column[];
  readonly foreignTable: Source;
  readonly foreignColumns: readonly Column[];
}

export interface ResolvedIndex {
  readonly config: {
    readonly name: string;
    readonly unique: boolean;
    readonly columns: readonly (Column | SQLWrapper)[];
    readonly where: SQLWrapper | undefined;
  };
}

export interface ResolvedKey extends Named {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** Everything that was declared about a table. */
export interface TableConfig {
  readonly name: string;
  readonly schema: string | undefined;
  readonly columns: readonly Column[];
  readonly indexes: readonly ResolvedIndex[];
  readonly foreignKeys: readonly ResolvedForeignKey[];
  readonly checks: readonly Check[];
  readonly primaryKeys: readonly ResolvedKey[];
  readonly uniqueConstraints: readonly ResolvedKey[];
}

const names = (columns: readonly { readonly name?: string }[]): string =>
  columns.map((column) => column.name ?? "expr").join("_");

/** The name of a unique constraint that was given none. */
export function uniqueKeyName(table: Table, columns: readonly string[]): string {
  return `${table[TableName]}_${columns.join("_")}_unique`;
}

/** The columns, keys, indexes and checks of a table, with default names filled in. */
export function getTableConfig(table: Table): TableConfig {
  const name = table[TableName];
  const columns = Object.values(table[TableColumns]);
  const extras = tableExtras(table);
  const all = <T>(type: { readonly [entityKind]: string; readonly prototype: T }): T[] =>
    extras.filter((extra): extra is T & typeof extra => is(extra, type));
  return {
    name,
    schema: table[TableSchema],
    columns,
    indexes: all(Index).map(({ name: given, unique, columns: parts, condition: where }) => {
      const indexName = given ?? `${name}_${names(parts as readonly Column[])}_index`;
      return { config: { name: indexName, unique, columns: parts, where } };
    }),
    foreignKeys: [...inlineForeignKeys(columns), ...all(ForeignKey).map(resolveForeignKey)],
    checks: all(Check),
    primaryKeys: all(PrimaryKey).map((key) =>
      named(key.columns, key.name ?? `${name}_${names(key.columns)}_pk`),
    ),
    uniqueConstraints: all(UniqueConstraint).map((key) =>
      named(key.columns, key.name ?? `${name}_${names(key.columns)}_unique`),
    ),
  };
}

const named = (columns: readonly Column[], name: string): ResolvedKey => ({
  columns,
  name,
  getName: () => name,
});

function tableExtras(table: Table): readonly object[] {
  const build = table[ExtraConfigBuilder] as ((columns: ColumnMap) => object) | undefined;
  const extras = build?.(table[TableColumns]) ?? [];
  return (Array.isArray(extras) ? extras.flat() : Object.values(extras)) as readonly object[];
}

function inlineForeignKeys(columns: readonly Column[]): ResolvedForeignKey[] {
  return columns.flatMap((column) =>
    column.config.references.map(({ target, onDelete, onUpdate }) => {
      const foreign = present(
        target(),
        `Column "${column.table[TableName]}.${column.name}", references()`,
      );
      return foreignKey([column], [foreign], undefined, { onDelete, onUpdate });
    }),
  );
}

function resolveForeignKey(key: ForeignKey): ResolvedForeignKey {
  const { columns, foreignColumns, name } = key.reference();
  const { onDeleteAction: onDelete, onUpdateAction: onUpdate } = key;
  return foreignKey(columns, foreignColumns, name, { onDelete, onUpdate });
}

type Columns = readonly [Column, ...Column[]];

function foreignKey(
  columns: Columns,
  foreignColumns: Columns,
  name: string | undefined,
  actions: Pick<ResolvedForeignKey, "onDelete" | "onUpdate">,
): ResolvedForeignKey {
  const foreignTable = foreignColumns[0].table;
  const own = `${columns[0].table[TableName]}_${names(columns)}`;
  const parent = `${foreignTable[TableName]}_${names(foreignColumns)}`;
  return {
    ...actions,
    getName: () => name ?? `${own}_${parent}_fk`,
    reference: () => ({ columns, foreignTable, foreignColumns }),
  };
}
