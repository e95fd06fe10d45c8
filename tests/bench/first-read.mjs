// A process that loads the blog and reads 100 writers with posts and comments once: the first nested
// read after the start. Prints the milliseconds of that read.
import { datasets } from "./data.mjs";
import { sideOf } from "./sides/index.mjs";

const side = sideOf(process.argv[2]);
const host = await side.open();
host.exec(datasets.blog());
const { op } = await side.workloads["blog-100"][""](host);
const started = performance.now();
const cpu = process.cpuUsage();
await op(0);
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ first: performance.now() - started, cpu: (user + system) / 1000 }));
