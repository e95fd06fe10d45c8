import { load } from "virga";
import type { FromWorker, ToWorker } from "../protocol.js";
import { describeProblem } from "./problems.js";
import { runProgram } from "./run.js";
import type { QueryLog } from "./queries.js";

/** A worker serves one run: its globals and its database start fresh, and go when the page ends it. */
const post = (message: FromWorker): void => self.postMessage(message);
let queries: QueryLog | undefined;

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === "run") run(data).catch(reportError);
  else post({ type: "trace", query: data.query, trace: explain(data.query) });
});

async function run({ program }: ToWorker & { type: "run" }): Promise<void> {
  // The time of a run is not the time the engine takes to load.
  await loading;
  queries = await runProgram(program, post);
}

function explain(query: number) {
  try {
    if (queries === undefined) throw new Error("The run has not ended yet.");
    return queries.explain(query);
  } catch (error) {
    return describeProblem(error, () => false);
  }
}

const loading = load();
loading.then(() => post({ type: "ready" }), reportError);
