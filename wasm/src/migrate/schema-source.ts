import type { IntrospectedSchema } from "../ast/migration.js";
import type {
  ColumnDocument,
  ForeignKeyDocument,
  IndexDocument,
  TableDocument,
} from "../ast/schema-document.js";
import { Keys } from "./names.js";
import { relationsSource } from "./relations-source.js";

/** What the sources import; tables are called otherwise. */
const builders = [
  ..."AnySQLiteColumn blob check customType foreignKey index integer numeric primaryKey real".split(
    " ",
  ),
  ..."sqliteTable sqliteView text unique uniqueIndex sql defineRelations relations".split(" "),
];

/** Where the source imports from. */
export interface SourceModules {
  /** The module of `sql` and `defineRelations`. */
  readonly root: string;
  /** The module of the builders. */
  readonly core: string;
}

const drizzle: SourceModules = { root: "drizzle-orm", core: "drizzle-orm/sqlite-core" };

/** How SQLite's builders write a declared type; others are custom types. */
const plainTypes: Readonly<Record<string, string>> = {
  integer: "integer",
  text: "text",
  real: "real",
  blob: "blob",
  numeric: "numeric",
};

/** Names of the sources for the names of SQL. */
export interface SourceNames {
  /** Of tables and of custom types. */
  readonly tables: Keys;
  readonly columns: ReadonlyMap<string, Keys>;
}

/** A text of TypeScript that holds any SQL. */
const template = (sql: string): string =>
  `sql\`${sql.replace(/[\\`]|\$\{/g, (part) => `\\${part}`)}\``;

const quoted = (text: string): string => JSON.stringify(text);

/** A literal of a default; numbers that JavaScript cannot hold are SQL. */
function literal(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  const [[kind, text] = ["", ""]] = Object.entries(value ?? {}) as [string, string][];
  return template(kind === "blob" ? `x'${text}'` : String(text));
}

class SchemaSource {
  readonly #tables: readonly TableDocument[];
  readonly #names: SourceNames;
  readonly #imports = new Set<string>();
  readonly #types = new Map<string, string>();
  readonly #declared = new Set<string>();

  constructor(tables: readonly TableDocument[], names: SourceNames) {
    this.#tables = tables;
    this.#names = names;
  }

  write({ root, core }: SourceModules): string {
    const bodies = this.#tables.map((table) =>
      table.view ? this.#view(table) : this.#table(table),
    );
    const custom = [...this.#types].map(([type, name]) => this.#customType(name, type));
    const relations = relationsSource(
      this.#tables.filter((table) => !table.view),
      this.#names,
    );
    const text = [...custom, ...bodies, ...(relations ? [relations] : [])].join("\n\n");
    const ofRoot = [
      ...(relations ? ["defineRelations"] : []),
      ...(/\bsql`/.test(text) ? ["sql"] : []),
    ];
    const ofCore = [...this.#imports]
      .sort()
      .map((name) => (name.startsWith("Any") ? `type ${name}` : name));
    const line = (names: readonly string[], module: string) =>
      names.length > 0 ? `import { ${names.join(", ")} } from ${quoted(module)};\n` : "";
    return `${line(ofRoot, root)}${line(ofCore, core)}\n${text}\n`;
  }

  #use(name: string): string {
    this.#imports.add(name);
    return name;
  }

  #key(table: string, column: string): string {
    return this.#names.columns.get(table)!.of(column);
  }

  #customType(name: string, type: string): string {
    return `const ${name} = ${this.#use("customType")}<{ data: ${dataOf(type)} }>({ dataType: () => ${quoted(type)} });`;
  }

  /** The call that begins a column. */
  #builder(type: string, given: string): string {
    const lower = type.toLowerCase();
    const length = /^text\s*\(\s*(\d+)\s*\)$/.exec(lower)?.[1];
    if (length) return `${this.#use("text")}(${given ? `${given}, ` : ""}{ length: ${length} })`;
    const plain = plainTypes[lower];
    if (plain) return `${this.#use(plain)}(${given})`;
    let custom = this.#types.get(type);
    if (custom === undefined)
      this.#types.set(type, (custom = this.#names.tables.of(`${type} type`)));
    return `${custom}(${given})`;
  }

  #column(table: TableDocument, column: ColumnDocument): string {
    const key = this.#key(table.name, column.name);
    let text = this.#builder(column.type, key === column.name ? "" : quoted(column.name));
    if (column.primaryKey)
      text += column.autoincrement ? ".primaryKey({ autoIncrement: true })" : ".primaryKey()";
    else if (column.notNull) text += ".notNull()";
    const own = table.uniques?.find(
      ({ columns }) => columns.length === 1 && columns[0] === column.name,
    );
    if (own) text += `.unique(${own.name ? quoted(own.name) : ""})`;
    if (column.default)
      text += `.default(${"sql" in column.default ? template(`(${column.default.sql})`) : literal(column.default.value)})`;
    if (column.generated)
      text += `.generatedAlwaysAs(${template(column.generated.sql)}, { mode: ${quoted(column.generated.mode)} })`;
    const reference = table.foreignKeys?.find(
      ({ columns }) => columns.length === 1 && columns[0] === column.name,
    );
    if (reference && this.#known(reference)) text += this.#reference(table, reference);
    return `${key}: ${text}`;
  }

  /** Whether the parent and its columns are there. */
  #known({ table, references }: ForeignKeyDocument): boolean {
    const parent = this.#tables.find(({ name }) => name === table);
    return (
      parent !== undefined &&
      references.length > 0 &&
      references.every((name) => parent.columns.some((column) => column.name === name))
    );
  }

  #reference(table: TableDocument, key: ForeignKeyDocument): string {
    const parent = this.#names.tables.of(key.table);
    const column = `${parent}.${this.#key(key.table, key.references[0]!)}`;
    const later = !this.#declared.has(key.table) || key.table === table.name;
    const type = later ? `(): ${this.#use("AnySQLiteColumn")} =>` : "() =>";
    const actions = actionsOf(key)
      .map(([event, action]) => `${event}: ${quoted(action)}`)
      .join(", ");
    return `.references(${type} ${column}${actions ? `, { ${actions} }` : ""})`;
  }

  #columnsOf(table: TableDocument, names: readonly string[], of = "table"): string {
    return names.map((name) => `${of}.${this.#key(table.name, name)}`).join(", ");
  }

  #index(table: TableDocument, index: IndexDocument): string {
    const parts = index.columns.map((part) =>
      typeof part === "string" ? `table.${this.#key(table.name, part)}` : template(part.sql),
    );
    const start = this.#use(index.unique ? "uniqueIndex" : "index");
    const where = index.where ? `.where(${template(index.where)})` : "";
    return `${start}(${quoted(index.name)}).on(${parts.join(", ")})${where}`;
  }

  #foreignKey(table: TableDocument, key: ForeignKeyDocument): string {
    const parent = this.#tables.find(({ name }) => name === key.table)!;
    const name = key.name ? `, name: ${quoted(key.name)}` : "";
    const foreign = this.#columnsOf(parent, key.references, this.#names.tables.of(parent.name));
    const actions = actionsOf(key).map(([event, action]) => `.${event}(${quoted(action)})`);
    return `${this.#use("foreignKey")}({ columns: [${this.#columnsOf(table, key.columns)}], foreignColumns: [${foreign}]${name} })${actions.join("")}`;
  }

  /** The constraints that are not one column's. */
  #constraints(table: TableDocument): string[] {
    const several = ({ columns }: { readonly columns: readonly string[] }) => columns.length > 1;
    const lines: string[] = [];
    if (table.primaryKey)
      lines.push(
        `${this.#use("primaryKey")}({ columns: [${this.#columnsOf(table, table.primaryKey.columns)}] })`,
      );
    for (const key of (table.uniques ?? []).filter(several))
      lines.push(
        `${this.#use("unique")}(${key.name ? quoted(key.name) : ""}).on(${this.#columnsOf(table, key.columns)})`,
      );
    for (const key of (table.foreignKeys ?? []).filter(several))
      if (this.#known(key)) lines.push(this.#foreignKey(table, key));
    for (const index of table.indexes ?? []) lines.push(this.#index(table, index));
    (table.checks ?? []).forEach((check, number) => {
      const name = check.name || `${table.name}_check_${number + 1}`;
      lines.push(`${this.#use("check")}(${quoted(name)}, ${template(check.sql)})`);
    });
    return lines;
  }

  #table(table: TableDocument): string {
    const columns = table.columns.map((column) => `  ${this.#column(table, column)},`);
    const constraints = this.#constraints(table).map((line) => `  ${line},`);
    this.#declared.add(table.name);
    const extra = constraints.length > 0 ? `, (table) => [\n${constraints.join("\n")}\n]` : "";
    const options = [table.strict && "STRICT", table.withoutRowid && "WITHOUT ROWID"].filter(
      Boolean,
    );
    const note =
      options.length > 0
        ? `// ${options.join(", ")}: a declaration cannot say it; migrations keep it.\n`
        : "";
    return `${note}export const ${this.#names.tables.of(table.name)} = ${this.#use("sqliteTable")}(${quoted(table.name)}, {\n${columns.join("\n")}\n}${extra});`;
  }

  #view(view: TableDocument): string {
    const columns = view.columns.map((column) => `  ${this.#column(view, column)},`);
    const sql = view.view && "sql" in view.view ? view.view.sql : "";
    return `export const ${this.#names.tables.of(view.name)} = ${this.#use("sqliteView")}(${quoted(view.name)}, {\n${columns.join("\n")}\n}).as(${template(sql)});`;
  }
}

/** The actions of a foreign key that are not SQLite's default. */
function actionsOf({ onDelete, onUpdate }: ForeignKeyDocument): [string, string][] {
  const all: [string, string | undefined][] = [
    ["onDelete", onDelete],
    ["onUpdate", onUpdate],
  ];
  return all.filter(
    (each): each is [string, string] => each[1] !== undefined && each[1] !== "no action",
  );
}

/** What values of a type are in TypeScript, by https://sqlite.org/datatype3.html. */
function dataOf(type: string): string {
  if (/int/i.test(type)) return "number";
  if (/char|clob|text/i.test(type)) return "string";
  if (type === "" || /blob/i.test(type)) return "unknown";
  return "number";
}

/**
 * The source of a Drizzle schema that describes a database: its tables and views, and the relations
 * that follow from its foreign keys. One that is unique gives one-to-one; a table whose primary key
 * is two foreign keys gives many-to-many.
 *
 * @param introspected what `introspect` read
 * @param modules where it imports from: `drizzle-orm` if nothing is given
 * @returns TypeScript
 */
export function schemaSource(
  { schema }: IntrospectedSchema,
  modules: SourceModules = drizzle,
): string {
  const tables = new Keys(builders);
  const names: SourceNames = {
    tables,
    columns: new Map(schema.tables.map(({ name }) => [name, new Keys()])),
  };
  for (const table of schema.tables) {
    tables.of(table.name);
    for (const column of table.columns) names.columns.get(table.name)!.of(column.name);
  }
  return new SchemaSource(schema.tables, names).write(modules);
}
