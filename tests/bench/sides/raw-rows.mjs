// Flat rows by hand: as the driver makes them, from arrays, and from JSON.

/** Fields whose columns have their own names. */
export const named = (names) => Object.fromEntries(names.split(" ").map((name) => [name, name]));

/** A maker of objects from arrays, as a program would spell it out. */
export function rowMaker(names) {
  const members = names.map((name, index) => `${JSON.stringify(name)}: row[${index}]`);
  return new Function("row", `return { ${members.join(", ")} };`);
}

/**
 * The variants of a flat select.
 * @param fields the expressions by the names of their fields
 * @param from the rest of the statement
 * @param values the values of a call, by its number
 */
export function columns(fields, from, values = () => []) {
  const names = Object.keys(fields);
  const list = Object.values(fields).join(", ");
  const aliased = names.map((name) => `${fields[name]} as "${name}"`).join(", ");
  const make = rowMaker(names);
  return {
    objects: (db) => {
      const all = db.objects(`select ${aliased} ${from}`);
      return { op: (i) => all(...values(i)) };
    },
    arrays: (db) => {
      const all = db.arrays(`select ${list} ${from}`);
      return { op: (i) => all(...values(i)).map(make) };
    },
    "json-levels": (db) => {
      const keys = names.map((name) => `"${name}"`).join(", ");
      const get = db.value(
        `select json_group_array(json_array(${keys})) from (select ${aliased} ${from})`,
      );
      return { op: (i) => JSON.parse(get(...values(i))).map(make) };
    },
  };
}
