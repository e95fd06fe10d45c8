// Builds build/npm, the folder that is published, from wasm/ and build/wasm: ES modules, the same in
// few files in bundled/ and as CommonJS in cjs/, entries for Cloudflare's workers in workerd/, and a
// package.json of its own.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const out = "build/npm";

function write(path, text) {
  writeFileSync(join(out, path), text);
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** ES modules, their types, and all that stands beside them. */
function esModules() {
  rmSync(out, { recursive: true, force: true });
  // The shell command is a user of the package: it is compiled when that has its types.
  for (const project of ["wasm", "wasm/shell"]) {
    const tsc = ["node_modules/typescript-7/bin/tsc", "-p", project];
    execFileSync(process.execPath, tsc, { stdio: "inherit" });
  }
  const built = ["virga.js", "virga.wasm"].map((name) => `build/wasm/${name}`);
  const notices = ["LICENSE", "THIRD_PARTY_NOTICES"].map((name) => `wasm/${name}`);
  const types = ["virga.d.ts", "virga-bytes.d.ts", "virga.d.wasm.ts"].map(
    (name) => `wasm/src/${name}`,
  );
  for (const file of [...built, ...notices, ...types]) cpSync(file, join(out, basename(file)));
  const bytes = gzipSync(readFileSync("build/wasm/virga.wasm"), { level: 9 }).toString("base64");
  write("virga-bytes.js", `export const gzipped = "${bytes}";\n`);
  const guide = readFileSync("wasm/docs/guide.md", "utf8");
  write("README.md", guide.replace(/^---\n[^]*?\n---\n+/, ""));
}

/** Where the wasm file is for CommonJS. No require(): bundlers for browsers would follow it. */
const commonJsWasm = `exports.wasmFile = () => {
  const path = __filename.replace(/\\\\/g, "/").replace(/^\\//, "");
  const address = encodeURI("file:///" + path).replace(/[?#]/g, encodeURIComponent);
  return new URL("../virga.wasm", address);
};
`;

/** The same modules one by one as CommonJS, for Node before 20.19 and tools that call require(). */
async function commonJs() {
  // Without "type": "module", esbuild takes a default import for the member `default`, as ES modules do.
  write("package.json", "{}");
  const files = readdirSync(out, { recursive: true }).filter(
    (file) => !/^(workerd|bin)/.test(file),
  );
  const scripts = files.filter((file) => file.endsWith(".js") && file !== "wasm.js");
  // Emscripten's glue asks for its own address; it is given the module instead.
  const logOverride = { "empty-import-meta": "silent" };
  const target = { outdir: join(out, "cjs"), format: "cjs", target: "node20", logOverride };
  for (const sourcemap of [true, false]) {
    const mapped = scripts.filter((file) => files.includes(`${file}.map`) === sourcemap);
    await build({
      ...target,
      entryPoints: mapped.map((file) => join(out, file)),
      sourcemap,
      outbase: out,
    });
  }
  for (const file of files.filter((file) => /\.d\.(wasm\.)?ts$/.test(file)))
    cpSync(join(out, file), join(out, "cjs", file));
  write("cjs/wasm.js", commonJsWasm);
  write("cjs/package.json", json({ type: "commonjs" }));
}

/** The modules of package.json's entries, by name. */
function entryModules() {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const files = Object.values(exports).map((target) => basename(target.default ?? ""));
  return [...new Set(files.filter((file) => file.endsWith(".js")))];
}

/**
 * The same modules in a few files, for hosts that load them as they are: a hundred small ones take Node
 * four times as long, and a page as many requests. Bundlers leave more out of the small ones.
 */
async function bundled() {
  const aboveFolder = {
    name: "the wasm file and its bytes stand above the folder",
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /\bwasm\.js$/ }, ({ path }) => ({
        contents: readFileSync(path, "utf8").replace('"./virga.wasm"', '"../virga.wasm"'),
      }));
      onResolve({ filter: /\bvirga-bytes\.js$/ }, ({ kind }) =>
        kind === "entry-point" ? undefined : { path: "../virga-bytes.js", external: true },
      );
    },
  };
  await build({
    entryPoints: entryModules().map((file) => join(out, file)),
    outdir: join(out, "bundled"),
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    external: ["zod", "valibot"],
    sourcemap: true,
    plugins: [aboveFolder],
  });
}

/** An entry for Cloudflare's workers, where the compiled module is imported. */
function workerd(name) {
  const all = `import "../workerd.js";\nexport * from "../${name}.js";\n`;
  const hasDefault = /^export default/m.test(readFileSync(join(out, `${name}.js`), "utf8"));
  return hasDefault ? `${all}export { default } from "../${name}.js";\n` : all;
}

/** An entry of the repository's package.json in the forms of the package. */
function entry(target) {
  const paths = JSON.parse(JSON.stringify(target).replaceAll("./build/npm/", "./"));
  if (!paths.default?.endsWith(".js")) return paths;
  const name = paths.default.slice(2, -3);
  write(`workerd/${name}.js`, workerd(name));
  const form = (folder) => ({ types: `./${folder}${name}.d.ts`, default: `./${folder}${name}.js` });
  return {
    workerd: { types: `./${name}.d.ts`, default: `./workerd/${name}.js` },
    require: form("cjs/"),
    node: { types: `./${name}.d.ts`, default: `./bundled/${name}.js` },
    default: form(""),
  };
}

/** The package as its users see it. */
function manifest() {
  const drop = ["private", "scripts", "devDependencies"];
  const manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const fields = Object.entries(manifest).filter(([name]) => !drop.includes(name));
  mkdirSync(join(out, "workerd"));
  const entries = Object.entries(manifest.exports).map(([name, target]) => [name, entry(target)]);
  const sideEffects = ["./workerd.js", "./workerd/*.js"];
  const exports = Object.fromEntries(entries);
  const bin = entry(manifest.bin);
  write("package.json", json({ ...Object.fromEntries(fields), sideEffects, bin, exports }));
}

esModules();
await commonJs();
await bundled();
manifest();
