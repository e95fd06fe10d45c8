import type { SqlValue } from "../ast/value.js";
import { VirgaError } from "../base/error.js";
import type { Client } from "../engine/client.js";
import { quoteName } from "../schema/inline.js";
import type { FolderFormat, MigrationFile } from "./folder.js";

/** Where Drizzle's migrators remember what has run. */
export const defaultTable = "__drizzle_migrations";

/** A migration that has run. */
export interface AppliedMigration {
  /** Where the table has it. */
  readonly rowid: number | bigint;
  readonly hash: string;
  /** When it was generated, in milliseconds. */
  readonly when: number;
  /** Tables of drizzle-orm before v1 have no names. */
  readonly name: string | null;
}

/** The table of what has run, in the two forms that Drizzle gives it. */
export class Bookkeeping {
  readonly #client: Client;
  readonly #name: string;
  readonly #table: string;

  constructor(client: Client, name = defaultTable) {
    this.#client = client;
    this.#name = name;
    this.#table = quoteName(name);
  }

  /** Creates the table in the form that goes with the folder; brings an older one to that of v1's folders. */
  prepare(format: FolderFormat, files: readonly MigrationFile[]): void {
    const columns = this.#columns();
    if (columns.length === 0) {
      const more = format === "folders" ? ", name text, applied_at TEXT" : "";
      const key = format === "folders" ? "INTEGER" : "SERIAL";
      this.#client.exec(
        `CREATE TABLE ${this.#table} (id ${key} PRIMARY KEY, hash text NOT NULL, created_at numeric${more})`,
      );
    } else if (format === "folders" && !columns.includes("name")) this.#upgrade(files);
  }

  /** What has run, in the order in which it did; nothing when there is no table. */
  applied(): readonly AppliedMigration[] {
    const columns = this.#columns();
    if (columns.length === 0) return [];
    const name = columns.includes("name") ? "name" : "null";
    return this.#rows(
      `SELECT rowid AS rowid, hash, created_at, ${name} AS name FROM ${this.#table} ORDER BY rowid`,
    ).map((row) => ({
      rowid: row["rowid"] as number | bigint,
      hash: String(row["hash"]),
      when: Number(row["created_at"]),
      name: row["name"] as string | null,
    }));
  }

  /**
   * The migrations that Drizzle's migrator would run: with a journal those later than the last that
   * ran, with folders those whose name is not there.
   */
  pending(format: FolderFormat, files: readonly MigrationFile[]): readonly MigrationFile[] {
    const applied = this.applied();
    if (format === "folders") {
      const names = new Set(applied.map(({ name }) => name));
      return files.filter(({ name }) => !names.has(name));
    }
    const last = Math.max(...applied.map(({ when }) => when));
    return files.filter(({ when }) => when > last);
  }

  /** Remembers a migration. */
  add({ hash, when, name }: MigrationFile): void {
    const values: Record<string, SqlValue> = { hash, created_at: when };
    if (this.#columns().includes("name"))
      Object.assign(values, { name, applied_at: new Date().toISOString() });
    const marks = Object.keys(values).map((_, index) => `?${index + 1}`);
    this.#client
      .prepare(
        `INSERT INTO ${this.#table} (${Object.keys(values).join(", ")}) VALUES (${marks.join(", ")})`,
      )
      .run(...Object.values(values));
  }

  /** Forgets a migration. */
  remove({ rowid }: AppliedMigration): void {
    this.#client.prepare(`DELETE FROM ${this.#table} WHERE rowid = ?1`).run(rowid);
  }

  /** Adds the columns of v1, and the names of what has run: by its second, else by its hash. */
  #upgrade(files: readonly MigrationFile[]): void {
    const named = this.applied().map((row) => ({ row, name: nameOf(row, files) }));
    const unknown = named.filter(({ name }) => name === undefined);
    if (unknown.length > 0) throw unknownMigrations(unknown.map(({ row }) => row));
    this.#client.exec(`ALTER TABLE ${this.#table} ADD COLUMN name text`);
    this.#client.exec(`ALTER TABLE ${this.#table} ADD COLUMN applied_at TEXT`);
    const update = this.#client.prepare(`UPDATE ${this.#table} SET name = ?1 WHERE rowid = ?2`);
    for (const { row, name } of named) update.run(name!, row.rowid);
  }

  #columns(): readonly string[] {
    return this.#rows("SELECT name FROM pragma_table_info(?1)", this.#name).map(({ name }) =>
      String(name),
    );
  }

  #rows(sql: string, ...values: readonly SqlValue[]): readonly Record<string, unknown>[] {
    return this.#client.prepare(sql).all(...values);
  }
}

/** Folders have seconds in their names where journals have milliseconds. */
function nameOf(row: AppliedMigration, files: readonly MigrationFile[]): string | undefined {
  const second = Math.floor(row.when / 1000);
  const same = files.filter(({ when }) => Math.floor(when / 1000) === second);
  if (same.length === 1) return same[0]!.name;
  return (same.length > 1 ? same : files).find(({ hash }) => hash === row.hash)?.name;
}

function unknownMigrations(rows: readonly AppliedMigration[]): VirgaError {
  const list = rows.map(({ when }) => new Date(when).toISOString()).join(", ");
  return new VirgaError({
    code: "invalid_migrations",
    message: `Migrations ran in this database that are not in the folder: those of ${list}.`,
    hint: "The table of migrations gets the names of its rows from the folder, which needs all of them.",
  });
}
