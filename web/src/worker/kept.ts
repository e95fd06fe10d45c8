import type { Client } from "virga";
import type { Kept, TableCount } from "../protocol.js";

/** The database as bytes, with what is in its tables. */
export function keep(client: Client): Kept {
  return { bytes: client.export(), tables: countRows(client) };
}

function countRows(client: Client): TableCount[] {
  const tables = client.prepare(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name",
  );
  return tables.all().map((found) => {
    const name = String(found["name"]);
    const table = `"${name.replaceAll('"', '""')}"`;
    const rows = Number(client.prepare(`select count(*) as n from ${table}`).get()?.["n"]);
    const first = client.prepare(`select * from ${table} limit 3`).all();
    return { name, rows, sample: first.map(line) };
  });
}

const line = (row: object): string =>
  Object.entries(row)
    .map(([key, value]) => `${key} ${show(value)}`)
    .join(" · ");

const show = (value: unknown): string =>
  value instanceof Uint8Array ? `${value.length} bytes` : String(value);
