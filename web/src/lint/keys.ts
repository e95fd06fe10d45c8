import {
  foreignKeyOf,
  isKey,
  tableOf,
  type ColumnFacts,
  type RelationFacts,
  type SchemaFacts,
  type TableFacts,
} from "../schema/facts.js";
import { argumentsOf } from "../schema/syntax.js";
import {
  adviceAt,
  chain,
  importFromCore,
  insertAt,
  knows,
  type Advice,
  type Fix,
  type Looked,
  type Rule,
} from "./advice.js";

/** The two ends of a relation whose columns are all there, as rules about keys see it. */
export interface Ends {
  readonly relation: RelationFacts;
  readonly source: TableFacts;
  readonly target: TableFacts;
  readonly fields: readonly string[];
  readonly references: readonly string[];
}

/** The ends of a relation between tables; none when its columns are not those that they should be. */
export function endsOf(facts: SchemaFacts, relation: RelationFacts): Ends | undefined {
  const source = tableOf(facts, relation.table);
  const target = tableOf(facts, relation.target);
  const { fields, references, through } = relation;
  if (!source || !target || relation.broken || through) return undefined;
  if (source.kind === "view" || target.kind === "view") return undefined;
  const right = [
    ...fields.map((place) => place?.table === source.key),
    ...references.map((place) => place?.table === target.key),
  ].every(Boolean);
  if (!right || fields.length !== references.length || fields.length === 0) return undefined;
  const names = (places: typeof fields): string[] => places.map((place) => place?.column ?? "");
  return { relation, source, target, fields: names(fields), references: names(references) };
}

const sameColumns = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((column) => b.includes(column));

/** Columns that refer to others, as a relation says it. */
interface Reference {
  readonly table: TableFacts;
  readonly columns: readonly string[];
  readonly target: TableFacts;
  readonly references: readonly string[];
  readonly relation: RelationFacts;
}

/** Which side of a relation holds the key of the other; none when neither column is a key. */
function holderOf({ relation, source, target, fields, references }: Ends): Reference | undefined {
  const out = { table: source, columns: fields, target, references, relation };
  const back = { table: target, columns: references, target: source, references: fields, relation };
  const toKey = isKey(target, references);
  const fromKey = isKey(source, fields);
  if (toKey && !(fromKey && sameColumns(source.primaryKey, fields))) return out;
  return fromKey ? back : toKey ? out : undefined;
}

/** Columns that relations use as foreign keys, and that are none. */
export const missingReferences: Rule = (looked) => {
  const { facts } = looked;
  const found = new Map<string, Reference>();
  const add = (reference: Reference | undefined): void => {
    if (!reference) return;
    const { table, columns, target, references } = reference;
    if (foreignKeyOf(table, columns, target.key, references)) return;
    if (foreignKeyOf(target, references, table.key, columns)) return;
    const key = JSON.stringify(
      [[table.key, columns].join(), [target.key, references].join()].sort(),
    );
    if (!found.has(key)) found.set(key, reference);
  };
  for (const relation of facts.relations) {
    const ends = endsOf(facts, relation);
    if (ends) add(holderOf(ends));
    for (const reference of throughReferences(facts, relation)) add(reference);
  }
  return [...found.values()].map((reference) => missingReference(looked, reference));
};

/** What a junction refers to. */
function throughReferences(facts: SchemaFacts, relation: RelationFacts): Reference[] {
  const { through, table, target, fields, references } = relation;
  const junction = through && tableOf(facts, through.table);
  if (!junction || junction.kind === "view") return [];
  const side = (
    key: string,
    columns: readonly string[],
    places: typeof fields,
  ): readonly Reference[] => {
    const other = tableOf(facts, key);
    if (!other || other.kind === "view") return [];
    const to = places.map((place) => place?.column ?? "");
    return [{ table: junction, columns, target: other, references: to, relation }];
  };
  return [...side(table, through.fields, fields), ...side(target, through.references, references)];
}

function missingReference({ declarations }: Looked, reference: Reference): Advice | undefined {
  const { table, columns, target, references, relation } = reference;
  const [column = ""] = columns;
  const [referred = ""] = references;
  const used = `the relation ${relation.table}.${relation.name}`;
  const declaration = declarations.table(table.key);
  const found = declarations.column(table.key, column);
  if (!declaration) return undefined;
  if (columns.length > 1 || !found) {
    return adviceAt(declaration.file, declaration.name, {
      rule: "relation-without-key",
      severity: "warning",
      message: `No foreign key stands behind ${used}: the database takes rows of ${table.key} that belong to no row of ${target.key}. Declare foreignKey({ columns, foreignColumns }) over ${columns.join(", ")}.`,
    });
  }
  return adviceAt(
    declaration.file,
    found.name,
    {
      rule: "missing-references",
      severity: "warning",
      message: `${table.key}.${column} is no foreign key, but ${used} uses it as one: the database takes values that stand in no row of ${target.key}.`,
    },
    referenceFix(declaration.file, found, { table, target, referred }),
  );
}

function referenceFix(
  file: Parameters<typeof chain>[0],
  column: Parameters<typeof chain>[1],
  { table, target, referred }: { table: TableFacts; target: TableFacts; referred: string },
): Fix | undefined {
  if (!knows(file, target.key)) return undefined;
  if (target.key !== table.key)
    return chain(file, column, `.references(() => ${target.key}.${referred})`);
  // A table that refers to itself has a type that goes in circles, unless the callback's is given.
  const type = /\bpgTable\b/.test(file.text) ? "AnyPgColumn" : "AnySQLiteColumn";
  const imports = importFromCore(file, type, true);
  if (!imports) return undefined;
  const { label, edits } = chain(
    file,
    column,
    `.references((): ${type} => ${target.key}.${referred})`,
  );
  return { label, edits: [...imports, ...edits] };
}

const stem = /^(.+?)(?:_id|Id)$/;

/** Columns that are named like foreign keys, and that nothing says to be one. */
export const likelyReferences: Rule = ({ facts, declarations }) =>
  facts.tables.flatMap((table) => {
    const declaration = declarations.table(table.key);
    if (!declaration || table.kind === "view") return [];
    return table.columns.map((column) => {
      const target = likelyTarget(facts, table, column);
      const found = declarations.column(table.key, column.key);
      const [referred] = target?.primaryKey ?? [];
      if (!target || !found || referred === undefined) return undefined;
      return adviceAt(
        declaration.file,
        found.name,
        {
          rule: "likely-reference",
          severity: "info",
          message: `${table.key}.${column.key} is named like a key of ${target.key}, but is no foreign key: the database takes any value.`,
        },
        referenceFix(declaration.file, found, { table, target, referred }),
      );
    });
  });

function likelyTarget(
  facts: SchemaFacts,
  table: TableFacts,
  column: ColumnFacts,
): TableFacts | undefined {
  const name = (stem.exec(column.key) ?? stem.exec(column.name))?.[1]?.toLowerCase();
  if (name === undefined || table.foreignKeys.some(({ columns }) => columns.includes(column.key)))
    return undefined;
  const used = facts.relations.some(({ fields, references, through }) => {
    const places = [...fields, ...references];
    if (through?.table === table.key)
      return [...through.fields, ...through.references].includes(column.key);
    return places.some((place) => place?.table === table.key && place.column === column.key);
  });
  if (used) return undefined;
  const plurals = [name, `${name}s`, `${name}es`, `${name.replace(/y$/, "ie")}s`];
  return facts.tables.find(({ key, name: sql, kind, primaryKey, ...other }) => {
    const [first, second] = primaryKey;
    const target = other.columns.find((each) => each.key === first);
    const named = [key, sql].some((each) => plurals.includes(each.toLowerCase()));
    return named && kind === "table" && !second && target && sameType(column, target);
  });
}

/** Whether values of two columns can be equal. */
export function sameType(a: ColumnFacts, b: ColumnFacts): boolean {
  const kindOf = ({ dataType }: ColumnFacts): string => dataType.replace("bigint", "number");
  const known = ["number", "string", "boolean", "date"];
  if (![a, b].every((column) => known.includes(kindOf(column)))) return true;
  return kindOf(a) === kindOf(b);
}

/** Relations to one row of a table that can have several. */
export const oneToOne: Rule = ({ facts, declarations }) => {
  const seen = new Set<string>();
  return facts.relations.map((relation) => {
    const ends = endsOf(facts, relation);
    if (!ends || relation.kind !== "one" || relation.filtered) return undefined;
    const { source, target, fields, references } = ends;
    if (isKey(target, references) || !isKey(source, fields)) return undefined;
    const [column = ""] = references;
    const declaration = declarations.table(target.key);
    const found = declarations.column(target.key, column);
    const key = JSON.stringify([target.key, references]);
    if (!declaration || !found || seen.has(key)) return undefined;
    seen.add(key);
    const single = references.length === 1;
    return adviceAt(
      declaration.file,
      found.name,
      {
        rule: "one-to-one-unique",
        severity: "warning",
        message: `${relation.table}.${relation.name} is one row, but ${target.key}.${references.join(", ")} is not unique: several rows can belong to the same row of ${source.key}, and a query gives only one of them.`,
      },
      single ? chain(declaration.file, found, ".unique()") : undefined,
    );
  });
};

/** Junctions of many-to-many relations that can hold the same pair twice. */
export const junctions: Rule = ({ facts, declarations }) => {
  const pairs = new Map<TableFacts, readonly string[]>();
  for (const { through } of facts.relations) {
    const junction = through && tableOf(facts, through.table);
    if (junction && through && !pairs.has(junction))
      pairs.set(junction, [...through.fields, ...through.references]);
  }
  for (const table of facts.tables) {
    const [a, b, more] = table.foreignKeys;
    const only = table.primaryKey.length === 0 && a && b && !more && a.table !== b.table;
    if (only && !pairs.has(table)) pairs.set(table, [...a.columns, ...b.columns]);
  }
  return [...pairs].map(([table, columns]) => {
    const declaration = declarations.table(table.key);
    if (!declaration || table.kind === "view" || isKey(table, columns)) return undefined;
    const none = table.primaryKey.length === 0;
    const list = columns.map((column) => `table.${column}`).join(", ");
    const extra = none ? `primaryKey({ columns: [${list}] })` : `unique().on(${list})`;
    const imports = importFromCore(declaration.file, none ? "primaryKey" : "unique");
    const args = argumentsOf(declaration.call);
    const at = args[1]?.to;
    const fix = imports &&
      args.length === 2 &&
      at !== undefined && {
        label: none ? "Add the primary key" : "Add the unique constraint",
        edits: [...imports, insertAt(declaration.file, at, `, (table) => [${extra}]`)],
      };
    return adviceAt(
      declaration.file,
      declaration.name,
      {
        rule: "junction-key",
        severity: "warning",
        message: `${table.key} can hold the same pair twice: nothing says that ${columns.join(" and ")} together are unique. A junction has both as its primary key.`,
      },
      fix || undefined,
    );
  });
};
