import { begin } from "../cage/begin.js";
import type { FromWorker, Inquiry, Problem, ToWorker, TraceReport } from "../protocol.js";
import { describeProblem } from "./problems.js";
import { answerSchema } from "./describe.js";
import { answerLab } from "./lab.js";
import { runProgram, type Run } from "./run.js";
import type { QueryLog } from "./queries.js";

/** A worker serves one run: its globals and its database start fresh, and go when the page ends it. */
let post: (message: FromWorker) => void;
let loading: Promise<void>;
let running: Promise<Run> | undefined;
let finished: Run | undefined;

void begin().then(({ port, loaded }) => {
  loading = loaded;
  post = (message) => port.postMessage(message);
  port.onmessage = receive;
  loading.then(() => post({ type: "ready" }), reportError);
});

function receive({ data }: MessageEvent<ToWorker>): void {
  if (data.type === "run") {
    running = run(data);
    return void running.catch(reportError);
  }
  if (data.type === "inquire") return void answer(data.number, data.inquiry);
  if (data.type === "keep") return post({ type: "kept", bytes: finished?.queries.keep() });
  if (data.type === "lab")
    return void answerLab(data.request).then(
      (answer) => post({ type: "lab", answer }),
      reportError,
    );
  if (data.type === "describe")
    return void answerSchema(data.program).then(
      (answer) => post({ type: "schema", answer }),
      reportError,
    );
  const { query } = data;
  if (data.type === "explain")
    return post({ type: "trace", query, trace: explained((log) => log.explain(query)) });
  const { sql } = data;
  const trace = explained((log) => log.explainAfter(query, sql));
  post({ type: "tried", query, sql, trace });
}

async function run({ program }: ToWorker & { type: "run" }): Promise<Run> {
  // The time of a run is not the time the engine takes to load.
  await loading;
  finished = await runProgram(program, post);
  return finished;
}

/** Answers what is asked of a run once it has ended; what fails has no answer. */
async function answer(number: number, inquiry: Inquiry): Promise<void> {
  const told = await running?.then((ended) => answerOf(ended, inquiry)).catch(() => undefined);
  post({ type: "answer", number, answer: told });
}

function answerOf({ values, queries }: Run, inquiry: Inquiry): unknown {
  switch (inquiry.type) {
    case "entries":
      return values.entries(inquiry);
    case "lines":
      return values.lines(inquiry);
    case "text":
      return values.text(inquiry);
    case "relations":
      return queries.relations(inquiry.query);
  }
}

function explained(explain: (log: QueryLog) => TraceReport): TraceReport | Problem {
  try {
    if (finished === undefined) throw new Error("The run has not ended yet.");
    return explain(finished.queries);
  } catch (error) {
    return describeProblem(error, () => false);
  }
}
