// Runs one case on one side, and prints what came out so that equal prints mean equal results.
import buffer from "node:buffer";
import { inspect } from "node:util";
import { openPeer } from "./sides.mjs";

buffer.INSPECT_MAX_BYTES = Infinity;

/** Values with their types and the order of their keys: dates, bigints, -0, buffers, undefined. */
export function print(value, breakLength = 100) {
  const everything = { depth: Infinity, maxArrayLength: null, maxStringLength: null };
  return inspect(value, { ...everything, breakLength, compact: 3 });
}

/** The rows of every table as SQLite has them, read from the bytes of the database. */
function contents(side, client) {
  const copy = openPeer(side.content(client));
  try {
    const named = "select name from sqlite_master where type = 'table' order by name";
    const tables = copy.prepare(named).pluck().all();
    const read = (name) => copy.prepare(`select * from "${name}"`).safeIntegers().raw().all();
    const rows = (name) => read(name).map((row) => print(row, Infinity));
    return Object.fromEntries(tables.map((name) => [name, rows(name)]));
  } finally {
    copy.close();
  }
}

const asItIs = (query) => query;

/**
 * Opens a new database with the schema's tables and rows and runs the case in it.
 * `side.result`, if there is one, runs the query that the case gives.
 * Gives the result or the error, and with `writes` also what the tables hold afterwards.
 */
export async function runCase(side, schema, run, { writes = false, config = {} } = {}) {
  const client = side.open();
  try {
    client.exec(schema.ddl);
    const s = schema.define(side);
    const db = side.drizzle({ client, ...(schema.config?.(side, s) ?? {}), ...config });
    const { result = asItIs } = side;
    const outcome = await attempt(() => result(run({ db, s, ...side })));
    if (writes) outcome.contents = contents(side, client);
    return outcome;
  } finally {
    client.close();
  }
}

async function attempt(work) {
  try {
    return { result: await work() };
  } catch (error) {
    return { error };
  }
}
