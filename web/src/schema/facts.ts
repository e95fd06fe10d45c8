/** What a schema declares, as plain data: what the diagram draws and the lint looks at. */
export interface SchemaFacts {
  readonly tables: readonly TableFacts[];
  readonly relations: readonly RelationFacts[];
}

/** A table or a view. */
export interface TableFacts {
  /** What tells it from all others: the name of its export. */
  readonly key: string;
  /** Its name in SQL. */
  readonly name: string;
  readonly kind: "table" | "view";
  readonly columns: readonly ColumnFacts[];
  /** The columns of its primary key; none when it has none. */
  readonly primaryKey: readonly string[];
  /** The columns of each unique constraint or index, those of single columns too. */
  readonly uniques: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKeyFacts[];
}

/** A column, by the key that programs name it with. */
export interface ColumnFacts {
  readonly key: string;
  readonly name: string;
  /** The type in SQL. */
  readonly type: string;
  /** The type in programs: `number`, `string`, `date` and so on. */
  readonly dataType: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  readonly generated: boolean;
}

export interface ForeignKeyFacts {
  readonly columns: readonly string[];
  /** The key of the table that it leads to, and its columns there. */
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete?: string;
}

/** A column of a table; null stands where a declaration named a column that does not exist. */
export type ColumnPlace = { readonly table: string; readonly column: string } | null;

/** A relation of a table, whichever way it was declared. */
export interface RelationFacts {
  readonly api: "relations" | "defineRelations";
  readonly name: string;
  readonly kind: "one" | "many";
  readonly table: string;
  readonly target: string;
  /** Whether it names its columns itself; those of the reverse side hold otherwise. */
  readonly own: boolean;
  /** The columns of its table, and those of the target that equal them. */
  readonly fields: readonly ColumnPlace[];
  readonly references: readonly ColumnPlace[];
  /** The junction, and its columns that equal `fields` and `references`. */
  readonly through?: {
    readonly table: string;
    readonly fields: readonly string[];
    readonly references: readonly string[];
  };
  /** Whether there may be no row. */
  readonly optional: boolean;
  /** Whether only those rows belong to it that fulfil a condition. */
  readonly filtered: boolean;
  /** Why it has no columns: `missing` without a reverse side, `ambiguous` with several. */
  readonly broken?: "missing" | "ambiguous";
}

export const tableOf = ({ tables }: SchemaFacts, key: string): TableFacts | undefined =>
  tables.find((table) => table.key === key);

export const columnOf = (table: TableFacts | undefined, key: string): ColumnFacts | undefined =>
  table?.columns.find((column) => column.key === key);

/** Whether no two rows can have the same values in these columns. */
export function isKey(table: TableFacts, columns: readonly string[]): boolean {
  const within = (key: readonly string[]): boolean =>
    key.length > 0 && key.every((column) => columns.includes(column));
  return within(table.primaryKey) || table.uniques.some(within);
}

/** The foreign key of a table that leads from these columns to those of another. */
export function foreignKeyOf(
  table: TableFacts,
  columns: readonly string[],
  target: string,
  references: readonly string[],
): ForeignKeyFacts | undefined {
  const pairs = (from: readonly string[], to: readonly string[]): string =>
    JSON.stringify(from.map((column, index) => [column, to[index]]).sort());
  return table.foreignKeys.find(
    (key) =>
      key.table === target && pairs(key.columns, key.references) === pairs(columns, references),
  );
}
