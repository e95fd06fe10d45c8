// Random schemas, rows and queries on Drizzle and on ours.
//   node tests/differential/fuzz.mjs [--seconds 60] [--cases N] [--seed N]
// Prints the seed; a difference is made small and printed as code.
import { parseArgs } from "node:util";
import { print } from "./run.mjs";
import { difference, printCase, randomCase } from "./fuzz/case.mjs";
import { Draw, shrink } from "./fuzz/draw.mjs";

/** The smallest case found that fails as the case of `choices` does. */
async function smallest(choices, kind, sides) {
  const kept = await shrink(choices, async (candidate) => {
    const draw = Draw.replay(candidate);
    const found = await difference(randomCase(draw), sides).catch(() => undefined);
    const shorter = draw.choices.length <= candidate.length;
    return found?.kind === kind && shorter ? draw.choices : undefined;
  });
  return randomCase(Draw.replay(kept));
}

const shown = (value) => (typeof value === "string" ? value : print(value));

/**
 * Runs cases until the time is over, the count is reached or one differs. Gives how many ran, how
 * many Drizzle itself refused, and the report of the difference. `sides` are what is compared.
 */
export async function fuzz({ seed, cases = Infinity, seconds = Infinity, sides }) {
  const end = Date.now() + seconds * 1000;
  let refused = 0;
  for (let count = 0; ; count += 1) {
    if (count >= cases || Date.now() > end) return { count, refused };
    const draw = Draw.random(seed + count);
    const found = await difference(randomCase(draw), sides);
    if (found?.kind === "refused") refused += 1;
    else if (found) {
      const small = await smallest(draw.choices, found.kind, sides);
      const { our, theirs } = await difference(small, sides);
      const report = `seed ${seed + count}\n${printCase(small)}\n\n// ours\n${shown(our)}\n\n// Drizzle\n${shown(theirs)}`;
      return { count: count + 1, refused, report };
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  const text = { type: "string" };
  const { values } = parseArgs({ options: { seconds: text, cases: text, seed: text } });
  const seed = Number(values.seed ?? Date.now() % 1e9);
  console.log(`seed ${seed}`);
  const cases = values.cases && Number(values.cases);
  const seconds = values.seconds ? Number(values.seconds) : cases ? undefined : 60;
  const { count, refused, report } = await fuzz({ seed, cases, seconds });
  console.log(`${count} cases, ${refused} refused by Drizzle itself`);
  if (report) console.log(`\n${report}`);
  process.exitCode = report ? 1 : 0;
}
