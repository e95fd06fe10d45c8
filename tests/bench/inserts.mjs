// Rows as SQL.

const literal = (value) => {
  if (value === null) return "null";
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
};

/** The statements that insert rows, 500 at a time. */
export function inserts(table, rows) {
  const statements = [];
  for (let at = 0; at < rows.length; at += 500) {
    const values = rows.slice(at, at + 500).map((row) => `(${row.map(literal).join(",")})`);
    statements.push(`insert into ${table} values ${values.join(",")};`);
  }
  return statements.join("\n");
}

/** What `make` makes of the numbers from 1 to `count`. */
export const range = (count, make) => Array.from({ length: count }, (_, index) => make(index + 1));
