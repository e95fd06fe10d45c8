// The parent's part of the method: processes, checks, rounds, figures.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const child = fileURLToPath(new URL("child.mjs", import.meta.url));

/** A process that measures one side of a workload. */
class Contestant {
  #process;

  /** @param entry { side, variant } */
  constructor(entry, workload) {
    Object.assign(this, entry, { samples: [] });
    // Between its samples a process is idle; that is no reason to collect, as it would be in a page.
    const options = { execArgv: ["--no-memory-reducer"] };
    this.#process = fork(child, [entry.side, entry.variant, workload.name], options);
    this.ready = this.#answer();
  }

  async call(command, options = {}) {
    const answer = this.#answer();
    this.#process.send({ command, ...options });
    return answer;
  }

  async stop() {
    const { exitCode, signalCode, connected } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    if (connected) this.#process.disconnect();
    await new Promise((resolve) => this.#process.once("exit", resolve));
  }

  #answer() {
    return new Promise((resolve, reject) => {
      const failed = (reason) => reject(new Error(`${this.side} ${this.variant}: ${reason}`));
      const died = (code, signal) => failed(`the process ended with ${code ?? signal}`);
      this.#process.once("exit", died);
      this.#process.once("message", ({ value, error }) => {
        this.#process.off("exit", died);
        if (error) failed(error);
        else resolve(value);
      });
    });
  }
}

/**
 * Measures one workload: all sides are opened and checked against the first, warmed up, and then
 * take one sample after the other, for several rounds.
 * @param entries the sides, the unit's variants first
 * @returns for each entry its samples in microseconds for one unit of the workload
 */
export async function measure(workload, entries, { rounds, warmup, sample, clock }) {
  const all = [];
  try {
    for (const entry of entries) {
      all.push(new Contestant(entry, workload));
      await all.at(-1).ready;
    }
    await checkEqual(all);
    const equal = all.filter(({ differs }) => !differs);
    for (const one of equal) {
      const each = await one.call("warm", { milliseconds: warmup });
      one.count = Math.max(1, Math.round((sample * 1000) / each));
    }
    for (let round = 0; round < rounds; round += 1) {
      // The order turns, so that no side always follows the same other.
      const order = equal.map((_, index) => equal[(index + round) % equal.length]);
      for (const one of order) {
        const each = await one.call("sample", { count: one.count, clock });
        one.samples.push(each / (workload.per ?? 1));
      }
    }
  } finally {
    await Promise.all(all.map((one) => one.stop()));
  }
  return all.map(({ side, variant, samples, differs }) =>
    differs ? { side, variant, differs } : { side, variant, samples, ...figures(samples) },
  );
}

/**
 * Compares the results of all with the first one's. One that gives another result is not
 * measured; that ours does so is an error.
 */
async function checkEqual([first, ...others]) {
  const expected = await first.call("check");
  for (const other of others) {
    if (other.unchecked) continue;
    const found = await other.call("check").catch((error) => ({ text: error.message }));
    if (found.hash === expected.hash) continue;
    let at = 0;
    while (found.text[at] === expected.text[at] && at < found.text.length) at += 1;
    const [theirs, ours] = [expected, found].map(({ text }) =>
      text.slice(Math.max(0, at - 60), at + 120),
    );
    other.differs = `${ours}\n  instead of ${theirs}`;
    if (other.side.startsWith("ours"))
      throw new Error(`${other.side} ${other.variant} gives\n  ${other.differs}`);
  }
}

/** The median and the quartiles. */
export function figures(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (part) => {
    const position = part * (sorted.length - 1);
    const low = Math.floor(position);
    return sorted[low] + (position - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
