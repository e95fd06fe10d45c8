// Values in conditions and limits: written out, or as placeholders of a prepared query.
import { types } from "./schema.mjs";

/** Types whose values the driver takes as they are; Drizzle does not encode placeholders. */
const bindable = new Set(["int", "text", "real"]);

/** Chooses values; in a third of the queries some are placeholders. */
export class Values {
  #given = [];
  #prepared;

  constructor(d) {
    this.d = d;
    this.#prepared = d.chance(33);
  }

  /** A value of the type. */
  of(type) {
    const value = this.d.pick(Object.keys(types[type].values));
    return bindable.has(type) ? this.#maybe(value) : value;
  }

  /** A number below the bound. */
  below(bound) {
    return this.#maybe(String(this.d.below(bound)));
  }

  #maybe(value) {
    if (!this.#prepared || !this.d.chance(40)) return value;
    const name = `p${this.#given.length}`;
    this.#given.push(`${name}: ${value}`);
    return `sql.placeholder("${name}")`;
  }

  /** What stands behind the query to run it with the placeholders' values. */
  run(method) {
    return this.#prepared ? `.prepare().${method}({ ${this.#given.join(", ")} })` : "";
  }
}
