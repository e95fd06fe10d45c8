import type { Problem } from "../protocol.js";
import { findPlace } from "./places.js";

/** Describes anything that was thrown. */
export function describeProblem(error: unknown, belongsToUser: (path: string) => boolean): Problem {
  if (!(error instanceof Error)) return { name: "Thrown", message: String(error) };
  const source = carrier(error);
  const place = findPlace(error, belongsToUser);
  return {
    name: error.name,
    message: readable(source === error ? error.message : `${error.message}: ${source.message}`),
    ...text("code", source),
    ...text("path", source),
    ...text("hint", source),
    ...text("constraint", source),
    ...text("sqliteCode", source),
    ...text("sql", source),
    ...(place && { place }),
  };
}

/** Engines quote the compiled call: `_pgcore.text.call(...)` was written as `text(...)`. */
function readable(message: string): string {
  return message.replace(/\b_\w+\.(\w+)\.call\(/g, "$1(").replace(/\(0 ?, ?_\w+\.(\w+)\)/g, "$1");
}

/** The error of the chain of causes that knows a code, or the error itself. */
function carrier(error: Error): Error {
  for (
    let current: unknown = error, left = 8;
    current instanceof Error && left > 0;
    current = current.cause, left -= 1
  ) {
    if ("code" in current) return current;
  }
  return error;
}

/** Some facts are numbers, and paths may be lists of steps: all are shown as text. */
function text<K extends string>(key: K, error: Error): { readonly [P in K]?: string } {
  const value = (error as Error & Readonly<Record<string, unknown>>)[key];
  const shown = Array.isArray(value) ? value.join(".") : value;
  if (typeof shown !== "string" && typeof shown !== "number") return {};
  return (shown === "" ? {} : { [key]: String(shown) }) as { readonly [P in K]?: string };
}
