import type { Document } from "../program/files.js";

/** All that a playground is: what a link carries, and what is kept. */
export interface Workspace {
  readonly documents: readonly Document[];
  /** The path of the file and the key of the pane that are shown. */
  readonly file: string;
  readonly pane: string;
  /** An SQLite file: what runs begin with. */
  readonly data?: Uint8Array | undefined;
}

/** Whether a value that came from elsewhere has the form of a workspace without data. */
export function isWorkspace(value: unknown): value is Workspace {
  if (typeof value !== "object" || value === null) return false;
  const { documents, file, pane } = value as Record<keyof Workspace, unknown>;
  return (
    Array.isArray(documents) &&
    documents.length > 0 &&
    documents.every((each: unknown) => isDocument(each)) &&
    typeof file === "string" &&
    typeof pane === "string"
  );
}

function isDocument(value: unknown): value is Document {
  if (typeof value !== "object" || value === null) return false;
  const { path, text } = value as Record<keyof Document, unknown>;
  return typeof path === "string" && path !== "" && typeof text === "string";
}
