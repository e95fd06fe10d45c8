import type { ReturningDocument } from "../ast/query-document.js";
import type { Fields, Lowering } from "./lower.js";

/** The part of a write's document that says which rows it gives back. */
export function returningDocument(
  lowering: Lowering,
  returning: Fields | true | undefined,
): { returning?: ReturningDocument } {
  if (returning === undefined) return {};
  return { returning: returning === true ? true : lowering.fields(returning) };
}
