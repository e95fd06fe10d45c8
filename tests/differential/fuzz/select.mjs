// Random selects as code: joins, conditions, groups, subqueries, CTEs and set operators.
import { types } from "./schema.mjs";
import { Values } from "./values.mjs";

const comparable = new Set(["int", "text", "real", "date", "ms"]);
const aggregable = new Set(["int", "text", "real", "date", "ms", "bool"]);

/** Writes one query: `lines` are the declarations that stand before it. */
export class SelectWriter {
  lines = [];
  #used = new Set();
  #names = 0;

  constructor(d, tables) {
    this.d = d;
    this.tables = tables;
    this.values = new Values(d);
  }

  /** The whole query, and whether the order of its rows is said. */
  query() {
    const { d } = this;
    const made = d.chance(25) ? this.#compound() : this.#select(2, {});
    return {
      body: [...this.lines, `return ${made.code}${this.values.run("all")};`].join("\n"),
      ordered: made.ordered,
    };
  }

  #fresh(prefix) {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  #declare(prefix, make) {
    const name = this.#fresh(prefix);
    this.lines.push(`const ${name} = ${make(name)};`);
    return name;
  }

  // ---- sources

  /** A table, an alias of one, a subquery or a CTE, with the columns it has. */
  #source(depth, ctes) {
    const { d } = this;
    const kind = d.below(depth > 0 ? 10 : 6);
    if (kind < 6) return this.#tableSource(kind > 2);
    const inner = this.#select(depth - 1, { named: true });
    const cte = kind > 7 && ctes;
    const name = this.#declare(cte ? "w" : "q", (own) =>
      cte ? `db.$with("${own}").as(${inner.code})` : `${inner.code}.as("${own}")`,
    );
    if (cte) ctes.push(name);
    const columns = inner.fields.map((field) => ({ ...field, code: `${name}.${field.key}` }));
    return { code: name, columns, id: columns.find(({ unique }) => unique)?.code };
  }

  #tableSource(aliased) {
    const table = this.d.pick(this.tables);
    let code = `s.${table.key}`;
    if (aliased || this.#used.has(code))
      code = this.#declare("a", (own) => `alias(${code}, "${own}")`);
    this.#used.add(code);
    const columns = table.columns.map(({ key, name, type }) => ({
      code: `${code}.${key}`,
      key,
      name,
      type,
    }));
    return { code, columns, id: `${code}.id` };
  }

  // ---- selects

  /**
   * `named`: the fields can be read from outside, so that SQL has aliases and names differ.
   * `want`: the types of the fields, for the operands of set operators and lists.
   */
  #select(depth, { named = false, want, outer = [] }) {
    const { d } = this;
    const ctes = want || named ? undefined : [];
    const sources = [this.#source(depth, ctes)];
    let code = `.from(${sources[0].code})`;
    d.list(0, depth > 0 && !want ? 2 : 0, () => {
      code += this.#join(depth, sources, ctes);
    });
    const columns = sources.flatMap((source) => source.columns);
    const reach = [...columns, ...outer];
    const where = d.chance(60) ? `.where(${this.#condition(reach, depth)})` : "";
    const grouped = !want && d.chance(25) && this.#groups(columns, named);
    const fields = grouped ? grouped.fields : this.#fields(sources, { named, want, depth });
    const distinct = !grouped && fields && d.chance(15) ? "Distinct" : "";
    code = `db${this.#with(ctes)}.select${distinct}(${printFields(fields)})${code}${where}${grouped?.code ?? ""}`;
    const keys = grouped ? grouped.keys : distinct ? undefined : sources.map(({ id }) => id);
    const { tail, ordered } = this.#tail(want ? undefined : keys, columns);
    const plain = fields ?? columns.map((column) => ({ ...column, unique: column.key === "id" }));
    return { code: code + tail, fields: plain, ordered };
  }

  #with(ctes) {
    return ctes?.length ? `.with(${ctes.join(", ")})` : "";
  }

  #join(depth, sources, ctes) {
    const { d } = this;
    const known = sources.flatMap((source) => source.columns);
    const source = this.#source(depth - 1, ctes);
    const kind = d.pick(["innerJoin", "leftJoin", "rightJoin", "fullJoin", "crossJoin"]);
    const pairs = source.columns.flatMap((mine) =>
      known
        .filter(({ type }) => type === mine.type)
        .map((other) => `eq(${mine.code}, ${other.code})`),
    );
    sources.push(source);
    if (kind === "crossJoin") return `.crossJoin(${source.code})`;
    const on =
      pairs.length > 0 && !d.chance(20)
        ? d.pick(pairs)
        : this.#condition([...source.columns, ...known], 0);
    return `.${kind}(${source.code}, ${on})`;
  }

  /** Order by what makes rows unique, if that is known; only then limits give the same rows. */
  #tail(keys, columns) {
    const { d } = this;
    if (!keys || keys.some((key) => key === undefined) || !d.chance(50))
      return { tail: "", ordered: false };
    const direction = (code) => (d.chance(30) ? `desc(${code})` : code);
    const first =
      d.chance(30) && keys.length > 0 && columns.some(({ code }) => keys.includes(code));
    const order = [...(first ? [d.pick(columns).code] : []), ...keys].map(direction);
    if (order.length === 0) return { tail: "", ordered: false };
    const limit = d.chance(40) ? `.limit(${this.values.below(5)})` : "";
    const offset = limit && d.chance(40) ? `.offset(${this.values.below(4)})` : "";
    return { tail: `.orderBy(${order.join(", ")})${limit}${offset}`, ordered: true };
  }

  // ---- fields

  /** Absent for all columns; else some, the first of a nested object never null in a row. */
  #fields(sources, { named, want, depth }) {
    const { d } = this;
    const columns = sources.flatMap((source) => source.columns);
    if (want) return want.map((type, at) => this.#fieldOf(type, columns, `f${at}`));
    // Drizzle tells a missing row by the first column, so that must be a key.
    const keyed = !named && sources.every((source) => source.columns[0].code === source.id);
    if (d.chance(30) && (sources.length === 1 || keyed)) return undefined;
    const names = new Set();
    const single = (at) => {
      const column = d.pick(columns);
      const key = `f${at}`;
      const plain = !d.chance(30) && !(named && names.has(column.name));
      names.add(plain ? column.name : key);
      if (plain) return { ...column, key, unique: false };
      return { key, name: key, type: "raw", code: this.#named(this.#value(columns, depth), named) };
    };
    const fields = d.list(1, 4, single);
    const nestable = sources.filter(({ id }) => id);
    if (!named && nestable.length > 0 && d.chance(30)) {
      const source = d.pick(nestable);
      const inner = source.columns.filter(({ code }) => code === source.id || d.chance(50));
      inner.sort((a, b) => (b.code === source.id) - (a.code === source.id));
      fields.push({ key: "nested", inner });
    }
    return fields;
  }

  /** With an alias of its own where it is read from outside: no two sources share a name. */
  #named(code, named) {
    return named ? `${code}.as("${this.#fresh("x")}")` : code;
  }

  #fieldOf(type, columns, key) {
    const fitting = columns.filter((column) => column.type === type);
    if (fitting.length > 0) return { ...this.d.pick(fitting), key, unique: false };
    const literal = this.d.pick(Object.values(types[type].values));
    return { key, name: key, type, code: this.#named(`sql\`${literal}\``, true) };
  }

  /** A value made with `sql`. */
  #value(columns, depth) {
    const { d } = this;
    const column = (...wanted) =>
      d.pick(columns.filter(({ type }) => wanted.includes(type)))?.code ?? "null";
    const kinds = [
      () => `sql\`\${${d.pick(columns).code}}\``,
      () => `sql\`\${${column("int", "bool")}} + \${${d.below(9)}}\``,
      () => `sql\`coalesce(\${${column("text", "int")}}, \${"none"})\``,
      () => `sql\`upper(\${${column("text")}}) || \${"!"}\``,
      () => `sql\`\${${d.pick(columns).code}} is null\`.mapWith(Boolean)`,
      () => `sql\`iif(\${${this.#condition(columns, 0)}}, \${1}, \${"no"})\``,
      () => `sql\`\${${this.#scalar(columns)}}\``,
    ];
    return d.pick(depth > 0 ? kinds : kinds.slice(0, 6))();
  }

  #scalar(outer) {
    const { d } = this;
    const source = this.#tableSource(true);
    const where = `.where(${this.#condition([...source.columns, ...outer], 0)})`;
    const what = d.pick(["count()", `max(${source.id})`]);
    return `db.select({ n: ${what} }).from(${source.code})${where}`;
  }

  /** Groups by some columns: those and aggregates are the fields. */
  #groups(columns, named) {
    const { d } = this;
    const by = d
      .list(0, 2, () => d.pick(columns))
      .filter((one, at, all) => all.findIndex(({ name }) => name === one.name) === at);
    const aggregates = d.list(1, 2, (at) => this.#aggregate(columns, `g${at}`, named));
    const fields = [
      ...by.map((column, at) => ({ ...column, key: `k${at}`, unique: false })),
      ...aggregates,
    ];
    const group = by.length > 0 ? `.groupBy(${by.map(({ code }) => code).join(", ")})` : "";
    const having = group && d.chance(30) ? `.having(gt(count(), ${this.values.below(3)}))` : "";
    return { fields, code: group + having, keys: by.map(({ code }) => code) };
  }

  #aggregate(columns, key, named) {
    const { d } = this;
    const of = (set) => columns.filter(({ type }) => set.has(type));
    const [any, ints] = [of(aggregable), of(new Set(["int"]))];
    const kinds = [
      "count()",
      `count(${d.pick(columns).code})`,
      `countDistinct(${d.pick(columns).code})`,
    ];
    if (any.length > 0) kinds.push(`max(${d.pick(any).code})`, `min(${d.pick(any).code})`);
    if (ints.length > 0)
      kinds.push(
        `sum(${d.pick(ints).code})`,
        `avg(${d.pick(ints).code})`,
        `sumDistinct(${d.pick(ints).code})`,
      );
    const code = d.pick(kinds);
    return { key, name: key, type: "raw", code: this.#named(code, named) };
  }

  // ---- conditions

  #condition(columns, depth) {
    const { d } = this;
    const kind = d.below(depth > 0 ? 14 : 8);
    if (kind < 8) return this.#comparison(d.pick(columns), columns);
    const inner = () => this.#condition(columns, depth - 1);
    if (kind === 8) return `and(${inner()}, ${inner()})`;
    if (kind === 9) return `or(${inner()}, ${inner()})`;
    if (kind === 10) return `not(${inner()})`;
    if (kind === 11) return `sql\`(\${${inner()}})\``;
    const source = this.#tableSource(true);
    const where = this.#condition([...source.columns, ...columns], 0);
    if (kind === 12) {
      return `${d.pick(["exists", "notExists"])}(db.select().from(${source.code}).where(${where}))`;
    }
    const list = `db.select({ id: ${source.id} }).from(${source.code}).where(${where})`;
    const ints = columns.filter(({ type }) => type === "int");
    if (ints.length === 0) return `sql\`true\``;
    return `${d.pick(["inArray", "notInArray"])}(${d.pick(ints).code}, ${list})`;
  }

  #comparison({ code, type }, columns) {
    const { d } = this;
    if (type === "raw") return `${d.pick(["isNull", "isNotNull"])}(${code})`;
    const value = () => this.values.of(type);
    const other = d.pick(columns.filter((column) => column.type === type)).code;
    const kinds = [
      () => `eq(${code}, ${value()})`,
      () => `${d.pick(["isNull", "isNotNull"])}(${code})`,
      () => `ne(${code}, ${value()})`,
      () => `${d.pick(["inArray", "notInArray"])}(${code}, [${d.list(0, 3, value).join(", ")}])`,
    ];
    if (comparable.has(type)) {
      const operator = () => d.pick(["gt", "gte", "lt", "lte"]);
      kinds.push(
        () => `${operator()}(${code}, ${value()})`,
        () => `${operator()}(${code}, ${other})`,
        () => `${d.pick(["between", "notBetween"])}(${code}, ${value()}, ${value()})`,
      );
    }
    if (type === "text")
      kinds.push(
        () => `${d.pick(["like", "notLike"])}(${code}, ${d.pick(['"a%"', '"%b"', '"_"'])})`,
      );
    return d.pick(kinds)();
  }

  // ---- set operators

  #compound() {
    const { d } = this;
    const want = d.list(1, 3, () => d.pick(["int", "text", "date", "bool"]));
    const operands = d.list(2, 3, () => this.#select(1, { want }));
    const kind = () => d.pick(["union", "unionAll", "intersect", "except"]);
    const code = operands
      .slice(1)
      .reduce((made, { code }) => `${made}.${kind()}(${code})`, operands[0].code);
    if (!d.chance(50)) return { code, ordered: false };
    const positions = want.map((_, at) => at + 1).join(", ");
    const limit = d.chance(50) ? `.limit(${this.values.below(6)})` : "";
    return { code: `${code}.orderBy(sql\`${positions}\`)${limit}`, ordered: true };
  }
}

function printFields(fields) {
  if (!fields) return "";
  const print = ({ key, code, inner }) => `${key}: ${inner ? printFields(inner) : code}`;
  return `{ ${fields.map(print).join(", ")} }`;
}
