/**
 * Migrations: made of a schema, run in databases, undone, checked. Stands in the place of
 * `drizzle-orm/migrator`, and of the migrators of `better-sqlite3` and `sql-js`.
 *
 * @module virga/migrator
 */
export { generate, type Generated, type GenerateOptions } from "./migrate/generate.js";
export {
  migrate,
  readMigrationFiles,
  undo,
  type MigrationConfig,
  type MigrationMeta,
} from "./migrate/migrate.js";
export { readMigrationsFolder } from "./migrate/disk.js";
export type {
  Folder,
  FolderFormat,
  Journal,
  JournalEntry,
  MigrationBundle,
} from "./migrate/folder.js";
export type { MigrateResult } from "./migrate/run.js";
export type { Prefix } from "./migrate/write.js";
export { defineConfig, type Config } from "./migrate/config.js";
export { check, type CheckResult, type Issue, type IssueKind } from "./migrate/check.js";
export { postgresStatements, type PostgresOptions } from "./migrate/postgres.js";
export { defaultTable } from "./migrate/bookkeeping.js";
