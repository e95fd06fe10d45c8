// What bundlers keep of a program that uses little of the package.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";

const folder = fileURLToPath(new URL("../../../build/size", import.meta.url));

/** The bundle of a program by esbuild, minified. */
async function bundledByEsbuild(entry) {
  const options = { bundle: true, minify: true, format: "esm", write: false, metafile: true };
  const { outputFiles, metafile } = await esbuild({ entryPoints: [entry], ...options });
  const { inputs } = Object.values(metafile.outputs)[0];
  const modules = Object.keys(inputs).filter((name) => inputs[name].bytesInOutput > 0);
  return { bytes: outputFiles[0].contents.length, modules };
}

/** The bundle of a program by Vite, minified. */
async function bundledByVite(entry) {
  const build = { rolldownOptions: { input: entry }, write: false, minify: true };
  const { output } = await vite({ root: folder, configFile: false, logLevel: "error", build });
  const [{ code, modules }] = output;
  const kept = Object.keys(modules).filter((name) => modules[name].renderedLength > 0);
  return { bytes: Buffer.byteLength(code), modules: kept };
}

const programs = {
  "eq alone": ['import { eq } from "virga"; console.log(eq);', 6_000],
  "sqliteTable alone": [
    'import { sqliteTable } from "virga/sqlite-core"; console.log(sqliteTable);',
    9_000,
  ],
  "a schema": [
    `import { integer, sqliteTable, text } from "virga/sqlite-core";
     console.log(sqliteTable("users", { id: integer().primaryKey(), name: text() }));`,
    9_000,
  ],
};

for (const [bundler, bundle] of Object.entries({
  esbuild: bundledByEsbuild,
  vite: bundledByVite,
})) {
  for (const [name, [program, most]] of Object.entries(programs)) {
    test(`${bundler}: ${name} brings no engine`, async (t) => {
      const entry = `${folder}/program.js`;
      mkdirSync(folder, { recursive: true });
      writeFileSync(entry, program);
      const { bytes, modules } = await bundle(entry);
      t.diagnostic(`${bytes} bytes of at most ${most}`);
      const engine = /npm\/(engine|frame|virga|wasm)/;
      assert.deepEqual(
        modules.filter((module) => engine.test(module)),
        [],
      );
      assert.ok(bytes <= most, `${bytes} bytes: ${modules.join(" ")}`);
    });
  }
}
