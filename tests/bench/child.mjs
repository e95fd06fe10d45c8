// One process for one side of one workload: it opens an empty database, runs the data's script, and
// then takes samples when the parent asks, so that the sides' samples stand close together in time
// while their heaps have nothing to do with each other.
import { createHash } from "node:crypto";
import { datasets } from "./data.mjs";
import { sideOf } from "./sides/index.mjs";
import { workloads } from "./workloads.mjs";

const [, , sideName, variant, workloadName] = process.argv;
const workload = workloads.find(({ name }) => name === workloadName);
const side = sideOf(sideName);
const host = await side.open();
host.exec(datasets[workload.data]());
const { op, reset } = await side.workloads[workloadName][variant](host);

let calls = 0;

/** Microseconds of `count` calls. What undoes the writes of a call is not counted. */
async function time(count) {
  if (reset) return timeEach(count);
  const started = performance.now();
  for (let left = count; left > 0; left -= 1) {
    const result = op((calls += 1));
    if (typeof result?.then === "function") await result;
  }
  return (performance.now() - started) * 1000;
}

async function timeEach(count) {
  let total = 0;
  for (let left = count; left > 0; left -= 1) {
    const started = performance.now();
    const result = op((calls += 1));
    if (typeof result?.then === "function") await result;
    total += performance.now() - started;
    reset();
  }
  return total * 1000;
}

/** Calls for so long, and at least five times; gives the microseconds of a call at the end. */
async function warm(milliseconds) {
  const end = performance.now() + milliseconds;
  let count = 1;
  let each = 0;
  for (let turn = 0; turn < 5 || performance.now() < end; turn += 1) {
    each = (await time(count)) / count;
    if (each * count < milliseconds * 100) count *= 2;
  }
  return each;
}

/** A value with the keys of its objects in one order, as text. */
const canonical = (value) =>
  JSON.stringify(value, (_, part) => {
    if (typeof part === "bigint") return `${part}n`;
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** What the first call gives, and what the written tables hold after it. */
async function check() {
  const result = await op(0);
  const tables = (workload.writes ?? []).map((sql) => host.rows(sql));
  reset?.();
  const text = canonical({ result, tables });
  return { hash: createHash("sha256").update(text).digest("hex"), text: text.slice(0, 100_000) };
}

const commands = {
  check,
  warm: ({ milliseconds }) => warm(milliseconds),
  sample: async ({ count }) => {
    globalThis.gc();
    return (await time(count)) / count;
  },
};

process.on("message", async ({ command, ...options }) => {
  try {
    process.send({ value: await commands[command](options) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.send({ value: "ready" });
