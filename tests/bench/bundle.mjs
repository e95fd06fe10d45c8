// The applications of apps/, bundled by esbuild, and how large things are.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../../", import.meta.url));
const out = join(root, "build/bench/apps");
const sqlJs = join(root, "node_modules/sql.js/dist/sql-wasm.wasm");
const own = join(root, "build/npm/virga.wasm");

/** The applications, and the wasm file that each needs. */
export const apps = {
  virga: own,
  "drizzle-sqljs": sqlJs,
  "drizzle-v1-sqljs": sqlJs,
  "kysely-sqljs": sqlJs,
  sqljs: sqlJs,
};

export const appFile = (name) => fileURLToPath(new URL(`apps/${name}.mjs`, import.meta.url));

const options = (name) => ({
  entryPoints: [appFile(name)],
  bundle: true,
  minify: true,
  logLevel: "warning",
  target: "es2022",
  format: "esm",
});

/** The bytes of an application's JavaScript for a browser. */
export async function browserBundle(name) {
  const { outputFiles } = await build({ ...options(name), platform: "browser", write: false });
  return outputFiles[0].contents;
}

/** An application as one file for Node, with its wasm beside it; gives the path. */
export async function nodeBundle(name) {
  const folder = join(out, name, "app");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, "app.mjs");
  // What Emscripten's glue of sql.js expects of CommonJS.
  const banner = {
    js: `import { createRequire } from "node:module"; import { dirname as folderOf } from "node:path";
const require = createRequire(import.meta.url), __filename = import.meta.filename ?? new URL(import.meta.url).pathname, __dirname = folderOf(__filename);`,
  };
  await build({
    ...options(name),
    platform: "node",
    outfile,
    ...(name !== "virga" && { banner }),
  });
  const wasm = apps[name];
  const file = name === "virga" ? "virga.wasm" : "sql-wasm.wasm";
  // The package's wasm stands above the folder of its loader, sql.js's beside it.
  for (const place of [folder, dirname(folder)]) copyFileSync(wasm, join(place, file));
  return outfile;
}

/** Our application with the package installed beside it, as Node's conditions find it; gives the path. */
export function installedApp() {
  const folder = join(out, "virga/installed");
  const modules = join(folder, "node_modules");
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules, { recursive: true });
  symlinkSync(dirname(own), join(modules, "virga"));
  // Within the repository's package the name would mean that.
  writeFileSync(join(folder, "package.json"), "{}");
  const file = join(folder, "app.mjs");
  copyFileSync(appFile("virga"), file);
  return file;
}

/** Bytes as they are, and as a server sends them. */
export function sizes(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

/** The sizes of the wasm and the JavaScript of an application. */
export async function appSizes(name) {
  return { wasm: sizes(readFileSync(apps[name])), script: sizes(await browserBundle(name)) };
}
