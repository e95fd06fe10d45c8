/** Words that no constant may be called. */
const reserved = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval " +
    "export extends false finally for function if implements import in instanceof interface let new " +
    "null package private protected public return static super switch this throw true try typeof var " +
    "void while with yield"
  ).split(" "),
);

/** `user_id` and `User ID` as `userId`. */
export function camelCase(name: string): string {
  const words = name.split(/[^\p{L}\p{N}$]+/u).filter((word) => word !== "");
  const [first = "", ...rest] = words;
  const start = /^\p{Lu}+$/u.test(first)
    ? first.toLowerCase()
    : first.charAt(0).toLowerCase() + first.slice(1);
  const key = start + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[\p{L}$_]/u.test(key) ? key : `_${key}`;
}

/** Gives each SQL name an identifier of its own. */
export class Keys {
  readonly #taken: Set<string>;
  readonly #keys = new Map<string, string>();

  /** @param taken identifiers that mean something else */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  of(name: string): string {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = this.free(camelCase(name));
    this.#keys.set(name, key);
    return key;
  }

  has(key: string): boolean {
    return this.#taken.has(key);
  }

  /** The identifier itself or, where it is taken, with a number. */
  free(key: string): string {
    let free = reserved.has(key) ? `${key}_` : key;
    for (let number = 2; this.#taken.has(free); number += 1) free = `${key}${number}`;
    this.#taken.add(free);
    return free;
  }
}
