// What the published folder is made of: linters' opinions, files, source maps, licences.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(root, "build/npm");
const files = readdirSync(folder, { recursive: true }).filter((file) => !file.startsWith("page"));
const read = (file) => readFileSync(join(folder, file), "utf8");
const manifest = JSON.parse(read("package.json"));

/** A linter finds nothing. */
function clean(name, ...args) {
  test(name, () => {
    const options = { cwd: root, encoding: "utf8" };
    const { status, stdout, stderr } = spawnSync(
      join(root, "node_modules/.bin", name),
      args,
      options,
    );
    assert.equal(status, 0, stdout + stderr);
  });
}

clean("publint", "build/npm", "--strict");
// Resolution as in Node 10 knows no sub-paths but files; a wasm file cannot be required.
clean("attw", "--pack", "build/npm", "--profile", "node16", "--exclude-entrypoints", "virga.wasm");

test("nothing is needed to run it or to install it", () => {
  for (const field of ["dependencies", "optionalDependencies", "scripts"])
    assert.equal(manifest[field], undefined, field);
  for (const name of Object.keys(manifest.peerDependencies))
    assert.ok(manifest.peerDependenciesMeta[name].optional, name);
});

test("the tarball holds the package and nothing beside", (t) => {
  const options = { cwd: root, encoding: "utf8" };
  const pack = spawnSync("npm", ["pack", "./build/npm", "--dry-run", "--json"], options);
  const [{ files: packed, size, unpackedSize }] = Object.values(JSON.parse(pack.stdout));
  t.diagnostic(`${packed.length} files, ${size} bytes, unpacked ${unpackedSize}`);
  const kinds = /\.js$|\.js\.map$|\.d\.ts$|^(cjs\/)?virga\.d\.wasm\.ts$|^virga\.wasm$/;
  const others = packed
    .map(({ path }) => path)
    .filter((path) => !kinds.test(path) && !path.startsWith("page/"));
  assert.deepEqual(others.sort(), [
    "LICENSE",
    "README.md",
    "THIRD_PARTY_NOTICES",
    "cjs/package.json",
    "package.json",
  ]);
  assert.ok(size < 4_500_000, `${size} bytes`);
});

test("every file that the entries name is there", () => {
  const names = JSON.stringify(manifest.exports).match(/"\.\/[^"*]+\.(?:js|ts|wasm)"/g);
  assert.ok(names.length > 30);
  for (const name of names) assert.ok(existsSync(join(folder, JSON.parse(name))), name);
});

test("every source map has the text of its sources", () => {
  const mapped = files.filter((file) => file.endsWith(".js.map"));
  assert.ok(mapped.length > 150);
  for (const file of mapped) {
    const { sources, sourcesContent } = JSON.parse(read(file));
    assert.equal(sourcesContent?.length, sources.length, file);
    assert.ok(
      sourcesContent.every((text) => typeof text === "string"),
      file,
    );
    assert.match(read(file.slice(0, -4)), /\n\/\/# sourceMappingURL=[\w-]+\.js\.map\s*$/, file);
  }
});

test("modules that have no source map say nothing of one", () => {
  for (const file of files.filter((file) => file.endsWith(".js") && !files.includes(`${file}.map`)))
    assert.doesNotMatch(read(file), /sourceMappingURL/, file);
});

test("every relative import leads to a file", () => {
  const scripts = files.filter((file) => /\.(js|ts)$/.test(file));
  for (const file of scripts)
    for (const [, target] of read(file).matchAll(/(?:from|import|require\()\s*"(\.[^"]+)"/g))
      assert.ok(existsSync(join(folder, dirname(file), target)), `${file}: ${target}`);
});

test("the notices name what the wasm file is made of", () => {
  const notices = read("THIRD_PARTY_NOTICES");
  const works = [
    "SQLite",
    "nlohmann/json",
    "tl::expected",
    "Emscripten",
    "musl",
    "dlmalloc",
    "libc++",
  ];
  for (const work of works) assert.ok(notices.includes(work), work);
  assert.match(read("LICENSE"), /^MIT License/);
});
