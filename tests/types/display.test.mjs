// How an editor shows the constants of display.ts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { languageService, pathOf } from "./service.mjs";

const path = pathOf("display.ts");
const source = readFileSync(path, "utf8");
const service = languageService({ [path]: source });

/** What an editor shows for the name at a position, on one line. */
function shown(position) {
  const { displayParts } = service.getQuickInfoAtPosition(path, position, 10_000);
  const text = displayParts.map((part) => part.text).join("");
  return text.replaceAll(/\s+/g, " ");
}

const declared = /^\/\/ (?<type>[^\n-].*)\nexport (?:declare )?const (?<name>\w+)/gm;
const constants = [...source.matchAll(declared)];

test("every constant has a comment", () => {
  assert.equal(constants.length, source.match(/^export /gm).length);
});

for (const { groups, index, 0: text } of constants) {
  test(groups.name, () => {
    const position = index + text.length - groups.name.length;
    assert.equal(shown(position), `const ${groups.name}: ${groups.type}`);
  });
}
