/** A piece of SQL text; their texts make up the whole. */
export interface Token {
  readonly kind: "string" | "name" | "param" | "number" | "comment" | "word" | "space" | "other";
  readonly text: string;
}

const token =
  /(?<string>[xX]?'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<param>\?\d*|[:@]\w+|\$\w+)|(?<comment>--[^\n]*|\/\*.*?(?:\*\/|$))|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<space>\s+)|(?<other>.)/gsu;

/** The pieces of an SQL text. */
export function sqlTokens(sql: string): Token[] {
  return Array.from(sql.matchAll(token), ({ 0: text, groups = {} }) => {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    return { kind: (kind ?? "other") as Token["kind"], text };
  });
}
