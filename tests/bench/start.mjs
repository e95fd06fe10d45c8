// npm run --silent bench:start -- [--rounds N] [--json]
// Cold start: what a process with the smallest application takes more than one with an empty script, until
// its first result and until it ends, and the first nested read of a process. Each figure is the
// median over fresh processes, in turns.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { appFile, apps, installedApp, nodeBundle } from "./bundle.mjs";
import { figures } from "./measure.mjs";

const { values: options } = parseArgs({
  options: { rounds: { type: "string", default: "15" }, json: { type: "boolean", default: false } },
});

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The times that a process prints last, in milliseconds. */
function run(...args) {
  const output = execFileSync(process.execPath, args, { encoding: "utf8" });
  return JSON.parse(output.trim().split("\n").at(-1));
}

const starts = { empty: appFile("empty") };
for (const name of Object.keys(apps)) {
  if (!name.startsWith("kysely")) starts[name] = name === "virga" ? installedApp() : appFile(name);
  if (name !== "sqljs") starts[`${name}, bundled`] = await nodeBundle(name);
}
const reads = ["ours", "drizzle-0.45", "drizzle-v1", "drizzle-v1-sqljs"];

const jobs = [
  ...Object.entries(starts).map(([name, file]) => [name, [here("start-child.mjs"), file]]),
  ...reads.map((side) => [`first nested read: ${side}`, [here("first-read.mjs"), side]]),
].map(([name, args]) => ({ name, args, samples: [] }));

for (let round = 0; round < Number(options.rounds); round += 1) {
  for (const job of jobs) {
    job.samples.push(run(...job.args));
  }
}

const clocks = ["first", "end", "cpu"];
const medians = (samples) =>
  Object.fromEntries(
    clocks.map((clock) => [clock, figures(samples.map((one) => one[clock])).median]),
  );
const base = medians(jobs[0].samples);
const results = jobs.map(({ name, samples }) => {
  const over = (clock) => (name in starts && name !== "empty" ? base[clock] : 0);
  const known = clocks.filter((clock) => clock in samples[0]);
  const times = (clock) => samples.map((one) => one[clock] - over(clock));
  return { name, ...Object.fromEntries(known.map((clock) => [clock, figures(times(clock))])) };
});

if (options.json) {
  console.log(JSON.stringify(results));
} else {
  const cell = (figure) =>
    figure
      ? `${figure.median.toFixed(0).padStart(6)}  ${`${figure.low.toFixed(0)}–${figure.high.toFixed(0)}`.padEnd(10)}`
      : " ".repeat(18);
  console.log(
    `ms over the empty script        first result            end               processor`,
  );
  for (const { name, first, end, cpu } of results)
    console.log(`${name.padEnd(37)}${cell(first)}${cell(end)}${cell(cpu)}`.trimEnd());
}
