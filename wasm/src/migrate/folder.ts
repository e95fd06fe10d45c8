import { VirgaError } from "../base/error.js";
import { sha256 } from "./sha256.js";

/** The files of a migrations folder: their texts by their paths, as bundlers collect them. */
export type Folder = Readonly<Record<string, string>>;

/** What drizzle-kit writes into `migrations.js` for bundlers: with a journal up to 0.31, by name since v1. */
export interface MigrationBundle {
  /** The journal of 0.31, where `migrations` has the keys `m0000`, `m0001` and so on. */
  readonly journal?: Journal;
  /** The SQL of each migration. */
  readonly migrations: Folder;
}

/** The two forms of folders: one file for each migration with a journal, or one folder for each. */
export type FolderFormat = "journal" | "folders";

/** `meta/_journal.json` of drizzle-kit 0.2x and 0.3x. */
export interface Journal {
  /** Of the journal's form: "7". */
  readonly version: string;
  /** "sqlite". */
  readonly dialect: string;
  /** The migrations, in their order. */
  readonly entries: readonly JournalEntry[];
}

/** One migration in a journal. */
export interface JournalEntry {
  /** Its number, from 0. */
  readonly idx: number;
  /** Of the snapshot's form: "6". */
  readonly version: string;
  /** When it was generated, in milliseconds. Migrators run what is later than the last that ran. */
  readonly when: number;
  /** The name of its file, without `.sql`. */
  readonly tag: string;
  /** Whether a mark stands between its statements. */
  readonly breakpoints: boolean;
}

/** One migration of a folder. */
export interface MigrationFile {
  /** The tag of the journal, or the name of its own folder. */
  readonly name: string;
  /** When it was generated, in milliseconds. */
  readonly when: number;
  /** The text of the file. */
  readonly sql: string;
  /** What Drizzle remembers of it: the SHA-256 of the text. */
  readonly hash: string;
  /** The SQL that undoes it, when there is a file for that. */
  readonly down: string | undefined;
}

/** What a folder holds, in the order in which it runs. */
export interface Migrations {
  /** Undefined for an empty folder. */
  readonly format: FolderFormat | undefined;
  readonly files: readonly MigrationFile[];
}

export const journalPath = "meta/_journal.json";

/** The mark between two statements of a migration. */
export const breakpoint = "--> statement-breakpoint";

/** The statements of a migration, as far as marks part them. */
export const statementsOf = (sql: string): readonly string[] => sql.split(breakpoint);

/**
 * Reads a folder in either form, or what drizzle-kit bundled.
 *
 * @throws `invalid_migrations` for a journal that cannot be read, or that names a file which is not there
 */
export function readFolder(source: Folder | MigrationBundle): Migrations {
  if (isBundle(source)) return readBundle(source);
  const root = Object.keys(source).find((path) => isAt(path, journalPath));
  if (root !== undefined) return readJournal(source, root.slice(0, -journalPath.length));
  const files = Object.entries(source).flatMap(([path, sql]) => {
    const [, home, name] = /^(.*?)([^/]+)\/migration\.sql$/s.exec(path) ?? [];
    if (name === undefined) return [];
    return [file(name, millisecondsOf(name), sql, source[`${home}${name}/down.sql`])];
  });
  return { format: files.length > 0 ? "folders" : undefined, files: files.sort(byName) };
}

const isAt = (path: string, end: string): boolean => path === end || path.endsWith(`/${end}`);

const isBundle = (source: Folder | MigrationBundle): source is MigrationBundle =>
  typeof source["migrations"] === "object";

function readBundle({ journal, migrations }: MigrationBundle): Migrations {
  if (!journal) {
    const files = Object.entries(migrations).map(([name, sql]) =>
      file(name, millisecondsOf(name), sql),
    );
    return { format: "folders", files: files.sort(byName) };
  }
  const files = journal.entries.map(({ idx, tag, when }) => {
    const key = `m${String(idx).padStart(4, "0")}`;
    return file(tag, when, migrations[key] ?? missing(`The bundle has no migration "${key}".`));
  });
  return { format: "journal", files };
}

function readJournal(folder: Folder, root: string): Migrations {
  const files = parseJournal(folder[root + journalPath]!).entries.map(({ tag, when }) => {
    const sql = folder[`${root}${tag}.sql`];
    if (sql === undefined) missing(`The journal names "${tag}", but there is no file ${tag}.sql.`);
    return file(tag, when, sql!, folder[`${root}${tag}.down.sql`]);
  });
  return { format: "journal", files };
}

/** @throws `invalid_migrations` when the text is no journal */
export function parseJournal(text: string): Journal {
  try {
    const journal = JSON.parse(text) as Partial<Journal> | null;
    const whole = journal?.entries?.every(
      ({ tag, when }) => typeof tag === "string" && typeof when === "number",
    );
    if (whole) return journal as Journal;
  } catch {
    // The error below says what both cases have in common.
  }
  return missing(`${journalPath} is no journal of drizzle-kit: an object with "entries".`);
}

function file(name: string, when: number, sql: string, down?: string): MigrationFile {
  return { name, when, sql, hash: sha256(sql), down };
}

const byName = (a: MigrationFile, b: MigrationFile): number => a.name.localeCompare(b.name);

/** The time that begins the name of a migration's folder, as Drizzle reads it. */
export function millisecondsOf(name: string): number {
  const part = (from: number, to: number): number => parseInt(name.slice(from, to), 10);
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(8, 10), part(10, 12), part(12, 14));
}

function missing(message: string): never {
  throw new VirgaError({ code: "invalid_migrations", message });
}
