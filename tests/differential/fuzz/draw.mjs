// Random choices that can be recorded, replayed and made smaller.

/** A generator of 32-bit numbers (mulberry32). */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/**
 * The choices of one case. Each is a number below a bound, and 0 always chooses what is simplest:
 * a case gets smaller when choices are left out or lowered. Past the end of a replay all are 0.
 */
export class Draw {
  /** What was chosen, to be replayed. */
  choices = [];
  #next;

  constructor(next) {
    this.#next = next;
  }

  static random(seed) {
    return new Draw(numbers(seed));
  }

  static replay(choices) {
    let at = 0;
    return new Draw(() => choices[at++] ?? 0);
  }

  /** A number from 0 to `bound - 1`. */
  below(bound) {
    const chosen = bound > 0 ? this.#next() % bound : 0;
    this.choices.push(chosen);
    return chosen;
  }

  /** True in `percent` of a hundred. */
  chance(percent) {
    return this.below(100) >= 100 - percent;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** From `least` to `most` items. */
  list(least, most, make) {
    const items = [];
    while (items.length < least || (items.length < most && this.chance(50)))
      items.push(make(items.length));
    return items;
  }
}

/** Leaves choices out and lowers them, as long as `fails` says that the case still fails so. */
export async function shrink(choices, fails) {
  let best = choices;
  const attempt = async (candidate) => {
    const kept = await fails(candidate);
    if (kept) best = kept;
    return kept !== undefined;
  };
  for (let improved = true; improved;) {
    improved = false;
    for (let size = 16; size >= 1; size >>= 1)
      for (let at = 0; at < best.length;)
        if (await attempt([...best.slice(0, at), ...best.slice(at + size)])) improved = true;
        else at += size;
    for (let at = 0; at < best.length; at += 1)
      for (const lower of [0, best[at] >> 1, best[at] - 1])
        if (lower >= 0 && lower < best[at] && (await attempt(best.with(at, lower)))) {
          improved = true;
          break;
        }
  }
  return best;
}
