// The house rules on the repository as it stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { repositoryFiles, runTool } from "./repository.mjs";
import * as rules from "./rules.mjs";

const files = repositoryFiles();
const paths = (pattern) => files.map(({ path }) => path).filter((path) => pattern.test(path));

/** What of wasm/src the scripts of a folder may import, beside their own; `virga` is the glue, `wasm` its file. */
const moduleTable = {
  base: [],
  ast: ["base"],
  schema: ["base", "ast"],
  expr: ["base", "ast", "schema"],
  frame: ["base", "ast"],
  engine: ["base", "ast", "frame", "virga", "wasm"],
  query: ["base", "ast", "schema", "expr", "frame", "engine"],
  validators: ["base", "schema"],
  migrate: ["base", "ast", "schema", "engine", "query"],
  drivers: ["base", "ast", "expr", "engine", "query"],
};

function holds(name, broken) {
  test(name, () => assert.equal(broken().join("\n"), ""));
}

holds("core: every include is in the table", () => rules.coreLayers(files));
holds("core: libraries stay in their places", () => rules.libraryPlaces(files));
holds("wasm: the bindings include the door only", () => rules.bindingsDoor(files));
holds("wasm/src: every import is in the table", () => rules.moduleLayers(files, moduleTable));
holds("web, wasm/shell: import only public names of the module", () => rules.publicImports(files));
holds("CMake lists every source, and nothing else", () => rules.listedSources(files));
holds("C++ lines have at most 100 characters", () => rules.longLines(files, 100));
holds("files have at most 500 lines", () => rules.longFiles(files, 500));
holds("functions have at most 70 lines", () => rules.longFunctions(files, 70));
holds("no registry hosts, no paths of one machine", () => rules.privateNames(files));
holds("no notes to self", () => rules.leftNotes(files));

test("clang-format changes nothing", () => {
  const args = ["--dry-run", "--Werror"];
  const { output } = runTool("clang-format-14", args, paths(/\.(cpp|h)$/));
  const names = new Set([...output.matchAll(/^(\S+?):\d+:\d+: error/gm)].map(([, name]) => name));
  assert.equal([...names].join("\n"), "", "scripts/format formats every source");
});

test("prettier changes nothing", () => {
  const sources = paths(/\.(ts|mts|js|mjs|css|html)$/);
  const { output } = runTool("node_modules/.bin/prettier", ["--list-different"], sources);
  assert.equal(output, "", "scripts/format formats every source");
});

test("the scripts are valid bash", () => {
  const scripts = files.filter(({ text }) => text.startsWith("#!/usr/bin/env bash"));
  assert.ok(scripts.length > 0);
  for (const { path } of scripts) assert.equal(runTool("bash", ["-n"], [path]).output, "");
});
