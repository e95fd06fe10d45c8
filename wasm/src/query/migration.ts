import type {
  IntrospectedSchema,
  Migration,
  MigrationOptions,
  MigrationReport,
} from "../ast/migration.js";
import type { Client, Connection } from "../engine/client.js";
import type { Session } from "./session.js";

/** A database with a `schema` or `relations`. */
interface AnyDatabase {
  readonly _: { readonly session: Session };
}

async function withSchema<T>(
  { _: { session } }: AnyDatabase,
  work: (connection: Connection, schema: number) => T,
): Promise<T> {
  return session.turn((connection) => work(connection, session.compiler.schema(connection)));
}

/**
 * What a database holds, read from the text of its declarations.
 *
 * @param client an open database
 * @param without tables that are not to be read
 * @throws `invalid_schema` for declarations that are not understood
 */
export async function introspect(
  client: Client,
  without: readonly string[] = [],
): Promise<IntrospectedSchema> {
  const { engine, database } = await client.connect();
  return engine.introspect(database, { without });
}

/**
 * How the database becomes what its schema says, and back. The statements have run on an empty copy,
 * and what they made of it was compared with the schema. Nothing is changed. The statements are for others
 * to run: they lose nothing inside a transaction that enforces foreign keys, unless `inTransaction`
 * is false.
 *
 * @throws `sqlite` when a statement fails there, for example since a trigger reads a column that goes
 */
export function planMigration(db: AnyDatabase, options: MigrationOptions = {}): Promise<Migration> {
  return withSchema(db, ({ engine, database }, schema) =>
    engine.migration(database, schema, "plan", { inTransaction: true, ...options }),
  );
}

/** As `planMigration`, with the rows at risk: it is done and undone again. Nothing is changed. */
export function previewMigration(
  db: AnyDatabase,
  options: MigrationOptions = {},
): Promise<MigrationReport> {
  return withSchema(db, ({ engine, database }, schema) =>
    engine.migration(database, schema, "preview", options),
  );
}

/**
 * Makes the database what its schema says: all of it or nothing. Rows, row ids, triggers, and the
 * counters of autoincrement keys stay; so do the rows that refer to a table that has to be rebuilt.
 *
 * @throws `ambiguous_rename` when a new name may be an old one's: `answers` says which;
 *   `data_at_risk` when values would be lost that `allow` does not name, or rows are in the way;
 *   `constraint_foreign_key` when rows would refer to nothing; `transaction` inside of one
 */
export function applyMigration(
  db: AnyDatabase,
  options: MigrationOptions = {},
): Promise<MigrationReport> {
  return withSchema(db, ({ engine, database }, schema) =>
    engine.migration(database, schema, "migrate", options),
  );
}
