/** What a tab of the editor holds: a file, and further files after comments that name them. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

/** A virtual file: a stretch of a document's text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The path of the document; none when the page supplies the file. */
  readonly document?: string;
  /** How many lines of the document stand above the file. */
  readonly linesAbove: number;
}

/** A comment line that holds nothing but a path starts a file: `// services/auth.ts`. */
const marker = /^[ \t]*\/\/[ \t]*((?:[\w@.-]+\/)*[\w-][\w.-]*\.[cm]?[jt]sx?)[ \t]*$/;

/**
 * Cuts a document into virtual files. Text above the first marker is the file of the document's own path;
 * it counts only when it holds something. When a path occurs twice, the later text wins.
 */
export function splitFiles(document: Document): SourceFile[] {
  const lines = document.text.split("\n");
  const files = new Map<string, SourceFile>();
  let path = document.path;
  let start = 0;
  const close = (end: number): void => {
    const body = lines.slice(start, end).join("\n");
    if (body.trim() === "") return;
    files.delete(path);
    files.set(path, { path, text: body, document: document.path, linesAbove: start });
  };
  lines.forEach((line, index) => {
    const found = marker.exec(line);
    if (found?.[1] === undefined) return;
    close(index);
    path = normalizePath(found[1]);
    start = index;
  });
  close(lines.length);
  return [...files.values()];
}

/** `./src/db/../db/schema.ts` → `db/schema.ts`; steps above the root stay at the root. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  if (parts.length > 1 && parts[0] === "src") parts.shift();
  return parts.join("/");
}
