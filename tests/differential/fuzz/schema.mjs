// Random tables with rows and relations between them, as code.

/** How a column of each type is declared, and values of it in JavaScript and in SQL. */
export const types = {
  int: {
    make: "integer",
    values: { 0: "0", 1: "1", 2: "2", "-3": "-3", 2000000000: "2000000000" },
  },
  text: {
    make: "text",
    values: {
      '"a"': "'a'",
      '""': "''",
      '"A"': "'A'",
      '"ab"': "'ab'",
      '"é_%"': "'é_%'",
      '"b\'"': "'b'''",
    },
  },
  bool: { make: "integer", config: '{ mode: "boolean" }', values: { true: "1", false: "0" } },
  real: { make: "real", values: { 0.5: "0.5", "-1.25": "-1.25", 2: "2", 1e15: "1e15" } },
  date: {
    make: "integer",
    config: '{ mode: "timestamp" }',
    values: { "new Date(1000)": "1", "new Date(0)": "0", "new Date(1700000000000)": "1700000000" },
  },
  ms: {
    make: "integer",
    config: '{ mode: "timestamp_ms" }',
    values: {
      "new Date(1)": "1",
      "new Date(-1)": "-1",
      "new Date(1700000000123)": "1700000000123",
    },
  },
  json: {
    make: "text",
    config: '{ mode: "json" }',
    values: { "[1, null]": "'[1,null]'", "{ a: {} }": `'{"a":{}}'`, '"x"': `'"x"'` },
  },
  numeric: { make: "numeric", values: { '"1.5"': "1.5", '"0"': "0", '"-12"': "-12" } },
  buffer: {
    make: "blob",
    config: '{ mode: "buffer" }',
    values: { "Buffer.from([1, 0])": "x'0100'", "Buffer.from([])": "x''" },
  },
  bigint: {
    make: "blob",
    config: '{ mode: "bigint" }',
    values: {
      "5n": "x'35'",
      "-12345678901234567890n": "x'2d3132333435363738393031323334353637383930'",
    },
  },
};
const flatTypes = Object.keys(types);
/** 0.45 cannot nest blobs, and v1 makes 0n of a nested null. */
const nestable = flatTypes.filter((type) => type !== "buffer" && type !== "bigint");

const quoted = (name) => `"${name}"`;

/** Tables of 1 to 4 columns beside the id, some of which refer to a table; names are at times odd. */
export function randomSchema(d, { nested }) {
  const tables = [];
  for (let index = 0, count = 1 + d.below(4); index < count; index += 1) {
    const key = `t${index}`;
    const columns = [{ key: "id", name: "id", type: "int" }];
    d.list(0, 4, (at) => {
      const type = d.pick(nested ? nestable : flatTypes);
      const name = d.pick([`c${at}`, `c ${at}`, `order${at}`]);
      columns.push({ key: `c${at}`, name, type });
    });
    d.list(nested && index > 0 ? 1 : 0, 2, (at) => {
      const target = d.below(index + 1);
      columns.push({ key: `r${at}`, name: `r_${at}`, type: "int", target: `t${target}` });
    });
    tables.push({ key, name: d.pick([key, `${key}_x`, `select ${key}`]), columns });
  }
  for (const table of tables) table.rows = d.list(0, 8, (at) => randomRow(d, table, at + 1));
  return tables;
}

function randomRow(d, { columns }, id) {
  return columns.map(({ key, type, target }) => {
    if (key === "id") return String(id);
    if (d.chance(25)) return "null";
    return target ? String(1 + d.below(6)) : d.pick(Object.values(types[type].values));
  });
}

/** The statements that create and fill the tables. */
export function ddlOf(tables) {
  return tables
    .map(({ name, columns, rows }) => {
      const column = ({ key, name, type }) =>
        key === "id" ? `id integer primary key` : `${quoted(name)} ${types[type].make}`;
      const create = `create table ${quoted(name)} (${columns.map(column).join(", ")});`;
      const insert = rows.map((row) => `insert into ${quoted(name)} values (${row.join(", ")});`);
      return [create, ...insert].join("\n");
    })
    .join("\n");
}

/** The tables as code in Drizzle's words. */
export function declarationsOf(tables) {
  return tables
    .map(({ key, name, columns }) => {
      const column = (one) => {
        const { make, config } = types[one.type];
        const made = `${make}(${[JSON.stringify(one.name), config].filter(Boolean).join(", ")})`;
        return `  ${one.key}: ${made}${one.key === "id" ? ".primaryKey()" : ""},`;
      };
      const lines = columns.map(column).join("\n");
      return `const ${key} = sqliteTable(${JSON.stringify(name)}, {\n${lines}\n});`;
    })
    .join("\n");
}

/** The relations that the referring columns make: one from each, and many back. */
export function relationsOf(tables) {
  const relations = Object.fromEntries(tables.map(({ key }) => [key, []]));
  for (const { key, columns } of tables)
    for (const column of columns.filter(({ target }) => target)) {
      const name = `${key}_${column.key}`;
      relations[key].push({
        name: `one_${column.key}`,
        kind: "one",
        target: column.target,
        column: column.key,
        pair: name,
      });
      relations[column.target].push({
        name: `many_${name}`,
        kind: "many",
        target: key,
        pair: name,
      });
    }
  return relations;
}

/** The relations as code in the form of 0.45. */
export function latestRelations(tables) {
  const all = relationsOf(tables);
  return tables
    .map(({ key }) => {
      const member = ({ name, kind, target, column, pair }) =>
        kind === "one"
          ? `  ${name}: one(${target}, { fields: [${key}.${column}], references: [${target}.id], relationName: "${pair}" }),`
          : `  ${name}: many(${target}, { relationName: "${pair}" }),`;
      const members = all[key].map(member).join("\n");
      return `const ${key}Relations = relations(${key}, ({ one, many }) => ({\n${members}\n}));`;
    })
    .join("\n");
}

/** The relations as code in the form of v1. */
export function definedRelations(tables) {
  const all = relationsOf(tables);
  const members = tables.map(({ key }) => {
    const member = ({ name, kind, target, column, pair }) =>
      kind === "one"
        ? `${name}: r.one.${target}({ from: r.${key}.${column}, to: r.${target}.id, alias: "${pair}" })`
        : `${name}: r.many.${target}({ alias: "${pair}" })`;
    return `  ${key}: { ${all[key].map(member).join(", ")} },`;
  });
  const keys = tables.map(({ key }) => key).join(", ");
  return `const related = defineRelations({ ${keys} }, (r) => ({\n${members.join("\n")}\n}));`;
}
