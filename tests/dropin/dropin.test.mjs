// Programs written for Drizzle, unchanged, with ours in its place: they compile, and print the same.
import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { before, describe, test } from "node:test";
import { build } from "vite";
import { drizzleProject, virgaProject } from "./projects.mjs";

const programs = ["tracker/main", "driver", "subpaths", "migrator"];
const validators = ["validators/zod", "validators/valibot"];
const expected = {};
let project;

before(() => {
  const drizzle = drizzleProject();
  assert.equal(drizzle.typeErrors(), "");
  for (const program of [...programs, ...validators]) expected[program] = drizzle.print(program);
  project = virgaProject();
});

/** The one code block of the guide that a check holds for. */
function fromGuide(check) {
  const guide = readFileSync(
    new URL("../../wasm/docs/coming-from-drizzle.md", import.meta.url),
    "utf8",
  );
  const blocks = [...guide.matchAll(/^```.*\n([^]*?)^```$/gm)].map(([, text]) => text);
  const [found, ...more] = blocks.filter(check);
  assert.ok(found && more.length === 0);
  return found;
}

/** The aliases of every tool: a name stands for its sub-paths too. */
const alias = { "drizzle-orm": "virga", "better-sqlite3": "virga/better-sqlite3" };
const external = { packages: "external" };

describe("aliases", () => {
  for (const program of programs)
    test(`esbuild: ${program}`, () => {
      assert.equal(project.print(program, { ...external, alias }), expected[program]);
    });

  test("Vite", async () => {
    await build({
      root: project.folder,
      configFile: false,
      logLevel: "error",
      resolve: { alias },
      build: { ssr: "programs/tracker/main.ts", outDir: "vite" },
    });
    assert.equal(project.run(process.execPath, "vite/main.js"), expected["tracker/main"]);
  });

  test("a hook of Node's module loader", () => {
    for (const name of ["aliases.mjs", "hooks.mjs"])
      project.write(
        name,
        fromGuide((text) => text.startsWith(`// ${name}`)),
      );
    const printed = project.print("tracker/main", external, "--import", "./aliases.mjs");
    assert.equal(printed, expected["tracker/main"]);
  });

  test("the compiler's paths", () => {
    const { compilerOptions } = JSON.parse(fromGuide((text) => text.includes('"paths"')));
    const include = ["programs/tracker", "programs/driver.ts"];
    assert.equal(project.typeErrors({ compilerOptions, include }), "");
  });
});

describe("packages of the same names", () => {
  before(() => {
    // What `npm install drizzle-orm@npm:virga` makes; tests/api/package has npm itself do it.
    symlinkSync("virga", project.path("node_modules/drizzle-orm"));
    project.addPackage("better-sqlite3", 'export { default } from "drizzle-orm/better-sqlite3";\n');
    for (const name of ["drizzle-zod", "drizzle-valibot"]) project.copy(name);
  });

  test("types", () => assert.equal(project.typeErrors(), ""));

  for (const program of programs)
    test(program, () => assert.equal(project.print(program), expected[program]));

  for (const program of validators)
    test(`schemas of tables: ${program}`, () => {
      // A bigserial is never null in Postgres; Drizzle forgets it in the mode bigint.
      const nullable = /^(\w+ bigserialBigint) 1/gm;
      const peer = expected[program].replace(nullable, "$1 0");
      assert.notEqual(peer, expected[program]);
      assert.equal(project.print(program), peer);
    });
});
