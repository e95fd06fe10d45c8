import { VirgaError } from "../base/error.js";
import type { Client } from "../engine/client.js";
import type { Session } from "../query/session.js";
import { readMigrationsFolder } from "./disk.js";
import {
  readFolder,
  statementsOf,
  type Folder,
  type MigrationBundle,
  type Migrations,
} from "./folder.js";
import { markFirst, runPending, undoLast, type MigrateResult } from "./run.js";

/** Where migrations are, and where what has run is remembered. */
export interface MigrationConfig {
  /** The folder on the disk, in Node, Bun and Deno. */
  readonly migrationsFolder?: string;
  /** The files of a folder, as bundlers collect them, or the `migrations.js` of drizzle-kit. */
  readonly migrations?: Folder | MigrationBundle;
  /** The table of what has run: `__drizzle_migrations` when nothing is said. */
  readonly migrationsTable?: string;
  /** Remembers the one migration of the folder without running it: the database has what it makes. */
  readonly init?: boolean;
}

/** A database, also one of another driver's module. */
interface AnyDatabase {
  readonly _: { readonly session: Session };
}

/**
 * Runs the migrations of a folder that have not run in this database, as Drizzle's migrators do: the same folders,
 * the same table, the same hashes. Rebuilds of drizzle-kit lose no rows, triggers or counters here.
 *
 * @param db a database, outside of a transaction
 * @param config the folder, or its files
 * @returns the names of the migrations that ran
 * @throws `invalid_migrations` for a folder that cannot be read; `transaction` inside of one;
 *   `constraint_foreign_key` when rows would refer to nothing; the errors of the statements. What fails leaves
 *   nothing behind.
 */
export function migrate(db: AnyDatabase, config: MigrationConfig): MigrateResult {
  const run = config.init ? markFirst : runPending;
  return run(clientOf(db), migrationsOf(config), config.migrationsTable);
}

/**
 * Undoes the migration that ran last, with the file that was generated beside it.
 *
 * @param db a database, outside of a transaction
 * @param config the folder, or its files
 * @returns its name; undefined when none has run
 * @throws `invalid_migrations` when it is not in the folder or has no such file; as `migrate`
 */
export function undo(db: AnyDatabase, config: MigrationConfig): string | undefined {
  return undoLast(clientOf(db), migrationsOf(config), config.migrationsTable);
}

/** A migration as drizzle-orm's `readMigrationFiles` gives it. */
export interface MigrationMeta {
  /** The statements. */
  readonly sql: string[];
  /** Whether marks part them. */
  readonly bps: boolean;
  /** When it was generated. */
  readonly folderMillis: number;
  /** The SHA-256 of its file. */
  readonly hash: string;
  /** Its tag, or the name of its folder. */
  readonly name: string;
}

/** The migrations of a folder, in the form of `drizzle-orm/migrator`. */
export function readMigrationFiles(config: MigrationConfig): MigrationMeta[] {
  return migrationsOf(config).files.map(({ name, sql, hash, when }) => ({
    sql: [...statementsOf(sql)],
    bps: true,
    folderMillis: when,
    hash,
    name,
  }));
}

function migrationsOf({ migrationsFolder, migrations }: MigrationConfig): Migrations {
  if (migrations) return readFolder(migrations);
  if (migrationsFolder !== undefined) return readFolder(readMigrationsFolder(migrationsFolder));
  throw new VirgaError({
    code: "invalid_migrations",
    message: "Migrations come from a folder (migrationsFolder) or from its files (migrations).",
  });
}

function clientOf({ _: { session } }: AnyDatabase): Client {
  const { client } = session;
  if (session.queue === client.queue) return client;
  throw new VirgaError({
    code: "transaction",
    message: "Migrations run in transactions of their own; here one is in progress.",
    hint: "migrate() takes the database, not the tx of a transaction.",
  });
}
