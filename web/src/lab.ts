import type { LabAnswer, LabRequest } from "./protocol.js";
import { send, spawnWorker } from "./runner.js";

const patience = 10_000;

/** Asks a worker of its own, which ends with its answer: what user code does there stays there. */
export function askLab(request: LabRequest): Promise<LabAnswer> {
  const worker = spawnWorker("virga lab");
  return new Promise<LabAnswer>((resolve) => {
    const fail = (message: string): void => resolve({ problem: { name: "Lab", message } });
    setTimeout(() => fail("The schema did not come to an end within ten seconds."), patience);
    worker.addEventListener("error", (event) => fail(event.message));
    worker.addEventListener("message", ({ data }) => {
      if (data.type === "ready") send(worker, { type: "lab", request });
      if (data.type === "lab") resolve(data.answer);
    });
  }).finally(() => worker.terminate());
}
