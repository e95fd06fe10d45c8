// A process that runs one application: prints the milliseconds since Node began until the application
// had its first result, until the process ended, and of the processor.
import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

let first;
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const times = { first, end: performance.now(), cpu: (user + system) / 1000 };
  writeSync(1, `\n${JSON.stringify(times)}\n`);
});
await import(pathToFileURL(process.argv[2]).href);
first = performance.now();
