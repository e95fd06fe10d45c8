declare const written: unique symbol;

/**
 * The JSON text of a part of a query's document. Documents are written as text from the start, since
 * the text is what the compile cache looks for: objects would be made for nothing.
 */
export type Text<T> = string & { readonly [written]: T };

const names = new Map<string, string>();

/** A name as JSON. A schema has few names, which are met with every query. */
export function quoted(name: string): string {
  let text = names.get(name);
  if (text === undefined) {
    if (names.size >= 1000) names.clear();
    text = JSON.stringify(name);
    names.set(name, text);
  }
  return text;
}

/** A member of an object, after another one; nothing if it has no value. */
export function member(name: string, value: string | undefined): string {
  return value === undefined ? "" : `,"${name}":${value}`;
}

/** As `member`, with a list, which is left out when it is empty. */
export function listMember(name: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `,"${name}":[${items.join(",")}]`;
}
