import { VirgaError } from "../base/error.js";
import type { Client } from "../engine/client.js";
import { Bookkeeping, type AppliedMigration } from "./bookkeeping.js";
import type { MigrationFile, Migrations } from "./folder.js";
import { runStatements, turnsForeignKeysOff } from "./rebuild.js";

/** What a run of migrations did. */
export interface MigrateResult {
  /** The names of the migrations that ran. */
  readonly applied: readonly string[];
  /** Why `init` did nothing: migrations ran already, or the folder has more than one. */
  readonly exitCode?: "databaseMigrations" | "localMigrations";
}

/**
 * Runs the migrations that have not run. Neighbours share a transaction, unless one has foreign keys off,
 * as rebuilds have, and the other on. What fails leaves nothing of its transaction behind.
 *
 * @throws `transaction` inside of one; `constraint_foreign_key` when rows would refer to nothing;
 *   the errors of the statements
 */
export function runPending(
  client: Client,
  { format = "folders", files }: Migrations,
  table?: string,
): MigrateResult {
  requireNoTransaction(client);
  const bookkeeping = new Bookkeeping(client, table);
  client.transaction(() => bookkeeping.prepare(format, files));
  const pending = bookkeeping.pending(format, files);
  for (const group of groups(pending)) {
    inTransaction(client, !turnsForeignKeysOff(group[0]!.sql), () => {
      for (const migration of group) {
        named(migration.name, () => runStatements(client, migration));
        bookkeeping.add(migration);
      }
    });
  }
  return { applied: pending.map(({ name }) => name) };
}

/** Remembers the first migration as one that has run: for a database from which it was made. */
export function markFirst(
  client: Client,
  { format = "folders", files }: Migrations,
  table?: string,
): MigrateResult {
  requireNoTransaction(client);
  const bookkeeping = new Bookkeeping(client, table);
  if (bookkeeping.applied().length > 0) return { applied: [], exitCode: "databaseMigrations" };
  if (files.length > 1) return { applied: [], exitCode: "localMigrations" };
  client.transaction(() => {
    bookkeeping.prepare(format, files);
    for (const migration of files) bookkeeping.add(migration);
  });
  return { applied: [] };
}

/**
 * Undoes the migration that ran last.
 *
 * @returns its name; undefined when none has run
 * @throws `invalid_migrations` when it has no down file; as `runPending`
 */
export function undoLast(
  client: Client,
  { files }: Migrations,
  table?: string,
): string | undefined {
  requireNoTransaction(client);
  const bookkeeping = new Bookkeeping(client, table);
  const last = bookkeeping.applied().at(-1);
  if (!last) return undefined;
  const file = fileOf(last, files);
  const { down } = file;
  if (down === undefined) throw withoutDown(file.name);
  inTransaction(client, !turnsForeignKeysOff(down), () => {
    named(file.name, () => runStatements(client, { sql: down }));
    bookkeeping.remove(last);
  });
  return file.name;
}

/** The file of a migration that has run. */
export function fileOf(applied: AppliedMigration, files: readonly MigrationFile[]): MigrationFile {
  const found =
    files.find(({ name }) => name === applied.name) ??
    files.find(({ hash, when }) => hash === applied.hash && when === applied.when);
  if (found) return found;
  const name = applied.name ?? new Date(applied.when).toISOString();
  throw new VirgaError({
    code: "invalid_migrations",
    message: `The migration that ran last is not in the folder as it ran: ${name}.`,
  });
}

/** Migrations that can share a transaction: foreign keys cannot be turned inside of one. */
function groups(pending: readonly MigrationFile[]): MigrationFile[][] {
  const all: MigrationFile[][] = [];
  for (const migration of pending) {
    const last = all.at(-1);
    const off = turnsForeignKeysOff(migration.sql);
    if (last && turnsForeignKeysOff(last[0]!.sql) === off) last.push(migration);
    else all.push([migration]);
  }
  return all;
}

/** Where SQLite would ignore the pragma that a migration counts on, and delete rows by cascade. */
function inTransaction(client: Client, foreignKeys: boolean, work: () => void): void {
  const { foreign_keys: setting } = client.prepare("PRAGMA foreign_keys").get()!;
  const change = !foreignKeys && Number(setting) === 1;
  const before = change ? dangling(client) : undefined;
  if (change) client.exec("PRAGMA foreign_keys = OFF");
  try {
    client.transaction(() => {
      work();
      if (before) requireReferences(before, dangling(client));
    });
  } finally {
    if (change) client.exec("PRAGMA foreign_keys = ON");
  }
}

/** How many rows refer to nothing, by their table and the one that they refer to. */
function dangling(client: Client): ReadonlyMap<string, number> {
  const rows = client
    .prepare(
      `SELECT format('"%s" that refer to "%s"', "table", parent) AS what, count(*) AS rows
        FROM pragma_foreign_key_check GROUP BY 1`,
    )
    .all();
  return new Map(rows.map(({ what, rows: count }) => [String(what), Number(count)]));
}

function requireReferences(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): void {
  for (const [what, count] of after) {
    const more = count - (before.get(what) ?? 0);
    if (more <= 0) continue;
    throw new VirgaError({
      code: "constraint_foreign_key",
      message: `After the migration, ${more} more ${more === 1 ? "row" : "rows"} of ${what} would have no such row.`,
      hint: "A migration that turns foreign keys off keeps the rows that others refer to.",
    });
  }
}

function requireNoTransaction(client: Client): void {
  try {
    client.exec("BEGIN; ROLLBACK");
  } catch (error) {
    throw new VirgaError(
      {
        code: "transaction",
        message: "Migrations run in transactions of their own; here one is in progress.",
        hint: "Foreign keys cannot be turned off inside of a transaction, and rebuilding a table needs that.",
      },
      error,
    );
  }
}

/** Says which migration failed. */
function named(name: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof VirgaError)) throw error;
    const message = `Migration "${name}" failed: ${error.message}`;
    throw new VirgaError({ ...error, code: error.code, message }, error);
  }
}

function withoutDown(name: string): VirgaError {
  return new VirgaError({
    code: "invalid_migrations",
    message: `Migration "${name}" has no file that undoes it.`,
    hint: "In a folder of its own that is down.sql, beside a journal NAME.down.sql.",
  });
}
