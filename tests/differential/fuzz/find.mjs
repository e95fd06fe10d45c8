// Random relation queries of both lines, as code.
import { relationsOf } from "./schema.mjs";
import { Values } from "./values.mjs";

/** Values that rc.4 takes for filters when they stand alone. */
const objects = new Set(["json", "date", "ms"]);

/** Writes one relation query; `line` says in whose form. */
export class FindWriter {
  ordered = true;

  constructor(d, tables, line) {
    this.d = d;
    this.line = line;
    this.tables = new Map(tables.map((table) => [table.key, table]));
    this.relations = relationsOf(tables);
    this.values = new Values(d);
  }

  query() {
    const { d } = this;
    const table = d.pick([...this.tables.keys()]);
    const first = d.chance(15);
    const config = this.#config(table, 3, first ? "first" : "many");
    const body = `return db.query.${table}.${first ? "findFirst" : "findMany"}(${config})${this.values.run("execute")};`;
    return { body, ordered: this.ordered };
  }

  #config(key, depth, kind) {
    const { d } = this;
    const { columns } = this.tables.get(key);
    const parts = [];
    if (d.chance(50)) parts.push(...this.#columns(columns));
    if (d.chance(20)) parts.push(this.#extras(columns));
    if (d.chance(50) && (kind !== "one" || this.line === "v1"))
      parts.push(`where: ${this.#where(key, columns, 2)}`);
    if (kind !== "one") parts.push(...this.#order(columns, kind));
    const relations = depth > 0 ? this.relations[key] : [];
    const chosen = relations.filter(() => d.chance(60));
    if (chosen.length > 0) {
      const member = ({ name, target, kind: of }) =>
        `${name}: ${d.chance(70) ? this.#config(target, depth - 1, of) : this.#all(of)}`;
      parts.push(`with: { ${chosen.map(member).join(", ")} }`);
    }
    return `{ ${parts.join(", ")} }`;
  }

  #all(kind) {
    if (kind === "many") this.ordered = false;
    return "true";
  }

  #columns(columns) {
    const { d } = this;
    const include = d.chance(70);
    const chosen = columns.filter(() => d.chance(40)).map(({ key }) => `${key}: ${include}`);
    if (include && chosen.length === 0) chosen.push("id: true");
    if (!include && chosen.length === columns.length) chosen.pop();
    return chosen.length > 0 ? [`columns: { ${chosen.join(", ")} }`] : [];
  }

  #extras(columns) {
    const { key } = this.d.pick(columns);
    const value = `sql\`coalesce(\${t.${key}}, \${"none"})\``;
    return this.line === "v1"
      ? `extras: { x: (t) => ${value} }`
      : `extras: (t) => ({ x: ${value}.as("x") })`;
  }

  /** The order ends with the key; without one the query is compared without order and has no limit. */
  #order(columns, kind) {
    const { d } = this;
    if (kind === "many" && !d.chance(60)) {
      this.ordered = false;
      return [];
    }
    const by = [...d.list(0, 1, () => d.pick(columns).key), "id"].filter(
      (one, at, all) => all.indexOf(one) === at,
    );
    const order = by.map((key) => [key, d.pick(["asc", "desc"])]);
    const code =
      this.line === "v1" && d.chance(50)
        ? `orderBy: { ${order.map(([key, direction]) => `${key}: "${direction}"`).join(", ")} }`
        : `orderBy: (t, { asc, desc }) => [${order.map(([key, direction]) => `${direction}(t.${key})`).join(", ")}]`;
    if (kind === "first" || !d.chance(40)) return [code];
    return [
      code,
      `limit: ${this.values.below(4)}`,
      ...(d.chance(40) ? [`offset: ${this.values.below(3)}`] : []),
    ];
  }

  // ---- conditions

  #where(key, columns, depth) {
    if (this.line === "v1") return this.#filter(key, columns, depth);
    return `(t, { and, or, not, eq, ne, gt, lt, isNull, isNotNull, inArray }) => ${this.#condition(columns, depth)}`;
  }

  #condition(columns, depth) {
    const { d } = this;
    const kind = d.below(depth > 0 ? 8 : 5);
    if (kind === 5)
      return `and(${this.#condition(columns, depth - 1)}, ${this.#condition(columns, depth - 1)})`;
    if (kind === 6)
      return `or(${this.#condition(columns, depth - 1)}, ${this.#condition(columns, depth - 1)})`;
    if (kind === 7) return `not(${this.#condition(columns, depth - 1)})`;
    const { key, type } = d.pick(columns);
    const value = () => this.values.of(type);
    const kinds = [
      () => `eq(t.${key}, ${value()})`,
      () => `ne(t.${key}, ${value()})`,
      () => `${d.pick(["gt", "lt"])}(t.${key}, ${value()})`,
      () => `${d.pick(["isNull", "isNotNull"])}(t.${key})`,
      () => `inArray(t.${key}, [${d.list(0, 2, value).join(", ")}])`,
    ];
    return kinds[kind]();
  }

  /** An object filter: columns, relations, AND, OR, NOT, RAW. */
  #filter(key, columns, depth) {
    const { d } = this;
    const inner = () => this.#filter(key, columns, depth - 1);
    const members = d.list(0, 2, () => {
      const kind = d.below(depth > 0 ? 9 : 4);
      if (kind < 4) return this.#columnFilter(d.pick(columns));
      if (kind === 4) return `AND: [${inner()}, ${inner()}]`;
      if (kind === 5) return `OR: [${this.#oneFilter(columns)}, ${this.#oneFilter(columns)}]`;
      if (kind === 6) return `NOT: ${this.#oneFilter(columns)}`;
      if (kind === 7) return `RAW: (t) => sql\`\${t.id} <> \${${d.below(4)}}\``;
      return this.#relationFilter(key, depth);
    });
    const byName = new Map(members.map((member) => [member.split(":")[0], member]));
    return `{ ${[...byName.values()].join(", ")} }`;
  }

  #oneFilter(columns) {
    return `{ ${this.#columnFilter(this.d.pick(columns))} }`;
  }

  #relationFilter(key, depth) {
    const { d } = this;
    const relations = this.relations[key];
    if (relations.length === 0) return `id: { gt: ${d.below(4)} }`;
    const { name, target } = d.pick(relations);
    const filter = d.pick([
      "true",
      "false",
      this.#filter(target, this.tables.get(target).columns, depth - 1),
    ]);
    return `${name}: ${filter}`;
  }

  #columnFilter({ key, type }) {
    const { d } = this;
    const value = () => this.values.of(type);
    const kinds = [
      () => (objects.has(type) ? `{ eq: ${value()} }` : value()),
      () => `{ ${d.pick(["ne", "gt", "lt", "gte", "lte"])}: ${value()} }`,
      () => `{ ${d.pick(["isNull", "isNotNull"])}: true }`,
      () => `{ ${d.pick(["in", "notIn"])}: [${d.list(0, 2, value).join(", ")}] }`,
      () => `{ OR: [{ eq: ${value()} }, { isNull: true }] }`,
      () => `{ NOT: { eq: ${value()} } }`,
    ];
    return `${key}: ${d.pick(kinds)()}`;
  }
}
