// One process for one side, query and number of rows: microseconds a row, and bytes a row of the
// result's own objects and of the most memory that the process held while it made them.
import { readFileSync, writeFileSync } from "node:fs";
import { figures } from "./measure.mjs";
import { sideOf } from "./sides/index.mjs";

const [, , sideName, workload, variant, count] = process.argv;
const rows = Number(count);
const numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < ";

/** The tables of the workloads, filled in SQL: a script of a million rows would itself need memory. */
const data = {
  "select-8": `create table people (id integer primary key, name text not null,
    email text not null, age integer not null, score real not null, city text not null, note text,
    seen integer not null);
    ${numbers} ${rows}) insert into people select i, 'Person ' || (i * 7919 % 10007),
    'person' || i || '@example.com', 18 + i % 70, (i * 31 % 100000) / 100.0, 'City ' || i % 500,
    case when i % 3 = 0 then 'A note about person ' || i end, 1600000000 + i from n;`,
  "users-10000": `create table users (id integer primary key, name text not null,
    email text not null unique);
    create table accounts (id integer primary key, user_id integer not null unique, provider text not null,
    token text not null);
    ${numbers} ${rows / 2}) insert into users select i, 'User ' || i, 'user' || i || '@example.com' from n;
    ${numbers} ${rows / 2}) insert into accounts select i, i, 'github', 'token-' || i from n;`,
};

const side = sideOf(sideName);
const host = await side.open();
host.exec(data[workload]);
const { op } = await side.workloads[workload][variant](host);

/** Bytes of a line of Linux's process status. */
const status = (name) =>
  1024 *
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8"))[1]);

// The first result is kept, so that it can be weighed; writing 5 forgets the peak so far.
globalThis.gc();
const before = { heap: process.memoryUsage().heapUsed, resident: status("VmRSS") };
writeFileSync("/proc/self/clear_refs", "5");
let result = op(0);
const peak = status("VmHWM") - before.resident;
globalThis.gc();
const own = process.memoryUsage().heapUsed - before.heap;
const length = result.length;
result = undefined;

const samples = [];
const calls = Math.max(1, Math.round(20_000 / rows));
for (let round = 0; round < (rows > 200_000 ? 5 : 9); round += 1) {
  globalThis.gc();
  const started = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) op(call);
  const { user, system } = process.cpuUsage(started);
  samples.push((user + system) / calls / rows);
}
console.log(
  JSON.stringify({ length, own: own / rows, peak: peak / rows, time: figures(samples.slice(1)) }),
);
