import { VirgaError } from "../base/error.js";
import { open, type Client } from "../engine/client.js";
import { Bookkeeping, defaultTable, type AppliedMigration } from "./bookkeeping.js";
import { introspect, plan } from "./core.js";
import {
  journalPath,
  parseJournal,
  readFolder,
  type Folder,
  type MigrationFile,
} from "./folder.js";
import { foreignTables, replay } from "./replay.js";
import { schemaOfSnapshot, snapshotsOf, type Snapshot } from "./snapshot-reader.js";

/** What can be wrong with a folder, or between it and a database. */
export type IssueKind =
  /** The folder or its migrations cannot be read, or do not run in an empty database. */
  | "broken"
  /** Two migrations, or two snapshots, that follow the same one: of branches that were merged. */
  | "collision"
  /** A file that nothing names, or a migration that migrators would leave out. */
  | "left out"
  /** A snapshot that says something else than the migrations do. */
  | "snapshot"
  /** A migration that ran in the database and is not in the folder, or not as it ran. */
  | "changed"
  /** The database is not what its migrations made. */
  | "drift";

/** One thing that is wrong. */
export interface Issue {
  /** What kind of wrong. */
  readonly kind: IssueKind;
  /** The migration, or the table, that it is about. */
  readonly name?: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
}

/** What `check` found. */
export interface CheckResult {
  /** What is wrong; nothing when all is well. */
  readonly issues: readonly Issue[];
  /** The migrations that have not run in the database; all of the folder when there is none. */
  readonly pending: readonly string[];
}

/**
 * Compares a folder with itself: its journal with its files, its snapshots with what its migrations make of an
 * empty database. With a database, also what ran there with the folder, and what it holds with what the migrations make.
 *
 * @param folder the files of the folder
 * @param client a database that the migrations ran in
 * @param table where that is remembered
 */
export async function check(
  folder: Folder,
  client?: Client,
  table = defaultTable,
): Promise<CheckResult> {
  const broken = attempt(() => readFolder(folder));
  if ("message" in broken) return { issues: [broken], pending: [] };
  const { files, format = "folders" } = broken.value;
  const issues = [...filesOf(folder), ...chain(folder)];
  const empty = await open();
  try {
    const failed = attempt(() => replay(empty, folder));
    if ("message" in failed) return { issues: [...issues, failed], pending: [] };
    issues.push(...lastSnapshot(folder, empty));
    if (!client) return { issues, pending: files.map(({ name }) => name) };
    const bookkeeping = new Bookkeeping(client, table);
    const applied = bookkeeping.applied();
    const pending = bookkeeping.pending(format, files);
    issues.push(...history(applied, files, pending));
    if (pending.length === 0) issues.push(...drift(client, empty, table));
    return { issues, pending: pending.map(({ name }) => name) };
  } finally {
    empty.close();
  }
}

function attempt<T>(work: () => T): { readonly value: T } | Issue {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof VirgaError) return { kind: "broken", message: error.message };
    throw error;
  }
}

/** Files that the journal does not name, and entries that migrators would leave out. */
function filesOf(folder: Folder): Issue[] {
  const text = folder[journalPath];
  if (text === undefined) return [];
  const { entries } = parseJournal(text);
  const tags = new Set(entries.map(({ tag }) => tag));
  const unnamed = Object.keys(folder)
    .filter((path) => /^[^/]+\.sql$/.test(path))
    .map((path) => path.replace(/(?:\.down)?\.sql$/, ""))
    .filter((name) => !tags.has(name));
  const issues: Issue[] = [...new Set(unnamed)].map((name) => ({
    kind: "left out",
    name,
    message: `The journal does not name ${name}.sql, so it never runs.`,
  }));
  entries.forEach(({ tag, when, idx }, index) => {
    const before = entries[index - 1];
    if (!before) return;
    if (before.idx === idx)
      issues.push({
        kind: "collision",
        name: tag,
        message: `${before.tag} and ${tag} have the same number, ${idx}.`,
      });
    if (when <= before.when)
      issues.push({
        kind: "left out",
        name: tag,
        message: `${tag} is not later than ${before.tag}: where that ran, migrators leave it out.`,
      });
  });
  return issues;
}

/** Two snapshots that follow the same one come of branches that did not know each other. */
function chain(folder: Folder): Issue[] {
  const followers = new Map<string, Snapshot>();
  const issues: Issue[] = [];
  for (const snapshot of snapshotsOf(folder)) {
    for (const id of snapshot.previous) {
      const other = followers.get(id);
      if (other)
        issues.push({
          kind: "collision",
          message: `${other.path} and ${snapshot.path} follow the same snapshot.`,
        });
      followers.set(id, snapshot);
    }
  }
  return issues;
}

/** The last snapshot against what the migrations made. */
function lastSnapshot(folder: Folder, made: Client): Issue[] {
  const last = snapshotsOf(folder).at(-1);
  if (!last) return [];
  const said = schemaOfSnapshot(last);
  const without = [defaultTable, ...foreignTables(made, folder, said)];
  const { changes, questions } = plan(made, said, { without });
  // Snapshots of v1 do not say whether a key may be null.
  const keys = new Set(
    said.tables.flatMap(({ name, columns }) =>
      columns.filter(({ primaryKey }) => primaryKey).map((column) => `${name}.${column.name}`),
    ),
  );
  const words = [
    ...changes
      .filter(
        ({ kind, table, name }) => kind !== "column not null" || !keys.has(`${table}.${name}`),
      )
      .map((change) => change.words),
    ...questions.map(({ created }) => `"${created}" is not there`),
  ];
  return words.map((text) => ({
    kind: "snapshot",
    message: `${last.path} differs from what the migrations make: ${text}`,
  }));
}

/** What ran against the folder's files. */
function history(
  applied: readonly AppliedMigration[],
  files: readonly MigrationFile[],
  pending: readonly MigrationFile[],
): Issue[] {
  const ran = (row: AppliedMigration, file: MigrationFile): boolean =>
    row.name === null ? row.when === file.when : row.name === file.name;
  const issues: Issue[] = [];
  for (const row of applied) {
    const file = files.find((each) => ran(row, each));
    const name = row.name ?? new Date(row.when).toISOString();
    if (!file)
      issues.push({ kind: "changed", name, message: `${name} ran, and is not in the folder.` });
    else if (file.hash !== row.hash)
      issues.push({
        kind: "changed",
        name: file.name,
        message: `${file.name} was changed after it ran.`,
      });
  }
  for (const file of files)
    if (!pending.includes(file) && !applied.some((row) => ran(row, file)))
      issues.push({
        kind: "left out",
        name: file.name,
        message: `${file.name} did not run, and will not: a later one has.`,
      });
  return issues;
}

/** What the database holds against what its migrations make. */
function drift(client: Client, made: Client, table: string): Issue[] {
  const { schema } = introspect(made, [defaultTable]);
  const { changes, questions } = plan(client, schema, { without: [table] });
  const asked = questions.map(({ table: owner, created }) => ({
    name: owner ?? created,
    words: `"${created}" is not there, or has another name`,
  }));
  return [...changes.map(({ table: name, words }) => ({ name, words })), ...asked].map(
    ({ name, words }) => ({
      kind: "drift",
      name,
      message: `The database is not what its migrations make. To be that: ${words}`,
    }),
  );
}
