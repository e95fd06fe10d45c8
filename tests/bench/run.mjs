// npm run --silent bench -- [--workload REGEX] [--side REGEX] [--module FOLDER] [--rounds N]
//   [--warmup MILLISECONDS] [--clock wall|cpu] [--quick] [--json]
import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { measure } from "./measure.mjs";
import { report } from "./report.mjs";
import { sideOf, sides } from "./sides/index.mjs";
import { workloads } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    workload: { type: "string", default: "." },
    side: { type: "string", default: "." },
    module: { type: "string", multiple: true, default: [] },
    rounds: { type: "string" },
    warmup: { type: "string" },
    clock: { type: "string", default: "wall" },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

const wanted = new RegExp(options.workload);
const wantedSide = new RegExp(options.side);
const method = options.quick
  ? { rounds: 5, warmup: 300, sample: 10 }
  : { rounds: 11, warmup: 1000, sample: 30 };
method.clock = options.clock;
for (const name of ["rounds", "warmup"])
  if (options[name] !== undefined) method[name] = Number(options[name]);

/** The sides of a workload with their variants; the unit is always there, and first. */
function entriesOf({ name }) {
  const others = Object.keys(sides).filter(
    (side) => side !== "raw-native" && wantedSide.test(side),
  );
  const builds = options.module.map((folder) => `ours:${resolve(folder)}`);
  return ["raw-native", ...others, ...builds].flatMap((side) =>
    Object.keys(sideOf(side).workloads[name] ?? {}).map((variant) => ({
      side,
      variant,
      unchecked: sideOf(side).unchecked,
    })),
  );
}

// Asked to stop, it ends after the workload that it is at, with the figures so far.
let stopped = false;
process.once("SIGTERM", () => (stopped = true));

const results = [];
for (const workload of workloads.filter(({ name, title }) => wanted.test(`${name} ${title}`))) {
  if (stopped) break;
  try {
    const result = { ...workload, entries: await measure(workload, entriesOf(workload), method) };
    results.push(result);
    // With --json the tables are progress, the figures the result.
    (options.json ? console.error : console.log)(report(result));
  } catch (error) {
    console.error(`${workload.title}: ${error.message}`);
    process.exitCode = 1;
  }
}
if (options.json) console.log(JSON.stringify({ node: process.version, method, results }));
