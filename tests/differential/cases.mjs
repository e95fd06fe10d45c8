// How topics state their cases.

/**
 * A topic: cases by name over one schema. A case is a function of { db, s, orm, core, line } that
 * gives a builder, a promise or a value; `s` holds the schema's tables. Options of a topic hold for
 * all its cases, those of `with_` for one:
 * - `lines`: the lines of Drizzle that have what the case uses; both if absent
 * - `writes`: what the tables hold afterwards is compared too
 * - `fails`: both sides must fail; a pattern matches both messages, "alike" says that they are equal
 * - `unordered`: the order of the rows is not said
 * - `config`: what `drizzle()` is given beside the client
 */
export function topic(topicName, schema, options, cases) {
  return Object.entries(cases).map(([title, given]) => {
    const [run, own] = Array.isArray(given) ? given : [given, {}];
    const name = `${topicName} / ${title}`;
    return { name, schema, run, lines: ["0.45", "v1"], ...options, ...own };
  });
}

/** A case with options of its own. */
export const with_ = (options, run) => [run, options];
