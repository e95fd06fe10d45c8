// npm run --silent bench:record -- [--part NAME] [--again] [-- OPTIONS of the part]
// Runs the measurements and writes their tables into PERFORMANCE.md. With --again the figures of the
// last run are taken, which stand in build/bench/results.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as markdown from "./markdown.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { part: { type: "string" }, again: { type: "boolean", default: false } },
});

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const results = here("../../build/bench/results");
const document = here("PERFORMANCE.md");

const parts = {
  bench: { script: "run.mjs", table: markdown.benchTable },
  profile: { script: "profile.mjs", table: markdown.profileTable },
  sizes: { script: "sizes.mjs", table: markdown.sizesTable },
  start: { script: "start.mjs", table: markdown.startTable },
  scale: { script: "scale.mjs", table: markdown.scaleTable },
};

/** Where and when the figures were made. */
function origin(args) {
  const git = (...words) => execFileSync("git", words, { cwd: here("."), encoding: "utf8" }).trim();
  const [{ model }] = cpus();
  const load = loadavg()[1].toFixed(1);
  return [
    `Commit ${git("rev-parse", "--short", "HEAD")}`,
    new Date().toISOString().slice(0, 10),
    `Node ${process.version}`,
    `${cpus().length} × ${model}`,
    `load average ${load}${args.length > 0 ? `, options \`${args.join(" ")}\`` : ""}`,
  ].join(", ");
}

function measure(name) {
  const { script } = parts[name];
  const { status, stdout } = spawnSync(process.execPath, [here(script), "--json", ...positionals], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
  });
  // A workload that failed has been reported; the others are recorded.
  if (status !== 0) process.exitCode = 1;
  const found = { origin: origin(positionals), figures: JSON.parse(stdout) };
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${name}.json`), JSON.stringify(found));
}

for (const name of options.part ? [options.part] : Object.keys(parts)) {
  if (!options.again) measure(name);
  const { origin, figures } = JSON.parse(readFileSync(join(results, `${name}.json`), "utf8"));
  const section = `<!-- ${name} -->\n${origin}.\n\n${parts[name].table(figures)}\n<!-- end -->`;
  const text = readFileSync(document, "utf8");
  const place = new RegExp(`<!-- ${name} -->[^]*?<!-- end -->`);
  writeFileSync(
    document,
    text.replace(place, () => section),
  );
}
