// One process for one side of one workload: it opens an empty database, runs the data's script, and
// then takes samples when the parent asks, so that the sides' samples stand close together in time
// while their heaps have nothing to do with each other.
import { createHash } from "node:crypto";
import { Session } from "node:inspector/promises";
import { datasets } from "./data.mjs";
import { sideOf } from "./sides/index.mjs";
import { workloads } from "./workloads.mjs";

const [, , sideName, variant, workloadName] = process.argv;
const workload = workloads.find(({ name }) => name === workloadName);
const side = sideOf(sideName);
const host = await side.open();
host.exec(datasets[workload.data]());
// `reset` undoes what a call wrote; a side in another process measures its time itself.
const { op, reset, time: ownTime } = await side.workloads[workloadName][variant](host);

let calls = 0;

/** The clocks in microseconds: of the wall, and of the processor for all threads of this process. */
const clocks = {
  wall: () => performance.now() * 1000,
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

/** Microseconds of `count` calls. What undoes the writes of a call is not counted. */
async function time(count, clock = "wall") {
  if (ownTime) return ownTime(count, clock);
  const now = clocks[clock];
  if (reset) return timeEach(count, now);
  const started = now();
  for (let left = count; left > 0; left -= 1) {
    const result = op((calls += 1));
    if (typeof result?.then === "function") await result;
  }
  return now() - started;
}

async function timeEach(count, now) {
  let total = 0;
  for (let left = count; left > 0; left -= 1) {
    const started = now();
    const result = op((calls += 1));
    if (typeof result?.then === "function") await result;
    total += now() - started;
    reset();
  }
  return total;
}

/**
 * Calls for so much time of the processor, and at least five times; gives the microseconds of a call
 * at the end. Other programs on the machine thus shorten neither the warm-up nor the samples.
 */
async function warm(milliseconds) {
  const end = clocks.cpu() + milliseconds * 1000;
  let count = 1;
  let each = 0;
  for (let turn = 0; turn < 5 || (clocks.cpu() < end && !ownTime); turn += 1) {
    each = (await time(count, "cpu")) / count;
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

/** What the profiler saw while the operation was called for so long. */
async function profile(milliseconds) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  const end = performance.now() + milliseconds;
  while (performance.now() < end) await time(1);
  return (await session.post("Profiler.stop")).profile;
}

const commands = {
  check,
  profile: ({ milliseconds }) => profile(milliseconds),
  warm: ({ milliseconds }) => warm(milliseconds),
  // A collection asked for would throw away what V8 knows of the code: a small query then takes four
  // times as long. A few calls first, since the other processes have had the caches meanwhile.
  sample: async ({ count, clock }) => {
    if (count >= 5) await time(Math.ceil(count / 5));
    return (await time(count, clock)) / count;
  },
};

process.on("message", async ({ command, ...options }) => {
  try {
    process.send({ value: await commands[command](options) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.on("disconnect", () => process.exit());
process.send({ value: "ready" });
