import { SQL } from "./expression.js";

/** Facts about a query, for whoever reads the log of statements. */
export type CommentFacts = Readonly<
  Record<string, string | number | bigint | boolean | null | undefined>
>;

/** A comment, as a text or as facts in the sqlcommenter format; undefined when it would be empty. */
export function comment(input: string | CommentFacts): SQL | undefined {
  const inside = typeof input === "string" ? plain(input) : facts(input);
  return inside === "" ? undefined : new SQL({ kind: "text", text: `/*${inside}*/` });
}

/** The text can neither end the comment nor open another. */
const plain = (text: string): string => text.replaceAll("/*", "/ *").replaceAll("*/", "* /");

function facts(input: CommentFacts): string {
  const escaped = (word: unknown): string =>
    encodeURIComponent(String(word)).replaceAll("'", "\\'").replaceAll("*", "%2A");
  return Object.entries(input)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([key, value]) => `${escaped(key)}='${escaped(value)}'`)
    .sort()
    .join(",");
}
