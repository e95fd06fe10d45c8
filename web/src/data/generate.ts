import { sql } from "virga";
import type { DataBase } from "./database.js";
import type { Cell, ColumnInfo, TableInfo } from "./protocol.js";
import type { Step } from "./transfer.js";
import { Random } from "./random.js";
import { wordsFor } from "./words.js";

export interface GenerateOptions {
  readonly tables: readonly string[];
  /** How many rows each table gets. */
  readonly rows: number;
  readonly seed: number;
}

/** How often another row is tried when one breaks a key, a unique or a check. */
const tries = 20;
const chunk = 200;

/**
 * Fills tables with rows that look real: by the names and types of columns; foreign keys lead to rows that are
 * there; keys, uniques and checks hold. The same seed gives the same rows.
 */
export async function generateRows(
  database: DataBase,
  { tables: wanted, rows, seed }: GenerateOptions,
  step: Step,
): Promise<void> {
  const all = await database.tables();
  const tables = parentsFirst(all.filter(({ name, view }) => !view && wanted.includes(name)));
  const random = new Random(seed);
  const total = tables.length * rows;
  let done = 0;
  await database.atOnce(async () => {
    for (const table of tables) {
      const source = rowSource(database, table, random);
      for (let row = 0; row < rows; row += 1) {
        insertOne(database, table, source);
        done += 1;
        if (done % chunk === 0 || done === total) await step({ done, total });
      }
    }
  });
}

type RowSource = (attempt: number) => Readonly<Record<string, Cell>>;

function insertOne(database: DataBase, table: TableInfo, next: RowSource): void {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return database.insert(table.name, next(attempt));
    } catch (error) {
      if (attempt < tries && isConstraint(error)) continue;
      throw error;
    }
  }
}

function isConstraint(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause)
    if ("constraint" in each && each.constraint) return true;
  return false;
}

/** Tables after those that their foreign keys lead to, as far as there is no circle. */
function parentsFirst(tables: readonly TableInfo[]): readonly TableInfo[] {
  const sorted: TableInfo[] = [];
  const visit = (table: TableInfo, path: readonly TableInfo[]): void => {
    if (sorted.includes(table) || path.includes(table)) return;
    for (const { references } of table.columns) {
      const parent = tables.find(({ name }) => name === references?.table);
      if (parent) visit(parent, [...path, table]);
    }
    sorted.push(table);
  };
  for (const table of tables) visit(table, []);
  return sorted;
}

function rowSource(database: DataBase, table: TableInfo, random: Random): RowSource {
  const makers = new Map<string, (attempt: number) => Cell | undefined>();
  for (const column of table.columns) {
    if (column.generated || isRowid(table, column)) continue;
    const parents = column.references && keysOf(database, column.references);
    makers.set(column.name, parents ? chooser(parents, column, random) : maker(column, random));
  }
  return (attempt) => {
    const made = [...makers].map(([name, make]) => [name, make(attempt)] as const);
    return Object.fromEntries(made.filter(([, value]) => value !== undefined)) as Record<
      string,
      Cell
    >;
  };
}

/** An integer that SQLite numbers by itself. */
const isRowid = ({ columns }: TableInfo, column: ColumnInfo): boolean =>
  column.primaryKey &&
  /^integer$/i.test(column.type) &&
  columns.filter(({ primaryKey }) => primaryKey).length === 1;

function keysOf(
  database: DataBase,
  { table, column }: { readonly table: string; readonly column: string },
): readonly Cell[] {
  const name = sql.identifier(column);
  const rows = database.all(
    sql`select distinct ${name} as v from ${sql.identifier(table)} where ${name} is not null`,
  );
  return rows.map((row) => row["v"] ?? null);
}

function chooser(parents: readonly Cell[], { notNull }: ColumnInfo, random: Random) {
  return (): Cell =>
    parents.length === 0 || (!notNull && random.chance(0.1)) ? null : random.of(parents);
}

/** Values of a column without a foreign key; undefined leaves it to the default. */
function maker(column: ColumnInfo, random: Random) {
  const make = wordsFor(column, random);
  return (attempt: number): Cell | undefined => {
    if (column.hasDefault && random.chance(0.5)) return undefined;
    if (!column.notNull && !column.primaryKey && random.chance(0.08)) return null;
    return make(attempt);
  };
}
