import type { SelectDocument } from "../ast/query-document.js";
import type { ViewDocument } from "../ast/schema-document.js";
import type { SQLWrapper } from "../ast/tree.js";
import type { SchemaDocuments } from "../schema/document.js";
import type { Catalog } from "./catalog.js";
import { Lowering } from "./lower.js";
import { selectText } from "./lower-select.js";

/** What a view is made of, as the core reads it. */
export function viewDocument(
  catalog: Catalog,
  documents: SchemaDocuments,
  query: SQLWrapper | undefined,
): ViewDocument {
  if (!query) return { existing: true };
  const { tree } = query.getSQL();
  if (tree.kind !== "select") return { sql: documents.viewSql(query) };
  const lowering = new Lowering(catalog, undefined, { literals: true });
  return { query: JSON.parse(selectText(lowering, tree.select)) as SelectDocument };
}
