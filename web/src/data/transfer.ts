import Papa from "papaparse";
import { sql } from "virga";
import type { DataBase } from "./database.js";
import type { Cell, ExportedFile, Format, Progress } from "./protocol.js";

/** Told how far work has come; it waits, so that a wish to cancel can be heard, which it throws. */
export type Step = (progress: Progress) => Promise<void>;

const chunk = 500;

/**
 * Takes the rows of a file into a table; a table of the file's name is made when there is none.
 *
 * @returns the table's name, or nothing for SQL, which says itself where rows go
 */
export async function importText(
  database: DataBase,
  name: string,
  text: string,
  step: Step,
): Promise<string | undefined> {
  if (/\.sql$/i.test(name)) {
    await database.atOnce(async () => database.client.exec(withoutTransaction(text)));
    return undefined;
  }
  const table = name.replace(/\.\w+$/, "");
  const rows = /\.json$/i.test(name) ? jsonRows(text) : csvRows(text);
  await database.atOnce(() => insertAll(database, table, rows, step));
  return table;
}

/** A dump brings its own transaction; here it is a part of one. */
const withoutTransaction = (text: string): string =>
  text.replace(/^\s*(?:begin(?:\s+transaction)?|commit|end(?:\s+transaction)?)\s*;\s*$/gim, "");

type ImportedRow = Readonly<Record<string, Cell>>;

function jsonRows(text: string): readonly ImportedRow[] {
  const parsed: unknown = JSON.parse(text);
  const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  return list.map((item, index) => {
    if (typeof item !== "object" || item === null || Array.isArray(item))
      throw new Error(`Item ${index + 1} of the file is no object.`);
    return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, cellOf(value)]));
  });
}

function cellOf(value: unknown): Cell {
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return (value ?? null) as Cell;
}

/** The first line names the columns. An empty field is null; numbers are numbers unless zeros lead them. */
function csvRows(text: string): readonly ImportedRow[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: true,
  });
  const [error] = errors.filter(({ code }) => code !== "UndetectableDelimiter");
  if (error) throw new Error(`Line ${(error.row ?? 0) + 2}: ${error.message}`);
  return data.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, csvCell(value)])),
  );
}

function csvCell(text: string): Cell {
  if (text === "") return null;
  const number = Number(text);
  return String(number) === text ? number : text;
}

async function insertAll(
  database: DataBase,
  table: string,
  rows: readonly ImportedRow[],
  step: Step,
): Promise<void> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const known = (await database.tables()).some(({ name }) => name === table);
  if (!known) createTable(database, table, columns, rows);
  const list = sql.join(
    columns.map((name) => sql.identifier(name)),
    sql`, `,
  );
  const size = Math.max(1, Math.min(chunk, Math.floor(30_000 / Math.max(1, columns.length))));
  for (let from = 0; from < rows.length; from += size) {
    const values = rows.slice(from, from + size).map((row) => {
      const cells = columns.map((name) => sql`${row[name] ?? null}`);
      return sql`(${sql.join(cells, sql`, `)})`;
    });
    const into = sql`insert into ${sql.identifier(table)} (${list})`;
    database.run(sql`${into} values ${sql.join(values, sql`, `)}`);
    await step({ done: Math.min(from + size, rows.length), total: rows.length });
  }
}

function createTable(
  database: DataBase,
  table: string,
  columns: readonly string[],
  rows: readonly ImportedRow[],
): void {
  if (columns.length === 0) throw new Error("The file has no columns.");
  const parts = columns.map((name) => {
    const type = typeOf(rows.map((row) => row[name] ?? null));
    return sql`${sql.identifier(name)} ${sql.raw(type)}`;
  });
  database.run(sql`create table ${sql.identifier(table)} (${sql.join(parts, sql`, `)})`);
}

function typeOf(values: readonly Cell[]): string {
  const there = values.filter((value) => value !== null);
  if (there.some((value) => typeof value === "string")) return "text";
  return there.every((value) => Number.isInteger(value)) ? "integer" : "real";
}

/** A table as a file, or with "sqlite" and "sql" the whole database. */
export async function exportFile(
  database: DataBase,
  format: Format,
  table: string,
): Promise<ExportedFile> {
  if (format === "sqlite")
    return { name: "virga.sqlite", bytes: new Uint8Array(database.client.export()) };
  if (format === "sql") return file("virga.sql", await dump(database));
  const rows = database.all(sql`select * from ${sql.identifier(table)}`);
  if (format === "json")
    return file(`${table}.json`, `${JSON.stringify(rows.map(plain), null, 2)}\n`);
  return file(`${table}.csv`, `${Papa.unparse(rows.map(plain))}\r\n`);
}

const file = (name: string, text: string): ExportedFile => ({
  name,
  bytes: new TextEncoder().encode(text),
});

/** What JSON and CSV cannot say is text: big integers as digits, blobs as hexadecimal digits. */
const plain = (row: Record<string, Cell>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plainCell(value)]));

function plainCell(value: Cell): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array)
    return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return value;
}

/** The statements that make the database anew, rows included. */
async function dump(database: DataBase): Promise<string> {
  const made = database.all(
    sql`select name, type, sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\'`,
  );
  const of = (type: string): string[] =>
    made.filter((each) => each["type"] === type).map((each) => `${String(each["sql"])};`);
  const lines = ["PRAGMA foreign_keys=OFF;", "BEGIN TRANSACTION;", ...of("table")];
  for (const { name, view, columns } of await database.tables()) {
    if (view) continue;
    const stored = columns.filter(({ generated }) => !generated);
    const parts = stored.map((column) => sql`quote(${sql.identifier(column.name)})`);
    const values = sql.join(parts, sql` || ',' || `);
    const list = stored.map((column) => quoted(column.name)).join(", ");
    const rows = database.all(sql`select ${values} as v from ${sql.identifier(name)}`);
    for (const row of rows)
      lines.push(`INSERT INTO ${quoted(name)} (${list}) VALUES (${String(row["v"])});`);
  }
  lines.push(...of("index"), ...of("view"), ...of("trigger"), "COMMIT;");
  return `${lines.join("\n")}\n`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
