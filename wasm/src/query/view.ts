import type { ViewDocument } from "../ast/schema-document.js";
import type { SchemaDocuments } from "../schema/document.js";
import type { ViewQuery } from "../schema/view.js";
import type { Catalog } from "./catalog.js";

/** What a view is made of, as the core reads it. */
export function viewDocument(
  _catalog: Catalog,
  documents: SchemaDocuments,
  query: ViewQuery | undefined,
): ViewDocument {
  if (!query) return { existing: true };
  return { sql: documents.viewSql(query.sql) };
}
