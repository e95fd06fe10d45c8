import type { Migration, RenameAnswers } from "../ast/migration.js";
import type { SchemaDocument } from "../ast/schema-document.js";
import { open, type Client } from "../engine/client.js";
import type { CasingName } from "../schema/casing.js";
import { Catalog } from "../query/catalog.js";
import { introspect, plan } from "./core.js";
import { readFolder, type Folder, type FolderFormat } from "./folder.js";
import { foreignTables, replay } from "./replay.js";
import { writeMigration, type NewMigration, type Prefix } from "./write.js";
import { defaultTable } from "./bookkeeping.js";

/** How a migration is generated. */
export interface GenerateOptions {
  /** The tables, as `import * as schema` gives them. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Makes the names of columns that have none of their own from their keys. */
  readonly casing?: CasingName | undefined;
  /** The files of the folder as it is; nothing for the first migration. */
  readonly folder?: Folder | undefined;
  /** The form of a folder that is empty: that of drizzle-kit v1 ("folders") when nothing is said. */
  readonly format?: FolderFormat | undefined;
  /** The name; one of what changes when nothing is said. */
  readonly name?: string | undefined;
  /** Whether it is an empty file, for SQL of one's own. */
  readonly custom?: boolean | undefined;
  /** What new names were before. */
  readonly answers?: RenameAnswers | undefined;
  /** Whether marks part the statements; drizzle-orm needs them. True when nothing is said. */
  readonly breakpoints?: boolean | undefined;
  /** What the files of a journal begin with: a number when nothing is said. */
  readonly prefix?: Prefix | undefined;
}

/** A migration that was generated, to be written. */
export interface Generated {
  /** Its name; undefined when nothing changed or questions are open. */
  readonly name: string | undefined;
  /** What changed, the open questions, the statements and those that lead back. */
  readonly migration: Migration;
  /** The files that are new or changed: their texts by their paths in the folder. */
  readonly files: Folder;
}

const nowhere: SchemaDocument = { tables: [], relations: [] };

const nothing: Migration = {
  questions: [],
  changes: [],
  steps: [],
  up: [],
  down: [],
  irreversible: [],
};

/**
 * Makes the migration that leads from what the migrations of a folder create to what a schema says. The
 * folder's migrations run in a new database in memory: what counts is what their SQL does. The new one runs there
 * too, so it is known to work.
 *
 * @param options the schema, the folder, and what new names were before
 * @returns the files to write; none when nothing changed or there are open questions
 * @throws `invalid_migrations` for a folder that cannot be read; what a migration throws; what the core throws
 */
export async function generate(options: GenerateOptions): Promise<Generated> {
  const { schema, casing, folder = {}, custom = false, answers } = options;
  const client = await open();
  try {
    replay(client, folder);
    const target = custom ? nowhere : new Catalog(schema, { casing }).document();
    const without = [defaultTable, ...foreignTables(client, folder, target)];
    const migration = custom
      ? nothing
      : plan(client, target, { without, inTransaction: true, ...(answers && { answers }) });
    if (!custom && (migration.questions.length > 0 || migration.up.length === 0))
      return { name: undefined, migration, files: {} };
    const fresh: NewMigration = {
      migration,
      custom,
      schema: withViews(target, client, migration, without),
      name: fileName(options.name ?? nameOf(migration)),
      breakpoints: options.breakpoints ?? true,
      prefix: options.prefix ?? "index",
    };
    const format = readFolder(folder).format ?? options.format ?? "folders";
    return { migration, ...writeMigration(folder, format, fresh) };
  } finally {
    client.close();
  }
}

/** The schema with the text of its views, as the core wrote it. */
function withViews(
  target: SchemaDocument,
  client: Client,
  { up }: Migration,
  without: readonly string[],
): SchemaDocument {
  for (const statement of up) client.exec(statement);
  const { schema } = introspect(client, without);
  const views = schema.tables.filter(({ view }) => view);
  return { ...target, tables: [...target.tables.filter(({ view }) => !view), ...views] };
}

/** A name that says what changes, as far as one can. */
function nameOf({ changes }: Migration): string {
  const [first, ...rest] = changes;
  if (!first) return "custom";
  const { kind, table, name } = first;
  const words = [kind, table, name === table ? undefined : name, rest.length > 0 && "and more"];
  return words.filter(Boolean).join("_");
}

/** A name without what a path gives a meaning. */
const fileName = (name: string): string => name.replace(/[^\p{L}\d-]+/gu, "_");
