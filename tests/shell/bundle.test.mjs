// A folder of migrations inside of a program that Vite bundled, as wasm/docs/migrations.md says it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { build } from "vite";
import { project } from "./project.mjs";

const app = project();
app.link("esbuild");
app.write(
  "schema.ts",
  'import { integer, sqliteTable } from "virga/sqlite-core";\nexport const users = sqliteTable("users", { id: integer().primaryKey() });',
);
const guide = readFileSync(new URL("../../wasm/docs/migrations.md", import.meta.url), "utf8");
const [glob] = /import\.meta\.glob\([^`]*\)/.exec(guide);

for (const format of ["folders", "journal"])
  test(`${format}: Vite bundles it`, async () => {
    app.remove("drizzle");
    const made = app.json(
      "generate",
      "--schema",
      "schema.ts",
      "--format",
      format,
      "--name",
      "init",
    );
    app.write(
      "main.js",
      `import { drizzle, open } from "virga";
      import { migrate } from "virga/migrator";
      const migrations = ${glob};
      console.log(JSON.stringify(migrate(drizzle(await open()), { migrations })));`,
    );
    const output = { ssr: "main.js", outDir: "out", emptyOutDir: true };
    await build({ root: app.path, configFile: false, logLevel: "error", build: output });
    app.remove("drizzle");
    const { stdout, stderr } = app.node("out/main.js");
    assert.deepEqual(JSON.parse(stdout || stderr), { applied: [made.name] });
  });
