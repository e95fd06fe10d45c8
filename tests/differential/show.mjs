// For looking at cases by hand.
//   node tests/differential/show.mjs [--peer] [--all] [PATTERN]
// Compares the cases whose names match; prints those that differ, with --all all of them with their
// results. --peer runs Drizzle only: cases that are wrong themselves, and where its lines differ.
import { cases, compare, comparedLines, outcomeOf, printed } from "./compare.mjs";
import { runCase } from "./run.mjs";
import { pairs } from "./sides.mjs";

const options = new Set(process.argv.slice(2).filter((word) => word.startsWith("--")));
const pattern = new RegExp(process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "");

/** What Drizzle does: the case's own faults, and results that its lines do not share. */
async function showPeer(given) {
  const prints = [];
  for (const line of given.lines) {
    try {
      prints.push(printed(given, await outcomeOf(given, pairs[line].peer)));
    } catch (error) {
      prints.push(`${line}: ${error.message} ${error.cause?.stack ?? ""}`);
    }
  }
  const equal = prints.every((one) => one === prints[0]);
  const wrong = prints.some((one) => /^(0.45|v1): /.test(one));
  if (options.has("--all") || wrong || !equal) console.log(`\n${given.name}\n${prints.join("\n")}`);
  return !wrong && equal;
}

async function showBoth(given) {
  let good = true;
  for (const line of comparedLines(given)) {
    try {
      await compare(given, line);
    } catch (error) {
      good = false;
      console.log(`\n${line}: ${given.name}\n${error.message.slice(0, 3000)}`);
    }
  }
  if (options.has("--all")) {
    const { result, error } = await runCase(pairs[given.lines[0]].ours, given.schema, given.run);
    console.log(`\n${given.name}\n`, error ?? result);
  }
  return good;
}

let differing = 0;
const chosen = cases.filter(({ name }) => pattern.test(name));
for (const given of chosen) {
  const good = options.has("--peer") ? await showPeer(given) : await showBoth(given);
  if (!good) differing += 1;
}
console.log(`\n${chosen.length} cases, ${differing} differ`);
