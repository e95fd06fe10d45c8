const listedCandidates = 12;

/** "Nearest: … Candidates: …" for a name that does not exist, in the words of the core. */
export function candidatesHint(name: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return "";
  const near = nearest(name, candidates);
  const listed = candidates.slice(0, listedCandidates).map((candidate) => `"${candidate}"`);
  const more = candidates.length - listed.length;
  return (
    (near === undefined ? "" : `Nearest: "${near}". `) +
    `Candidates: ${listed.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`
  );
}

/** The candidate with the fewest edits, if those are few for the length of the name. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.floor(name.length / 3) + 2;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = above[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[to.length]!;
}
