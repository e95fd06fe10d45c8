import type { Migration } from "../ast/migration.js";
import type { SchemaDocument } from "../ast/schema-document.js";
import {
  breakpoint,
  journalPath,
  parseJournal,
  readFolder,
  type Folder,
  type FolderFormat,
  type Journal,
} from "./folder.js";
import { snapshotsOf, type Snapshot } from "./snapshot-reader.js";
import { originId, snapshotV6, snapshotV7 } from "./snapshot.js";

/** What the files of a journal begin with, as drizzle-kit's `migrations.prefix` says it. */
export type Prefix = "index" | "timestamp" | "supabase" | "unix" | "none";

/** What is to be written. */
export interface NewMigration {
  readonly migration: Migration;
  /** Whether it is an empty file, for SQL of one's own. */
  readonly custom: boolean;
  /** The schema as it is after the migration. */
  readonly schema: SchemaDocument;
  readonly name: string;
  readonly breakpoints: boolean;
  readonly prefix: Prefix;
}

/** The whole name of a migration, and the files that are new or changed with it. */
export interface Written {
  readonly name: string;
  readonly files: Folder;
}

/** Writes a migration behind those of a folder. */
export function writeMigration(folder: Folder, format: FolderFormat, fresh: NewMigration): Written {
  const last = readFolder(folder).files.at(-1);
  const now = Math.max(Date.now(), (last?.when ?? 0) + (format === "journal" ? 1 : 1000));
  return format === "journal" ? toJournal(folder, fresh, now) : toFolder(folder, fresh, now);
}

function toFolder(folder: Folder, fresh: NewMigration, now: number): Written {
  const name = `${secondsOf(now)}_${fresh.name}`;
  const all = snapshotsOf(folder);
  const before = new Set(all.flatMap(({ previous }) => previous));
  const leaves = all.map(({ id }) => id).filter((id) => !before.has(id));
  const prevIds = leaves.length > 0 ? leaves : [originId];
  const files = {
    [`${name}/migration.sql`]: upText(fresh),
    [`${name}/snapshot.json`]: json(
      unchanged(fresh, all, { prevIds }) ?? snapshotV7(fresh.schema, newId(), prevIds),
    ),
  };
  return { name, files: withDown(files, `${name}/down.sql`, fresh) };
}

/** SQL of one's own changes no schema: its snapshot says what the last one did. */
function unchanged(
  { custom }: NewMigration,
  snapshots: readonly Snapshot[],
  previous: object,
): object | undefined {
  const last = snapshots.at(-1);
  return custom && last ? { ...last.document, id: newId(), ...previous } : undefined;
}

function toJournal(folder: Folder, fresh: NewMigration, when: number): Written {
  const text = folder[journalPath];
  const journal: Journal =
    text === undefined ? { version: "7", dialect: "sqlite", entries: [] } : parseJournal(text);
  const idx = (journal.entries.at(-1)?.idx ?? -1) + 1;
  const prefix = prefixOf(fresh.prefix, idx, when);
  const tag = `${prefix}_${fresh.name}`;
  const all = snapshotsOf(folder);
  const prevId = all.at(-1)?.id ?? originId;
  const snapshot = unchanged(fresh, all, { prevId }) ?? snapshotV6(fresh.schema, newId(), prevId);
  const entry = { idx, version: "6", when, tag, breakpoints: fresh.breakpoints };
  const files = {
    [`${tag}.sql`]: upText(fresh),
    [`meta/${prefix}_snapshot.json`]: json(snapshot),
    [journalPath]: json({ ...journal, entries: [...journal.entries, entry] }),
  };
  return { name: tag, files: withDown(files, `${tag}.down.sql`, fresh) };
}

const json = (value: object): string => JSON.stringify(value, null, 2);

/** `YYYYMMDDHHMMSS`, in UTC. */
const secondsOf = (now: number): string =>
  new Date(now).toISOString().replace(/\D/g, "").slice(0, 14);

function prefixOf(prefix: Prefix, idx: number, now: number): string {
  switch (prefix) {
    case "index":
      return String(idx).padStart(4, "0");
    case "timestamp":
    case "supabase":
      return secondsOf(now);
    case "unix":
      return String(Math.floor(now / 1000));
    case "none":
      return "";
  }
}

function upText({ migration, custom, breakpoints }: NewMigration): string {
  if (custom) return "-- Custom SQL migration file, put your code below! --\n";
  return textOf(migration.up, breakpoints);
}

function textOf(statements: readonly string[], breakpoints: boolean): string {
  const ended = statements.map((sql) => (sql.trimEnd().endsWith(";") ? sql : `${sql};`));
  return `${ended.join(breakpoints ? `\n${breakpoint}\n` : "\n")}\n`;
}

/** The file that leads back, with comments for what it does not bring back. */
function withDown(
  files: Folder,
  path: string,
  { migration, custom, breakpoints }: NewMigration,
): Folder {
  if (custom) return files;
  const { down, irreversible } = migration;
  const comments = irreversible.map((why) => `-- ${why.replaceAll("\n", "\n-- ")}\n`);
  return { ...files, [path]: comments.join("") + textOf(down, breakpoints) };
}

/** A random UUID; browsers have `randomUUID` in secure contexts only. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
