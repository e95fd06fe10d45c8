// Programs with one mistake each: where the errors stand, and what they say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { languageService, messageOf, pathOf } from "./service.mjs";

/** What an editor says of a member that does not exist but for one like it. */
export const missing = (name, meant) =>
  new RegExp(`'${name}' does not exist in type[^]*Did you mean to write '${meant}'\\?`);

/** What it says of a value of another type. */
export const unassignable = (given) => new RegExp(`Type '"?${given}"?' is not assignable to type`);

/**
 * Tests one mistake each.
 * @param head what stands before each of them
 * @param cases by name: an expression with » before what is wrong, and the message
 */
export function testMistakes(topic, head, cases) {
  const programs = Object.entries(cases).map(([name, [marked, message]], index) => ({
    name,
    message,
    path: pathOf(`messages-${topic}-${index}.ts`),
    text: `${head}void ${marked.replace("»", "")};\n`,
    place: head.length + "void ".length + marked.indexOf("»"),
  }));
  const texts = Object.fromEntries(programs.map(({ path, text }) => [path, text]));
  const service = languageService(texts);
  for (const { name, message, path, place } of programs) {
    test(`${topic}: ${name}`, () => {
      const found = service.getSemanticDiagnostics(path);
      assert.deepEqual(
        found.map(({ start }) => start),
        [place],
        found.map(messageOf).join("\n"),
      );
      assert.match(messageOf(found[0]), message);
    });
  }
}
