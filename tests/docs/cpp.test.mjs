// The C++ of README.md and the guides: compiled, linked with the native build, and run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { arrows, blocksOf, documents } from "./documents.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, "build/samples-cpp");
const libraries = ["virga", "sqlite3"].map((name) => join(root, `build/native/core/lib${name}.a`));
const separator = "\x1e";

/** The lines of a block that belong at the top of a file. */
const isTop = (line) => /^(#include|using namespace) /.test(line);

/** One function of all blocks, each in the scope of those before it. */
function functionOf(path, blocks) {
  const lines = blocks.map(({ text, line }) => ({ line, all: text.split("\n") }));
  const tops = lines.flatMap(({ all }) => all.filter(isTop));
  const bodies = lines.map(({ line, all }) => {
    const body = all.map((text) => (isTop(text) ? "" : text)).join("\n");
    return `{ std::cout << "${separator}";\n#line ${line + 1} "${path}"\n${body}`;
  });
  return [
    ...new Set(["#include <iostream>", ...tops]),
    "static virga::Result<void> samples() {",
    ...bodies,
    "}".repeat(blocks.length),
    "return {}; }",
    "int main() {",
    "  const auto done = samples();",
    "  if (!done) std::cerr << done.error().message << '\\n';",
    "  return done ? 0 : 1;",
    "}\n",
  ].join("\n");
}

/** The programs of a document: those that are whole, and the one of all other blocks. */
function programsOf({ path, text }) {
  const blocks = blocksOf(text).filter((block) => block.language === "cpp" && !block.isFragment);
  const isProgram = (block) => block.text.includes("int main(");
  const parts = blocks.filter((block) => !isProgram(block));
  const whole = blocks.filter(isProgram).map((block) => ({
    blocks: [block],
    source: block.text.replace(/int main\(.*\) \{/, `$& std::cout << "${separator}";`),
  }));
  const both = parts.length > 0 ? [{ blocks: parts, source: functionOf(path, parts) }] : [];
  return [...whole, ...both].map((program) => ({ ...program, path }));
}

async function compileAndRun({ path, blocks, source }) {
  const name = join(folder, `${path.replaceAll("/", "-")}-${blocks[0].line}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${name}.cpp`, source);
  const run = promisify(execFile);
  const include = ["core", "build/native/include"].map((place) => `-I${join(root, place)}`);
  await run("g++", [
    "-std=c++20",
    "-Wall",
    "-Wextra",
    ...include,
    "-c",
    `${name}.cpp`,
    "-o",
    `${name}.o`,
  ]);
  // The libraries have sanitizers; in the samples they would double the time of the compilation.
  const link = ["-fsanitize=address,undefined", "-fuse-ld=lld"];
  await run("g++", [...link, `${name}.o`, ...libraries, "-o", name]);
  return (await run(name)).stdout;
}

/** Why the samples cannot be linked: the libraries are missing, or older than the headers. */
function notBuilt() {
  if (!libraries.every(existsSync)) return "no native build";
  const time = (path) => statSync(path).mtimeMs;
  const sources = readdirSync(join(root, "core"), { recursive: true })
    .filter((name) => /\.(h|cpp)$/.test(name))
    .map((name) => time(join(root, "core", name)));
  return time(libraries[0]) < Math.max(...sources) && "the native build is older than core/";
}

const programs = documents().flatMap(programsOf);

describe("C++", { skip: notBuilt(), concurrency: true }, () => {
  for (const program of programs) {
    test(`${program.path}:${program.blocks[0].line + 1}`, async () => {
      const printed = (await compileAndRun(program)).split(separator).slice(1);
      assert.equal(printed.length, program.blocks.length);
      program.blocks.forEach(({ text, line }, index) => {
        const said = arrows(text).map((arrow) => `${arrow.said}\n`);
        assert.equal(printed[index], said.join(""), `${program.path}:${line + 1}`);
      });
    });
  }
});

test("README.md and the guide of the core have programs", () => {
  const paths = new Set(programs.map(({ path }) => path));
  assert.deepEqual([...paths].sort(), ["README.md", "core/docs/guide.md"]);
});
