/** Which editor a virtual file comes from; "page" files are supplied by the page itself. */
export type Origin = "schema" | "query" | "page";

/** A virtual file: a stretch of an editor's text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly origin: Origin;
  /** How many lines of the editor stand above the file. */
  readonly linesAbove: number;
}

/** A comment line that holds nothing but a path starts a file: `// services/auth.ts`. */
const marker = /^[ \t]*\/\/[ \t]*((?:[\w@.-]+\/)*[\w-][\w.-]*\.[cm]?[jt]sx?)[ \t]*$/;

/**
 * Cuts the text of an editor into virtual files. Text above the first marker is the file `defaultPath`;
 * it counts only when it holds something. When a path occurs twice, the later text wins.
 */
export function splitFiles(text: string, defaultPath: string, origin: Origin): SourceFile[] {
  const lines = text.split("\n");
  const files = new Map<string, SourceFile>();
  let path = defaultPath;
  let start = 0;
  const close = (end: number): void => {
    const body = lines.slice(start, end).join("\n");
    if (body.trim() === "") return;
    files.delete(path);
    files.set(path, { path, text: body, origin, linesAbove: start });
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
