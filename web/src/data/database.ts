import { drizzle, introspect, open, schemaSource, sql, type Client, type SQL } from "virga";
import type {
  Cell,
  ColumnInfo,
  ColumnSummary,
  Cut,
  Filter,
  Page,
  Row,
  RowKey,
  Selection,
  TableInfo,
} from "./protocol.js";
import { summarize } from "./summary.js";

/** What is longer is shown cut. */
const longest = 2_000;

const names = ["rowid", "_rowid_", "oid"];

/** The database that the data pane shows and edits. */
export class DataBase {
  readonly client: Client;
  readonly #db: ReturnType<typeof drizzle>;
  #tables: readonly TableInfo[] = [];

  private constructor(client: Client) {
    this.client = client;
    this.#db = drizzle(client);
  }

  static async open(bytes?: Uint8Array): Promise<DataBase> {
    return new DataBase(await open(":memory:", bytes && { bytes }));
  }

  /** All rows of a query. */
  all(query: SQL): Record<string, Cell>[] {
    return this.#db.all<Record<string, Cell>>(query);
  }

  run(query: SQL): void {
    this.#db.run(query);
  }

  /** A schema.ts of the tables and views. */
  async source(): Promise<string> {
    return schemaSource(await introspect(this.client));
  }

  /** The tables and views with their columns and how many rows they hold. */
  async tables(): Promise<readonly TableInfo[]> {
    const { schema } = await introspect(this.client);
    this.#tables = schema.tables.map((table): TableInfo => {
      const keys = new Set(table.primaryKey?.columns);
      const columns = table.columns.map((column): ColumnInfo => {
        const foreign = table.foreignKeys?.find(({ columns: [only] }) => only === column.name);
        const [to] = foreign?.references ?? [];
        return {
          name: column.name,
          type: column.type,
          notNull: column.notNull === true,
          primaryKey: column.primaryKey === true || keys.has(column.name),
          generated: column.generated !== undefined,
          hasDefault: column.default !== undefined,
          ...(foreign && to !== undefined && { references: { table: foreign.table, column: to } }),
        };
      });
      const counted = this.all(sql`select count(*) as n from ${sql.identifier(table.name)}`);
      const rows = Number(counted[0]?.["n"]);
      return { name: table.name, view: table.view !== undefined, rows, columns };
    });
    return this.#tables;
  }

  /** A page of the rows of a table. */
  page({ table: name, filter, sort, limit, offset }: Selection): Page {
    const table = this.#table(name);
    const where = filter ? sql` where ${condition(filter)}` : sql``;
    const key = this.#key(table);
    const order = sort
      ? sql` order by ${sql.identifier(sort.column)}${sort.descending ? sql` desc` : sql``}`
      : sql``;
    const parts = [...key.map((part) => sql.identifier(part)), ...table.columns.flatMap(shortened)];
    const named = parts.map((part, index) => sql`${part} as ${sql.identifier(`c${index}`)}`);
    const from = sql`from ${sql.identifier(name)}${where}`;
    const found = this.all(
      sql`select ${sql.join(named, sql`, `)} ${from}${order} limit ${limit} offset ${offset}`,
    );
    const [counted] = this.all(sql`select count(*) as n ${from}`);
    const rows = found.map((row): Row => {
      const values = Object.values(row);
      return { key: values.slice(0, key.length), cells: cellsOf(values.slice(key.length)) };
    });
    return { rows, total: Number(counted?.["n"]) };
  }

  /** What the values of the columns of a table are like. */
  summary(name: string, filter: Filter | undefined): readonly ColumnSummary[] {
    const where = filter ? sql` where ${condition(filter)}` : sql``;
    const from = sql`from ${sql.identifier(name)}${where}`;
    return this.#table(name).columns.map((column) =>
      summarize(column, from, (query) => this.all(query)),
    );
  }

  /** Changes one value of a row. */
  update(table: string, key: RowKey, column: string, value: Cell): void {
    const where = this.#where(table, key);
    const set = sql`${sql.identifier(column)} = ${value}`;
    this.run(sql`update ${sql.identifier(table)} set ${set} where ${where}`);
  }

  /** Adds a row; columns that are not given get their defaults. */
  insert(table: string, values: Readonly<Record<string, Cell>>): void {
    const columns = Object.keys(values).map((name) => sql.identifier(name));
    const row = Object.values(values).map((value) => sql`${value}`);
    const what =
      columns.length === 0
        ? sql`default values`
        : sql`(${sql.join(columns, sql`, `)}) values (${sql.join(row, sql`, `)})`;
    this.run(sql`insert into ${sql.identifier(table)} ${what}`);
  }

  /** Deletes rows: all of them or none. */
  async remove(table: string, keys: readonly RowKey[]): Promise<void> {
    await this.atOnce(async () => {
      for (const key of keys) {
        const where = this.#where(table, key);
        this.run(sql`delete from ${sql.identifier(table)} where ${where}`);
      }
    });
  }

  /** The whole of a value that was shown cut. */
  whole(table: string, key: RowKey, column: string): Cell {
    const where = this.#where(table, key);
    const from = sql`from ${sql.identifier(table)} where ${where}`;
    const [row] = this.all(sql`select ${sql.identifier(column)} as v ${from}`);
    return row?.["v"] ?? null;
  }

  /** Does all of `work`, or nothing of it. */
  async atOnce<T>(work: () => Promise<T>): Promise<T> {
    this.client.exec("begin");
    try {
      const result = await work();
      this.client.exec("commit");
      return result;
    } catch (error) {
      this.client.exec("rollback");
      throw error;
    }
  }

  #table(name: string): TableInfo {
    const table = this.#tables.find((each) => each.name === name);
    if (!table) throw new Error(`There is no table ${name} any more.`);
    return table;
  }

  /** The columns that tell rows apart: none for a view. */
  #key({ name, view, columns }: TableInfo): readonly string[] {
    if (view) return [];
    const taken = new Set(columns.map((column) => column.name.toLowerCase()));
    const free = names.find((each) => !taken.has(each));
    const [info] = this.all(
      sql`select wr from pragma_table_list where schema = 'main' and name = ${name}`,
    );
    if (free !== undefined && info?.["wr"] === 0) return [free];
    return columns.filter((column) => column.primaryKey).map((column) => column.name);
  }

  #where(table: string, key: RowKey): SQL {
    const columns = this.#key(this.#table(table));
    const parts = columns.map((name, at) => sql`${sql.identifier(name)} is ${key[at] ?? null}`);
    return sql.join(parts, sql` and `);
  }
}

/** A column, cut where it is long, and its length then. */
function shortened({ name }: ColumnInfo): readonly SQL[] {
  const column = sql.identifier(name);
  const long = sql`length(${column}) > ${longest}`;
  return [
    sql`case when ${long} then substr(cast(${column} as text), 1, 200) else ${column} end`,
    sql`case when ${long} then length(${column}) end`,
  ];
}

/** The cells of a row, of which each comes with the length that it was cut from. */
function cellsOf(values: readonly Cell[]): (Cell | Cut)[] {
  const cells: (Cell | Cut)[] = [];
  for (let at = 0; at < values.length; at += 2) {
    const [value = null, length] = values.slice(at, at + 2);
    cells.push(typeof length === "number" ? { cut: String(value), length } : value);
  }
  return cells;
}

function condition({ column, operator, value }: Filter): SQL {
  const name = sql.identifier(column);
  if (operator === "is null" || operator === "is not null")
    return sql`${name} ${sql.raw(operator)}`;
  if (operator === "contains") return sql`instr(lower(${name}), lower(${value})) > 0`;
  const typed = value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
  // A number that is compared with a text column is a text there, as SQLite's affinities have it.
  return sql`${name} ${sql.raw(operator)} ${typed}`;
}
