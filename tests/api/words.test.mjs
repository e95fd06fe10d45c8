// The closed lists of words that core and module share are the same on both sides.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** The strings of an exported union of literals, sorted. */
function union(path, name) {
  const [, members] = new RegExp(`export type ${name} =([^;]*);`).exec(read(path));
  return [...members.matchAll(/\| "(\w+)"/g)].map(([, word]) => word).sort();
}

/** The first string after each enumerator of a C++ enum, sorted. */
function enumerators(path, name) {
  const entries = read(path).matchAll(new RegExp(`${name}::\\w+(?:,|: return) "(\\w+)"`, "g"));
  return [...entries].map(([, word]) => word).sort();
}

test("codecs", () => {
  const codecs = enumerators("core/schema/schema.cpp", "Codec");
  assert.ok(codecs.length > 0);
  assert.deepEqual(union("wasm/src/ast/value.ts", "Codec"), codecs);
});

test("operators", () => {
  const operators = enumerators("core/base/operator.cpp", "Operator");
  assert.ok(operators.length > 0);
  assert.deepEqual(union("wasm/src/ast/query-document.ts", "Operator"), operators);
});

test("error codes, with those that only the module has", () => {
  const codes = enumerators("core/base/error.cpp", "Code");
  assert.ok(codes.length > 0);
  const own = ["invalid_migrations", "not_loaded"];
  assert.deepEqual(union("wasm/src/base/error.ts", "ErrorCode"), [...codes, ...own].sort());
});

test("every export of the bindings is declared, and nothing else", () => {
  const [bindings, plain] = [read("wasm/bindings.cpp"), read("wasm/exports.cpp")];
  const bound = [
    ...bindings.matchAll(/^ +function\("(\w+)"/gm),
    ...[...plain.matchAll(/^EMSCRIPTEN_KEEPALIVE .*?(\w+)\(/gm)].map(([, name]) => [, `_${name}`]),
  ];
  const declared = [...read("wasm/src/engine/exports.ts").matchAll(/^ +(\w+)\(/gm)];
  const names = (matches) => matches.map(([, name]) => name).sort();
  assert.ok(bound.length > 0);
  assert.deepEqual(names(declared), names(bound));
});
