// The tables of PERFORMANCE.md.
import { number, ranked, verdict } from "./report.mjs";

/** A table of Markdown; the first column is text, the others are numbers. */
const table = (head, rows) => {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
};

const columns = [
  ["Virga", ["ours"]],
  ["wasm floor", ["floor-wasm"]],
  ["native floor", ["floor-native"]],
  ["sql.js by hand", ["raw-sqljs"]],
  ["drizzle 0.45", ["drizzle-0.45"]],
  ["drizzle 1.0", ["drizzle-v1", "drizzle-v1-jit"]],
  ["drizzle 1.0, sql.js", ["drizzle-v1-sqljs"]],
  ["kysely", ["kysely"]],
];

/** The best of some sides, as its ratios. */
function ratioCell(entries, sides) {
  const found = entries.filter(({ side }) => sides.includes(side));
  const measured = found.filter(({ differs }) => !differs);
  if (measured.length === 0) return found.length > 0 ? "✗" : "";
  const { ratio, typedRatio } = measured.reduce((a, b) => (a.median <= b.median ? a : b));
  const typed = typedRatio.toFixed(2) === ratio.toFixed(2) ? "" : ` (${typedRatio.toFixed(2)})`;
  return ratio.toFixed(2) + typed;
}

const spread = ({ median, low, high }) => `${Math.round((50 * (high - low)) / median)}`;

export function benchTable({ results }) {
  const sides = new Set(results.flatMap(({ entries }) => entries.map(({ side }) => side)));
  const shown = columns.filter(([, names]) => names.some((name) => sides.has(name)));
  const rows = results.map((workload) => {
    const entries = ranked(workload);
    const unit = entries.find(({ side, best }) => side === "raw-native" && best);
    const ours = entries.find(({ side }) => side === "ours");
    return [
      workload.title,
      `${number(unit.median)} ${unit.variant}`.trim(),
      ...shown.map(([, names]) => ratioCell(entries, names)),
      verdict(workload, ours),
      `±${spread(ours)} %`,
    ];
  });
  const head = ["workload", "unit", ...shown.map(([title]) => title), "bar", "Virga's quartiles"];
  return table(head, rows);
}

export function profileTable(results) {
  const parts = Object.keys(results[0].shares).filter(
    (part) => !["the benchmark", "rest"].includes(part),
  );
  const rows = results.map(({ workload, shares }) => [
    workload,
    ...parts.map((part) => shares[part].toFixed(0)),
  ]);
  return table(["workload", ...parts], rows);
}

const kilo = (bytes) => (bytes / 1000).toFixed(1);

const byBytes = (sums) => Object.entries(sums).map(([name, bytes]) => [name, kilo(bytes)]);

export function sizesTable({ apps, sections, code }) {
  const rows = Object.entries(apps).map(([name, { wasm, script }]) => [
    name,
    ...[wasm.brotli, script.brotli, wasm.brotli + script.brotli].map(kilo),
    ...[wasm.gzip + script.gzip, wasm.raw, script.raw].map(kilo),
  ]);
  const head = [
    "application",
    "wasm, brotli 11",
    "script",
    "together",
    "gzip 9",
    "wasm raw",
    "script raw",
  ];
  return [
    table(head, rows),
    table(["section of virga.wasm", "kB"], byBytes(sections)),
    table(["code of virga.wasm", "kB"], byBytes(code)),
  ].join("\n\n");
}

const range = ({ low, high }, digits) => `${low.toFixed(digits)}–${high.toFixed(digits)}`;

export function startTable(results) {
  const cells = (figure) => (figure ? [figure.median.toFixed(0), range(figure, 0)] : ["", ""]);
  const rows = results.map(({ name, first, end, cpu }) => [
    name,
    ...[first, end, cpu].flatMap(cells),
  ]);
  const heads = ["first result, ms", "end, ms", "processor, ms"].flatMap((head) => [
    head,
    "quartiles",
  ]);
  return table(["process", ...heads], rows);
}

export function scaleTable(results) {
  const rows = results.flatMap(({ name, points }) =>
    points.map(({ rows: count, own, peak, time }) => [
      `${name}, ${count.toLocaleString("en")} rows`,
      time.median.toFixed(2),
      range(time, 2),
      // Below, what the process itself takes and gives back is more than the result.
      ...[own, peak].map((bytes) => (count < 100_000 ? "" : bytes.toFixed(0))),
    ]),
  );
  return table(["result", "µs a row", "quartiles", "own bytes a row", "peak bytes a row"], rows);
}
