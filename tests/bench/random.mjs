// Seeded random numbers and words: every side gets the same data, every run the same.

/** A generator of numbers in [0, 1): mulberry32. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

const syllables = "ra lo mi ten sa vor ka du el in ost bre ni ga tu fel or ma".split(" ");

/** Draws numbers, members and texts from a seed. */
export class Draw {
  #next;
  constructor(seed) {
    this.#next = random(seed);
  }
  /** An integer from 0 up to, not including, `limit`. */
  below(limit) {
    return Math.floor(this.#next() * limit);
  }
  of(list) {
    return list[this.below(list.length)];
  }
  /** A number with two digits after the point. */
  price(limit) {
    return Math.round(this.#next() * limit * 100) / 100;
  }
  word() {
    let word = "";
    for (let count = 2 + this.below(2); count > 0; count -= 1) word += this.of(syllables);
    return word[0].toUpperCase() + word.slice(1);
  }
  /** A text of so many words; one in ten has letters outside of ASCII. */
  text(words) {
    const parts = Array.from({ length: words }, () => this.word());
    if (this.below(10) === 0) parts.push("Čeština");
    return parts.join(" ");
  }
}
