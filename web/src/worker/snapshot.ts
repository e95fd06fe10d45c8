import type { Client } from "virga";
import type { RowChange, TableChange } from "../protocol.js";
import { inspect } from "./inspect.js";

/** Tables with more rows are counted, not compared. */
const mostRows = 1_000;
const mostChanges = 100;

type Cell = string | number | bigint | Uint8Array | null;
type Cells = readonly Cell[];

interface Table {
  readonly columns: readonly string[];
  readonly count: number;
  /** By their keys; none of a table that is too large. */
  readonly rows: ReadonlyMap<string, Cells> | undefined;
}

/** The rows of all tables of a database, as its connection saw them at a moment. */
export interface Snapshot {
  /** What `total_changes()` was. */
  readonly changes: number;
  readonly tables: ReadonlyMap<string, Table>;
}

/** Reads all tables, in the middle of a transaction, too. */
export function takeSnapshot(client: Client): Snapshot {
  const columns = client.peek(allColumns) as unknown as readonly Column[];
  const tables = new Map<string, Table>();
  for (const name of new Set(columns.map(({ table }) => table))) {
    const own = columns.filter(({ table }) => table === name);
    tables.set(name, readTable(client, name, own));
  }
  return { changes: changesOf(client), tables };
}

/** How many rows have been changed since the connection was opened; a rollback does not undo that. */
export function changesOf(client: Client): number {
  return Number(client.peek("select total_changes() as n")[0]?.["n"]);
}

/** What became of the rows from one moment to another. */
export function compareSnapshots(before: Snapshot, after: Snapshot): TableChange[] {
  const names = new Set([...before.tables.keys(), ...after.tables.keys()]);
  return [...names].flatMap((table): TableChange[] => {
    const then = before.tables.get(table);
    const now = after.tables.get(table);
    const counts = { before: then?.count ?? 0, after: now?.count ?? 0 };
    const columns = (now ?? then)?.columns ?? [];
    if ((then && !then.rows) || (now && !now.rows)) {
      return counts.before === counts.after
        ? []
        : [{ table, columns, ...counts, rows: [], more: 0, compared: false }];
    }
    const all = compareRows(then?.rows ?? new Map(), now?.rows ?? new Map());
    const rows = all.slice(0, mostChanges);
    if (rows.length === 0) return [];
    return [{ table, columns, ...counts, rows, more: all.length - rows.length, compared: true }];
  });
}

interface Column {
  readonly table: string;
  /** Whether the table has no rowid. */
  readonly wr: number;
  readonly name: string;
  /** The place in the primary key, from 1. */
  readonly pk: number;
}

const allColumns = `select t.name as "table", t.wr, c.name, c.pk
  from pragma_table_list as t, pragma_table_xinfo(t.name) as c
  where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite!_%' escape '!' and c.hidden <> 1
  order by t.name, c.cid`;

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function readTable(client: Client, table: string, columns: readonly Column[]): Table {
  const names = columns.map(({ name }) => name);
  const [counted] = client.peek(`select count(*) as n from ${quote(table)}`);
  const count = Number(counted?.["n"]);
  if (count > mostRows) return { columns: names, count, rows: undefined };
  const keys = keyOf(columns);
  const selected = [...keys, ...names].map((name, at) => `${quote(name)} as c${at}`);
  const read = client.peek(`select ${selected.join(", ")} from ${quote(table)}`);
  const rows = new Map(
    read.map((row) => {
      const cells = Object.values(row) as Cell[];
      return [cells.slice(0, keys.length).map(textOf).join("\0"), cells.slice(keys.length)];
    }),
  );
  return { columns: names, count, rows };
}

/** The rowid by a name that no column has, or the primary key. */
function keyOf(columns: readonly Column[]): readonly string[] {
  const key = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
  if (columns[0]?.wr === 1) return key;
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  const rowid = ["rowid", "_rowid_", "oid"].find((name) => !taken.has(name));
  return rowid === undefined ? key : [rowid];
}

function textOf(cell: Cell): string {
  return cell instanceof Uint8Array ? `x${cell.join()}` : `${typeof cell} ${cell}`;
}

function compareRows(
  before: ReadonlyMap<string, Cells>,
  after: ReadonlyMap<string, Cells>,
): RowChange[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const then = before.get(key);
    const now = after.get(key);
    if (then && now && then.every((cell, at) => textOf(cell) === textOf(now[at] ?? null)))
      return [];
    return [
      {
        key,
        ...(then && { before: then.map(inspect) }),
        ...(now && { after: now.map(inspect) }),
      },
    ];
  });
}
