// The documents for users, and the fenced blocks in them.
import { repositoryFiles } from "../style/repository.mjs";

const isGuide = ({ path }) => /^(README|(core|wasm|web)\/docs\/[^/]+)\.md$/.test(path);

/** README.md and the guides, as { path, text }. */
export const documents = () => repositoryFiles().filter(isGuide);

/**
 * The blocks of a Markdown text: the language, whether it is marked as a fragment, the number of the
 * line before its first, and the text.
 */
export function blocksOf(markdown) {
  const fences = markdown.matchAll(/^( *)```(\w+)?(?: +(.*))?\n([^]*?)^\1```$/gm);
  return [...fences].map(({ 1: indent, 2: language, 3: marks, 4: text, index }) => ({
    language,
    isFragment: marks === "fragment",
    line: markdown.slice(0, index).split("\n").length,
    text: indent === "" ? text : text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** What the comments `// → …` in lines of code say, each with its place. */
export function arrows(text) {
  return text.split("\n").flatMap((line, index) => {
    const [, said] = /\/\/ → (.*)$/.exec(line) ?? [];
    return said === undefined ? [] : [{ said, line: index + 1 }];
  });
}
