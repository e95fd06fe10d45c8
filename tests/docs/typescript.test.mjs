// The TypeScript of README.md and the guides: type-checked, and run on the built module.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { blocksOf, documents } from "./documents.mjs";
import { sampleModules } from "./sample-modules.mjs";

// Inside of the package, so that `virga` is its own name.
const folder = fileURLToPath(new URL("../../build/samples/", import.meta.url));
const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: ["node"],
  strict: true,
  allowJs: true,
  skipLibCheck: true,
  rootDir: join(folder, "source"),
  outDir: join(folder, "out"),
};

/** Claims that are wrong, each in a document of its own: the test run would not see them otherwise. */
const planted = [
  "1 + 1; // → 3",
  "const list = [1];\n// → [1, 2]",
  "console.log('a'); // → 'b'",
  "throw new Error('a');",
  "await Promise.reject(new Error('a'));\n// throws b",
  "1;\n// throws anything",
  "const text: string = 1;",
  "// @ts-expect-error\n1 + 1;",
].map((code, index) => ({ path: `planted-${index}.md`, text: `\`\`\`ts\n${code}\n\`\`\`\n` }));

globalThis.$same = async (actual, expected, place) => {
  assert.deepStrictEqual(await actual(), expected(), place);
};
globalThis.$throws = async (actual, message, place) => {
  const failed = actual().then(
    () => "nothing is thrown",
    (error) => error.message,
  );
  assert.equal(await failed, message, place);
};

const blocksIn = ({ text }) => blocksOf(text).filter(({ language }) => /^[jt]s$/.test(language));

/** The samples of a document, written as modules. */
function writeSamples({ path, text }) {
  const home = path.replaceAll("/", "-").replace(/\.md$/, "");
  const blocks = blocksIn({ text }).filter(({ isFragment }) => !isFragment);
  return sampleModules(path, blocks).map((sample) => {
    const file = join(options.rootDir, home, sample.name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, sample.source);
    const module = join(options.outDir, home, sample.name.replace(/\.ts$/, ".js"));
    return { ...sample, path, file, module: pathToFileURL(module) };
  });
}

rmSync(folder, { recursive: true, force: true });
const samples = documents().flatMap(writeSamples);
const wrong = planted.flatMap(writeSamples);
const rootNames = [...samples, ...wrong].map(({ file }) => file);
const program = ts.createProgram({ rootNames, options });
program.emit();

/** What the compiler says of a sample, with the lines of the document. */
function complaints({ file, path, line }) {
  const source = program.getSourceFile(file);
  const syntax = program.getSyntacticDiagnostics(source);
  return [...syntax, ...program.getSemanticDiagnostics(source)].map(({ start, messageText }) => {
    const at = line + source.getLineAndCharacterOfPosition(start).line + 1;
    return `${path}:${at}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

async function run(sample) {
  assert.equal(complaints(sample).join("\n"), "");
  await import(sample.module);
}

for (const sample of samples) test(sample.place, () => run(sample));

test("a wrong claim is a failure", async () => {
  for (const sample of wrong) await assert.rejects(run(sample), undefined, sample.source);
});

test("a claim about what is not an outer statement is refused", () => {
  for (const code of ["if (1) {\n  1; // → 1\n}", "function f() {}\n// → 1"])
    assert.throws(() => sampleModules("planted.md", [{ language: "ts", line: 1, text: code }]));
});

test("each guide for JavaScript has samples", (t) => {
  for (const document of documents()) {
    const blocks = blocksIn(document);
    const fragments = blocks.filter(({ isFragment }) => isFragment).length;
    const run = blocks.length - fragments;
    t.diagnostic(`${document.path}: ${run} run, ${fragments} are fragments`);
    if (!document.path.startsWith("core/")) assert.ok(run > 0, document.path);
  }
});
