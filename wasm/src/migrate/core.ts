import type {
  IntrospectedSchema,
  Migration,
  MigrationOptions,
  MigrationReport,
} from "../ast/migration.js";
import type { SchemaDocument } from "../ast/schema-document.js";
import type { Client, Connection } from "../engine/client.js";

// What the core knows about migrations, for a client and a schema document.

type Verb = "plan" | "preview" | "migrate";

function migration<V extends Verb>(
  client: Client,
  to: SchemaDocument,
  verb: V,
  options: MigrationOptions,
): V extends "plan" ? Migration : MigrationReport {
  return withSchema(client, to, ({ engine, database }, schema) =>
    engine.migration(database, schema, verb, options),
  );
}

function withSchema<T>(
  client: Client,
  document: SchemaDocument,
  work: (connection: Connection, schema: number) => T,
): T {
  return client.queue.runNow(() => {
    const connection = client.connectNow();
    const schema = connection.engine.createSchema(document);
    try {
      return work(connection, schema);
    } finally {
      connection.engine.releaseSchema(schema);
    }
  });
}

/** How the database becomes what a schema says, and back. */
export const plan = (client: Client, to: SchemaDocument, options: MigrationOptions): Migration =>
  migration(client, to, "plan", options);

/** As `plan`, with the rows at risk. */
export const preview = (
  client: Client,
  to: SchemaDocument,
  options: MigrationOptions,
): MigrationReport => migration(client, to, "preview", options);

/** Makes the database what a schema says: all of it or nothing. */
export const apply = (
  client: Client,
  to: SchemaDocument,
  options: MigrationOptions,
): MigrationReport => migration(client, to, "migrate", options);

/** What the database holds, but for the tables named in `without`. */
export function introspect(client: Client, without: readonly string[]): IntrospectedSchema {
  const { engine, database } = client.connectNow();
  return engine.introspect(database, { without });
}
