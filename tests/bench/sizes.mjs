// npm run --silent bench:sizes -- [--json] [--functions N]
// Sizes of the applications with their wasm, and what our wasm consists of.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { apps, appSizes } from "./bundle.mjs";
import { namedBuild } from "./named.mjs";
import { functionsOf, partOf, sectionSizes } from "./sections.mjs";

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    functions: { type: "string", default: "0" },
  },
});

const build = fileURLToPath(new URL("../../build/", import.meta.url));
const kilo = (bytes) => (bytes / 1000).toFixed(1).padStart(8);

function sqliteSymbols() {
  const archive = join(build, "wasm/core/libsqlite3.a");
  const lines = execFileSync("llvm-nm-14", ["--defined-only", "-j", archive], { encoding: "utf8" });
  return new Set(lines.split("\n"));
}

/** The bytes of code by part, the largest first. */
function parts(functions) {
  const sqlite = sqliteSymbols();
  const sums = new Map();
  for (const { name, bytes } of functions) {
    const part = partOf(name, sqlite);
    sums.set(part, (sums.get(part) ?? 0) + bytes);
  }
  return Object.fromEntries([...sums].sort(([, a], [, b]) => b - a));
}

const report = { apps: {} };
for (const name of Object.keys(apps)) report.apps[name] = await appSizes(name);
const named = functionsOf(readFileSync(join(namedBuild(), "virga.wasm")));
report.sections = sectionSizes(readFileSync(apps.virga));
report.code = parts(named);
report.functions = named.sort((a, b) => b.bytes - a.bytes).slice(0, Number(options.functions));

if (options.json) {
  console.log(JSON.stringify(report));
} else {
  console.log("kB, brotli 11           wasm  script     all       raw: wasm  script");
  for (const [name, { wasm, script }] of Object.entries(report.apps)) {
    const all = wasm.brotli + script.brotli;
    const brotli = [wasm.brotli, script.brotli, all].map(kilo).join("");
    console.log(`${name.padEnd(18)}${brotli}    ${kilo(wasm.raw)}${kilo(script.raw)}`);
  }
  for (const [title, sums] of [
    ["sections of virga.wasm", report.sections],
    ["code by part", report.code],
  ]) {
    console.log(`\nkB, ${title}`);
    for (const [name, bytes] of Object.entries(sums)) console.log(`${kilo(bytes)}  ${name}`);
  }
  for (const { name, bytes } of report.functions) console.log(`${kilo(bytes)}  ${name}`);
}
