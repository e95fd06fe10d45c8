import { is, isTable } from "virga";
import { postgresStatements } from "virga/migrator";
import { PgTable } from "virga/pg-core";

/** The statements that make a schema's tables in PostgreSQL, or why there are none. */
export function describePostgres(
  schema: Readonly<Record<string, unknown>>,
): readonly string[] | string {
  const tables = Object.values(schema).filter((value) => isTable(value));
  if (tables.some((table) => !is(table, PgTable)))
    return "These tables are of sqlite-core; those of pg-core can be shown as PostgreSQL makes them.";
  try {
    return postgresStatements({ schema });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
