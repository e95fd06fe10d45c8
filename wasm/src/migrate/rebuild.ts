import type { Client } from "../engine/client.js";
import { statementsOf, type MigrationFile } from "./folder.js";

/** What drizzle-kit calls the new table of a rebuild, where it gets the name of the old one. */
const rename = /ALTER\s+TABLE\s+[`"]?__new_(.+?)[`"]?\s+RENAME\s+TO\s+[`"]?\1[`"]?\s*(?:;|$)/gi;

/** Whether a migration has foreign keys off: it drops tables that others refer to, and makes them anew. */
export const turnsForeignKeysOff = (sql: string): boolean =>
  /^\s*PRAGMA\s+foreign_keys\s*=\s*(?:OFF|0|false|no)\b/im.test(sql);

interface Dependents {
  readonly triggers: ReadonlyMap<string, { readonly table: string; readonly sql: string }>;
  /** The highest keys that AUTOINCREMENT gave, by table. */
  readonly sequences: ReadonlyMap<string, number | bigint>;
}

/**
 * Runs the statements of a migration. Where it rebuilds tables as drizzle-kit does, what that procedure loses
 * is carried: triggers, and the counters of AUTOINCREMENT. Views on the table do not stop it.
 */
export function runStatements(client: Client, { sql }: Pick<MigrationFile, "sql">): void {
  const rebuilt = [...sql.matchAll(rename)].map(([, table]) => table!.toLowerCase());
  const before = rebuilt.length > 0 ? dependents(client) : undefined;
  for (const statement of statementsOf(sql)) {
    // With the newer behaviour a view that reads the table stops its rename; there are no
    // references to the new table that would have to be renamed with it.
    const legacy = rename.test(statement);
    rename.lastIndex = 0;
    if (legacy) client.exec("PRAGMA legacy_alter_table = ON");
    try {
      client.exec(statement);
    } finally {
      if (legacy) client.exec("PRAGMA legacy_alter_table = OFF");
    }
  }
  if (before) restore(client, before, rebuilt, sql);
}

function dependents(client: Client): Dependents {
  const triggers = client
    .prepare("SELECT name, tbl_name AS 'table', sql FROM sqlite_schema WHERE type = 'trigger'")
    .all() as unknown as { name: string; table: string; sql: string }[];
  const counted = client
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'")
    .get();
  const sequences = counted
    ? (client.prepare("SELECT name, seq FROM sqlite_sequence").all() as unknown as {
        name: string;
        seq: number | bigint;
      }[])
    : [];
  return {
    triggers: new Map(triggers.map((trigger) => [trigger.name, trigger])),
    sequences: new Map(sequences.map(({ name, seq }) => [name.toLowerCase(), seq])),
  };
}

/** Brings back what was lost without being dropped by name. */
function restore(
  client: Client,
  before: Dependents,
  rebuilt: readonly string[],
  sql: string,
): void {
  const after = dependents(client);
  for (const [name, trigger] of before.triggers) {
    const dropped = new RegExp(`DROP\\s+TRIGGER[^;]*\\b${escaped(name)}\\b`, "i").test(sql);
    const lost = rebuilt.includes(trigger.table.toLowerCase()) && !after.triggers.has(name);
    if (lost && !dropped) client.exec(trigger.sql);
  }
  for (const table of rebuilt) {
    const seq = before.sequences.get(table);
    if (seq === undefined) continue;
    const now = after.sequences.get(table);
    if (now === undefined) insertSequence(client, table, seq);
    else if (now < seq)
      client.prepare("UPDATE sqlite_sequence SET seq = ?1 WHERE lower(name) = ?2").run(seq, table);
  }
}

/** A table without rows has no counter yet; one that is no longer counted keeps none. */
function insertSequence(client: Client, table: string, seq: number | bigint): void {
  client
    .prepare(
      `INSERT INTO sqlite_sequence (name, seq) SELECT name, ?1 FROM sqlite_schema
        WHERE type = 'table' AND lower(name) = ?2 AND sql LIKE '%autoincrement%'`,
    )
    .run(seq, table);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
