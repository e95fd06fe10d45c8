// npm run --silent bench:profile -- [--workload REGEX] [--module FOLDER] [--seconds N] [--functions N] [--json]
// Where ours spends its time: the share of each part, and the functions with the most time of their own.
import { fork } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { namedBuild } from "./named.mjs";
import { workloads } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    workload: { type: "string", default: "." },
    module: { type: "string" },
    seconds: { type: "string", default: "1.5" },
    functions: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
  },
});

const child = fileURLToPath(new URL("child.mjs", import.meta.url));
const wanted = new RegExp(options.workload);
const side = `ours:${options.module ? resolve(options.module) : namedBuild()}`;

/** The parts of ours, in the order of a query's way; the first that fits a function has its time. */
const parts = [
  [
    "SQLite",
    ({ url, name }) => isWasm(url) && /^(?:sqlite3|vdbe|btree|pager|pcache|Vdbe)/i.test(name),
  ],
  ["core", ({ url }) => isWasm(url)],
  ["builders and keys", ({ url }) => /\/npm\/(?:query|expr|schema|ast|base)\//.test(url)],
  ["boundary", ({ url }) => /\/npm\/(?:engine\/|virga\.js)/.test(url)],
  ["frame and decoding", ({ url, name }) => /\/npm\/frame\//.test(url) || name === "decode"],
  ["row factory", ({ url, name }) => url === "" && /^(?:row\d+|anonymous|make.*)$/.test(name)],
  ["garbage collection", ({ name }) => name === "(garbage collector)"],
  ["the benchmark", ({ url }) => /\/tests\/bench\//.test(url)],
  ["rest", () => true],
];

const isWasm = (url) => url.startsWith("wasm:");

async function profile(workload) {
  const process = fork(child, [side, "", workload.name], {});
  const answer = () =>
    new Promise((resolve, reject) => {
      process.once("exit", () => reject(new Error(`${workload.name}: the process ended`)));
      process.once("message", ({ value, error }) =>
        error ? reject(new Error(error)) : resolve(value),
      );
    });
  await answer();
  const call = (command, more) => {
    const answered = answer();
    process.send({ command, ...more });
    return answered;
  };
  await call("warm", { milliseconds: 1000 });
  const found = await call("profile", { milliseconds: Number(options.seconds) * 1000 });
  process.removeAllListeners("exit");
  process.disconnect();
  return found;
}

/** The time of each function itself, in microseconds. */
function selfTimes({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = new Map();
  samples.forEach((id, index) => {
    const { functionName: name, url, lineNumber } = byId.get(id).callFrame;
    // The inspector's own dispatch writes the profile down.
    if (["(idle)", "(root)", "(program)", "dispatch"].includes(name)) return;
    const key = `${name} ${url}:${lineNumber}`;
    const entry = times.get(key) ?? { name, url, line: lineNumber + 1, time: 0 };
    entry.time += Math.max(0, timeDeltas[index]);
    times.set(key, entry);
  });
  return [...times.values()].sort((a, b) => b.time - a.time);
}

function summary(found) {
  const functions = selfTimes(found);
  const total = functions.reduce((sum, { time }) => sum + time, 0);
  const shares = Object.fromEntries(parts.map(([part]) => [part, 0]));
  for (const one of functions)
    shares[parts.find(([, fits]) => fits(one))[0]] += (100 * one.time) / total;
  const top = functions.slice(0, Number(options.functions)).map(({ name, url, line, time }) => ({
    function: name || "(anonymous)",
    place: url && `${url.replace(/^.*\/npm\//, "").replace(/^file:.*\//, "")}:${line}`,
    percent: (100 * time) / total,
  }));
  return { shares, top };
}

const results = [];
for (const workload of workloads.filter(({ name, title }) => wanted.test(`${name} ${title}`))) {
  const { shares, top } = summary(await profile(workload));
  results.push({ workload: workload.name, shares, top });
  if (options.json) continue;
  console.log(workload.title);
  for (const [part, share] of Object.entries(shares))
    if (share >= 0.5) console.log(`  ${share.toFixed(1).padStart(5)} %  ${part}`);
  for (const { function: name, place, percent } of top)
    console.log(`         ${percent.toFixed(1).padStart(5)} %  ${name}  ${place}`);
}
if (options.json) console.log(JSON.stringify(results));
