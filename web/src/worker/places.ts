import type { Place } from "../protocol.js";

/** Stack frames of user code carry this scheme before the path of their file. */
export const sourceScheme = "virga:///";

const places = new WeakMap<object, Place>();

/** Remembers the line at which an error was awaited; the innermost line stays. */
export function notePlace(error: unknown, place: Place): void {
  if (typeof error === "object" && error !== null && !places.has(error)) places.set(error, place);
}

/** A frame that was running beats the awaiting line, which beats frames that merely waited. */
export function findPlace(
  error: Error,
  belongsToUser: (path: string) => boolean,
): Place | undefined {
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
