// npm run --silent bench:scale -- [--largest N] [--json]
// Cost and memory of a row from a thousand rows to a million; writes scale.svg beside this file.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { plot } from "./plot.mjs";

const { values: options } = parseArgs({
  options: {
    largest: { type: "string", default: "1000000" },
    json: { type: "boolean", default: false },
  },
});
const child = fileURLToPath(new URL("scale-child.mjs", import.meta.url));

const lines = [
  { name: "Virga, 8 columns", side: "ours", workload: "select-8", variant: "" },
  { name: "Virga, user with account", side: "ours", workload: "users-10000", variant: "" },
  { name: "by hand, 8 columns", side: "raw-native", workload: "select-8", variant: "arrays" },
  {
    name: "by hand, user with account",
    side: "raw-native",
    workload: "users-10000",
    variant: "join",
  },
];
const counts = [1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6].filter(
  (rows) => rows <= Number(options.largest),
);

const heap = ["--expose-gc", "--max-old-space-size=4096"];

function measureOne({ side, workload, variant }, rows) {
  const args = [...heap, child, side, workload, variant, String(rows)];
  return { rows, ...JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) };
}

const row = ({ rows, own, peak, time }) =>
  [
    String(rows).padStart(9),
    time.median.toFixed(2).padStart(9),
    `  ${time.low.toFixed(2)}–${time.high.toFixed(2)}`.padEnd(14),
    own.toFixed(0).padStart(20),
    peak.toFixed(0).padStart(8),
    (peak / own).toFixed(2).padStart(8),
  ].join("");

// With --json the table is progress.
const print = options.json ? console.error : console.log;
print("     rows µs a row  quartiles     bytes a row: own    peak   ratio");
const results = lines.map((line) => {
  print(line.name);
  const points = counts.map((rows) => {
    const point = measureOne(line, rows);
    print(row(point));
    return point;
  });
  return { name: line.name, points };
});
const series = results.map(({ name, points }) => ({
  name,
  points: points.map(({ rows, time }) => [rows, time.median]),
}));
writeFileSync(new URL("scale.svg", import.meta.url), plot(series, "µs a row"));
if (options.json) console.log(JSON.stringify(results));
