import type { Place, Problem } from "../protocol.js";
import { sourceScheme } from "./modules.js";

const places = new WeakMap<object, Place>();

/** Remembers the line at which an error was awaited; the innermost line stays. */
export function notePlace(error: unknown, place: Place): void {
  if (typeof error === "object" && error !== null && !places.has(error)) places.set(error, place);
}

/** Describes anything that was thrown. */
export function describeProblem(error: unknown, belongsToUser: (path: string) => boolean): Problem {
  if (!(error instanceof Error)) return { name: "Thrown", message: String(error) };
  const source = carrier(error);
  const place = findPlace(error, belongsToUser);
  return {
    name: error.name,
    message: source === error ? error.message : `${error.message}: ${source.message}`,
    ...text("code", source),
    ...text("path", source),
    ...text("hint", source),
    ...text("constraint", source),
    ...text("sqliteCode", source),
    ...text("sql", source),
    ...(place && { place }),
  };
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

/** A frame that was running beats the awaiting line, which beats frames that merely waited. */
function findPlace(error: Error, belongsToUser: (path: string) => boolean): Place | undefined {
  const frames = stackPlaces(error.stack ?? "").filter((frame) => belongsToUser(frame.place.path));
  const noted = places.get(error);
  const running = frames.find((frame) => !frame.waiting)?.place;
  return running ?? noted ?? frames[0]?.place;
}

function stackPlaces(stack: string): { readonly place: Place; readonly waiting: boolean }[] {
  const escaped = sourceScheme.replaceAll("/", "\\/");
  const frame = new RegExp(`${escaped}([^\\s:)]+):(\\d+)`);
  return stack.split("\n").flatMap((line) => {
    const [, path, number] = frame.exec(line) ?? [];
    if (path === undefined || number === undefined) return [];
    return [{ place: { path, line: Number(number) }, waiting: /\basync\b|async\*/.test(line) }];
  });
}
