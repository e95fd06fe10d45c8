// Random writes as code: inserts with conflicts, updates and deletes, with what they return.
import { types } from "./schema.mjs";

/** Values that rows are written with, by the type of the column. */
const valuesOf = (type) => Object.keys(types[type].values);

/** Writes some statements one after the other; the query's result is the list of theirs. */
export class WriteWriter {
  constructor(d, tables) {
    this.d = d;
    this.tables = tables;
  }

  query() {
    const { d } = this;
    const kinds = [
      () => this.#insert(),
      () => this.#upsert(),
      () => this.#update(),
      () => this.#delete(),
      () => this.#insertSelect(),
      () => this.#updateFrom(),
    ];
    const statements = d.list(1, 4, () => d.pick(kinds)());
    const lines = statements.map((code, at) => `const r${at} = await ${code};`);
    const results = statements.map((_, at) => `r${at}`).join(", ");
    const body = `return (async () => {\n${lines.join("\n")}\nreturn [${results}];\n})();`;
    return { body, ordered: true };
  }

  #table() {
    return this.d.pick(this.tables);
  }

  /** A row with some of the columns, its keys from a few so that rows meet. */
  #row({ columns }, id) {
    const { d } = this;
    const members = columns.flatMap(({ key, type }) => {
      if (key === "id") return id ? [`id: ${1 + d.below(12)}`] : [];
      if (d.chance(30)) return d.chance(30) ? [`${key}: undefined`] : [];
      if (d.chance(15)) return [`${key}: null`];
      return [`${key}: ${d.pick(valuesOf(type))}`];
    });
    return `{ ${members.join(", ")} }`;
  }

  #rows(table, id) {
    const rows = this.d.list(1, 3, () => this.#row(table, id));
    return rows.length === 1 && this.d.chance(50) ? rows[0] : `[${rows.join(", ")}]`;
  }

  /** All columns, some of them, or none. */
  #returning({ key, columns }) {
    const { d } = this;
    const kind = d.below(4);
    if (kind === 0) return ".returning()";
    if (kind === 1) return ".run().changes";
    const fields = d.list(1, 3, (at) => `f${at}: s.${key}.${d.pick(columns).key}`);
    if (kind === 3) fields.push(`x: sql\`\${s.${key}.id} * \${2}\``);
    return `.returning({ ${fields.join(", ")} })`;
  }

  #insert() {
    const table = this.#table();
    const nothing = this.d.chance(50) ? ".onConflictDoNothing()" : "";
    const id = nothing !== "";
    return `db.insert(s.${table.key}).values(${this.#rows(table, id)})${nothing}${this.#returning(table)}`;
  }

  #upsert() {
    const { d } = this;
    const table = this.#table();
    const target = `s.${table.key}.id`;
    const where = d.chance(30) ? `, setWhere: ${this.#condition(table)}` : "";
    const conflict = `{ target: ${target}, set: ${this.#set(table, true)}${where} }`;
    return `db.insert(s.${table.key}).values(${this.#rows(table, true)}).onConflictDoUpdate(${conflict})${this.#returning(table)}`;
  }

  /** Values, columns of the same type and SQL; never nothing. */
  #set({ key, columns }, excluded) {
    const { d } = this;
    const others = columns.filter((column) => column.key !== "id");
    if (others.length === 0) return `{ id: sql\`\${s.${key}.id} + 0\` }`;
    const members = d.list(1, 3, () => {
      const column = d.pick(others);
      const same = d.pick(others.filter(({ type }) => type === column.type));
      const kinds = [
        () => d.pick(valuesOf(column.type)),
        () => "null",
        () => `sql\`\${s.${key}.${same.key}}\``,
        () => `sql\`coalesce(\${s.${key}.${same.key}}, \${null})\``,
      ];
      if (excluded) kinds.push(() => `sql.raw('excluded."${column.name}"')`);
      return `${column.key}: ${d.pick(kinds)()}`;
    });
    return `{ ${members.join(", ")} }`;
  }

  #update() {
    const { d } = this;
    const table = this.#table();
    const where = `.where(${this.#condition(table)})`;
    const limit = d.chance(20) ? `.orderBy(desc(s.${table.key}.id)).limit(${d.below(3)})` : "";
    return `db.update(s.${table.key}).set(${this.#set(table, false)})${where}${limit}${this.#returning(table)}`;
  }

  /** Rows of one table for another: columns of the same type, else null, and keys of their own. */
  #insertSelect() {
    const { d } = this;
    const [table, from] = [this.#table(), this.#table()];
    const fields = table.columns.map(({ key, type }) => {
      if (key === "id") return `id: sql\`\${s.${from.key}.id} + \${100}\`.as("id")`;
      const same = d.pick(from.columns.filter((column) => column.type === type));
      const value = same ? `\${s.${from.key}.${same.key}}` : "null";
      return `${key}: sql\`${value}\`.as("${key}")`;
    });
    const select = `db.select({ ${fields.join(", ")} }).from(s.${from.key}).where(${this.#condition(from)})`;
    return `db.insert(s.${table.key}).select(${select}).onConflictDoNothing()${this.#returning(table)}`;
  }

  /** Each row meets at most one of the other table, by its key. */
  #updateFrom() {
    const { d } = this;
    const table = this.#table();
    const from = d.pick(this.tables.filter((other) => other !== table));
    const { key } = d.pick(table.columns.filter(({ type }) => type === "int"));
    const pairs = table.columns.flatMap((mine) =>
      (from?.columns ?? [])
        .filter(({ type }) => type === mine.type && mine.key !== "id")
        .map((other) => `${mine.key}: s.${from.key}.${other.key}`),
    );
    if (pairs.length === 0) return this.#update();
    const on = `eq(s.${from.key}.id, s.${table.key}.${key})`;
    const update = `db.update(s.${table.key}).set({ ${d.pick(pairs)} }).from(s.${from.key})`;
    return `${update}.where(and(${on}, ${this.#condition(from)}))${this.#returning(table)}`;
  }

  #delete() {
    const { d } = this;
    const table = this.#table();
    const limit = d.chance(20) ? `.orderBy(s.${table.key}.id).limit(${d.below(3)})` : "";
    return `db.delete(s.${table.key}).where(${this.#condition(table)})${limit}${this.#returning(table)}`;
  }

  #condition({ key, columns }) {
    const { d } = this;
    const { key: name, type } = d.pick(columns);
    const column = `s.${key}.${name}`;
    const value = () => d.pick(valuesOf(type));
    const other = () => {
      const table = this.#table();
      return `db.select({ id: s.${table.key}.id }).from(s.${table.key})`;
    };
    const kinds = [
      () => `gt(s.${key}.id, ${d.below(6)})`,
      () => `eq(${column}, ${value()})`,
      () => `or(isNull(${column}), ne(${column}, ${value()}))`,
      () => `inArray(${column}, [${d.list(0, 2, value).join(", ")}])`,
      () => `inArray(s.${key}.id, ${other()})`,
    ];
    return d.pick(kinds)();
  }
}
