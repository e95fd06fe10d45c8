// One case on Drizzle and on ours: the verdict, and what to print about it.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { better, lineDifferences } from "./known-differences.mjs";
import { print, runCase } from "./run.mjs";
import { pairs } from "./sides.mjs";

const files = readdirSync(new URL("topics/", import.meta.url)).sort();
const topics = await Promise.all(files.map((file) => import(`./topics/${file}`)));

/** The cases of all topics. */
export const cases = topics.flatMap((module) => module.default);

/** What two sides are compared by. */
export function printed(given, outcome) {
  if (outcome.error) return `failed${outcome.contents ? `, ${print(outcome.contents)}` : ""}`;
  const { result } = outcome;
  const sorted = given.unordered && Array.isArray(result) ? result.map(print).sort() : result;
  return print({ ...outcome, result: sorted });
}

const outcome = (given, side) => runCase(side, given.schema, given.run, given);

/** Runs the case on one side and checks that it fails or not, as the case says. */
export async function outcomeOf(given, side) {
  const found = await outcome(given, side);
  const { error } = found;
  if (!given.fails) {
    if (error) throw new Error(`${side.name}: ${error.message}`, { cause: error });
  } else {
    assert.ok(error, `${side.name} must fail, gave ${print(outcome.result)}`);
    const message = `${error.message} ${error.cause?.message ?? ""}`;
    if (given.fails instanceof RegExp) assert.match(message, given.fails, side.name);
    if (side.ours) assert.notEqual(error.name, "TypeError", message);
  }
  return found;
}

/** Whether an entry of the table is about the case of that name. */
export const isNamed = (entry, name) =>
  entry.name instanceof RegExp ? entry.name.test(name) : entry.name === name;

/** The known difference of a case from a line of Drizzle. */
function knownDifference({ name, lines }, line) {
  return better.find((known) => isNamed(known, name) && (known.lines ?? lines).includes(line));
}

/** The lines on which a case is compared: not on v1 where the lines differ and ours follows 0.45. */
export const comparedLines = ({ name, lines }) =>
  lines.filter((line) => line === "0.45" || !lineDifferences.some((entry) => isNamed(entry, name)));

/** Throws with the lines around the first difference. */
function assertSame(ours, theirs, name) {
  if (ours === theirs) return;
  const [left, right] = [ours.split("\n"), theirs.split("\n")];
  const at = left.findIndex((line, index) => line !== right[index]);
  const part = (lines) => lines.slice(Math.max(0, at - 3), at + 8).join("\n");
  assert.fail(`line ${at + 1} differs\nours:\n${part(left)}\n${name}:\n${part(right)}`);
}

/** Throws unless ours gives what Drizzle gives, or the better result that the table knows. */
export async function compare(given, line) {
  const { peer, ours } = pairs[line];
  const known = knownDifference(given, line);
  if (!known) {
    const theirs = await outcomeOf(given, peer);
    const our = await outcomeOf(given, ours);
    assertSame(printed(given, our), printed(given, theirs), peer.name);
    if (given.fails === "alike") assert.equal(our.error.message, theirs.error.message);
    return;
  }
  const [theirs, our] = [await outcome(given, peer), await outcome(given, ours)];
  assert.notEqual(printed(given, our), printed(given, theirs), "no difference is left");
  if (known.as)
    assertSame(
      printed(given, our),
      printed(given, await outcome(given, pairs[known.as].peer)),
      known.as,
    );
  known.check?.(our);
}
