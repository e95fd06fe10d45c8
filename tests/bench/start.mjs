// npm run --silent bench:start -- [--rounds N] [--json]
// Cold start: what a process with the smallest application takes more than one with an empty script,
// and the first nested read of a process. Each figure is the median over fresh processes, in turns.
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
  ...Object.entries(starts).map(([name, file]) => [name, ["-r", here("exit-times.cjs"), file]]),
  ...reads.map((side) => [`first nested read: ${side}`, [here("first-read.mjs"), side]]),
].map(([name, args]) => ({ name, args, wall: [], cpu: [] }));

for (let round = 0; round < Number(options.rounds); round += 1) {
  for (const job of jobs) {
    const { wall, cpu } = run(...job.args);
    job.wall.push(wall);
    job.cpu.push(cpu);
  }
}

const [empty] = jobs;
const base = { wall: figures(empty.wall).median, cpu: figures(empty.cpu).median };
const results = jobs.map(({ name, wall, cpu }) => {
  const over = name in starts && name !== "empty" ? base : { wall: 0, cpu: 0 };
  return {
    name,
    wall: figures(wall.map((time) => time - over.wall)),
    cpu: figures(cpu.map((time) => time - over.cpu)),
  };
});

if (options.json) {
  console.log(JSON.stringify(results));
} else {
  const cell = ({ median, low, high }) =>
    `${median.toFixed(0).padStart(6)}  ${`${low.toFixed(0)}–${high.toFixed(0)}`.padEnd(10)}`;
  console.log(`ms over the empty script${" ".repeat(16)}wall  quartiles    cpu  quartiles`);
  for (const { name, wall, cpu } of results)
    console.log(`${name.padEnd(37)}${cell(wall)}${cell(cpu)}`.trimEnd());
}
