import type { LabAnswer, LabRequest } from "./protocol.js";
import { send, spawnWorker } from "./runner.js";

const patience = 10_000;

/**
 * Asks a worker of its own, which ends with its answer: what user code does there stays there.
 *
 * @param signal ends it before; after ten seconds when there is none
 */
export function askLab(
  request: LabRequest,
  signal: AbortSignal = AbortSignal.timeout(patience),
): Promise<LabAnswer> {
  const worker = spawnWorker("virga lab");
  return new Promise<LabAnswer>((resolve) => {
    const fail = (message: string): void => resolve({ problem: { name: "Lab", message } });
    signal.addEventListener("abort", () => {
      const late = (signal.reason as DOMException).name === "TimeoutError";
      fail(
        late
          ? "The schema did not come to an end within ten seconds."
          : "Cancelled: nothing was changed.",
      );
    });
    worker.addEventListener("error", (event) => fail(event.message));
    worker.addEventListener("message", ({ data }) => {
      if (data.type === "ready") send(worker, { type: "lab", request });
      if (data.type === "lab") resolve(data.answer);
    });
  }).finally(() => worker.terminate());
}
