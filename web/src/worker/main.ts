import { begin } from "../cage/begin.js";
import type { FromWorker, Problem, ToWorker, TraceReport } from "../protocol.js";
import { describeProblem } from "./problems.js";
import { answerLab } from "./lab.js";
import { runProgram } from "./run.js";
import type { QueryLog } from "./queries.js";

/** A worker serves one run: its globals and its database start fresh, and go when the page ends it. */
let post: (message: FromWorker) => void;
let loading: Promise<void>;
let queries: QueryLog | undefined;

void begin().then(({ port, loaded }) => {
  loading = loaded;
  post = (message) => port.postMessage(message);
  port.onmessage = receive;
  loading.then(() => post({ type: "ready" }), reportError);
});

function receive({ data }: MessageEvent<ToWorker>): void {
  if (data.type === "run") return void run(data).catch(reportError);
  if (data.type === "keep") return post({ type: "kept", bytes: queries?.keep() });
  if (data.type === "lab")
    return void answerLab(data.request).then(
      (answer) => post({ type: "lab", answer }),
      reportError,
    );
  const { query } = data;
  if (data.type === "explain")
    return post({ type: "trace", query, trace: explained((log) => log.explain(query)) });
  const { sql } = data;
  const trace = explained((log) => log.explainAfter(query, sql));
  post({ type: "tried", query, sql, trace });
}

async function run({ program }: ToWorker & { type: "run" }): Promise<void> {
  // The time of a run is not the time the engine takes to load.
  await loading;
  queries = await runProgram(program, post);
}

function explained(explain: (log: QueryLog) => TraceReport): TraceReport | Problem {
  try {
    if (queries === undefined) throw new Error("The run has not ended yet.");
    return explain(queries);
  } catch (error) {
    return describeProblem(error, () => false);
  }
}
