import {
  columnOf,
  isKey,
  tableOf,
  type ColumnPlace,
  type RelationFacts,
  type SchemaFacts,
  type TableFacts,
} from "../schema/facts.js";

/** A table as it is drawn. */
export interface Box {
  readonly key: string;
  readonly title: string;
  readonly kind: "table" | "view";
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
}

/** A column as it is drawn. */
export interface Row {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly primary: boolean;
  readonly foreign: boolean;
  readonly unique: boolean;
  readonly optional: boolean;
  /** All of it in words. */
  readonly words: string;
}

/** How many rows stand at an end of a link for one at the other. */
export interface Cardinality {
  readonly many: boolean;
  readonly optional: boolean;
}

/** An end of a link: the column where it arrives, and the relations of that table along it. */
export interface End extends Cardinality {
  readonly table: string;
  readonly column: string | undefined;
  readonly relations: readonly string[];
}

/** A line between two tables. */
export interface Link {
  readonly id: string;
  /** The side that refers to the other, or that comes first. */
  readonly from: End;
  readonly to: End;
  /** `key`: the database enforces it; `relation`: only the program knows it; `through`: by a junction. */
  readonly kind: "key" | "relation" | "through";
  readonly through?: string;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
}

export const titleHeight = 32;
export const rowHeight = 22;
/** The width of a letter of the diagram's font, at the size of columns and of titles. */
export const letter = 7.2;
const titleLetter = 7.9;
const padding = 12;
const marks = 24;
const longest = 30;

/** What is drawn for a schema. */
export function diagramOf(facts: SchemaFacts): Diagram {
  return { boxes: facts.tables.map(boxOf), links: linksOf(facts) };
}

/** Text as it can stand in a drawing: no signs that SVG cannot hold, and not without end. */
export function label(text: string, limit = longest): string {
  const clean = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, "·")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "·");
  const letters = [...clean];
  return letters.length > limit ? `${letters.slice(0, limit - 1).join("")}…` : clean;
}

function boxOf(table: TableFacts): Box {
  const rows = table.columns.map((column): Row => {
    const { key, type, notNull, hasDefault, generated } = column;
    const primary = table.primaryKey.includes(key);
    const foreign = table.foreignKeys.filter(({ columns }) => columns.includes(key));
    const unique = table.uniques.some((columns) => columns.length === 1 && columns[0] === key);
    const words = [
      `${label(column.name, 60)} ${label(type)}`,
      primary && (table.primaryKey.length > 1 ? "part of the primary key" : "primary key"),
      !primary && notNull && "not null",
      unique && "unique",
      hasDefault && "with a default",
      generated && "generated",
      ...foreign.map((each) => `refers to ${label(each.table)}`),
    ];
    return {
      key,
      name: label(column.name),
      type: label(type.toLowerCase(), 20),
      primary,
      foreign: foreign.length > 0,
      unique: unique && !primary,
      optional: !notNull && !primary,
      words: words.filter(Boolean).join(", "),
    };
  });
  const title = label(table.name);
  const width = Math.max(
    150,
    padding * 2 + [...title].length * titleLetter + (table.kind === "view" ? 40 : 0),
    ...rows.map(
      ({ name, type }) => padding * 2 + marks + ([...name].length + [...type].length + 3) * letter,
    ),
  );
  const height = titleHeight + rows.length * rowHeight + 6;
  return { key: table.key, title, kind: table.kind, rows, width: Math.ceil(width), height };
}

/** A link that is being put together: relations of both directions share one. */
interface Draft {
  readonly from: Side;
  readonly to: Side;
  readonly kind: Link["kind"];
  readonly through?: string;
  readonly named: { readonly table: string; readonly name: string; readonly reverse: boolean }[];
}

interface Side {
  readonly table: string;
  readonly columns: readonly string[];
}

function linksOf(facts: SchemaFacts): Link[] {
  const drafts = new Map<string, Draft>();
  const id = (a: Side, b: Side, through = ""): string =>
    JSON.stringify([a.table, a.columns, b.table, b.columns, through]);
  for (const { key: table, foreignKeys } of facts.tables) {
    for (const { columns, table: target, references } of foreignKeys) {
      const from = { table, columns };
      const to = { table: target, columns: references };
      drafts.set(id(from, to), { from, to, kind: "key", named: [] });
    }
  }
  for (const relation of facts.relations) {
    if (relation.broken) continue;
    const [from, to] = sidesOf(relation);
    const through = relation.through?.table;
    const same = drafts.get(id(from, to, through));
    const back = drafts.get(id(to, from, through));
    const { table, name } = relation;
    if (same && !(same === back && same.named.length > 0)) {
      same.named.push({ table, name, reverse: false });
    } else if (back) {
      back.named.push({ table, name, reverse: true });
    } else {
      const kind = through === undefined ? "relation" : "through";
      // The side that holds the other's key comes first, as with foreign keys.
      const held = kind === "relation" && !holds(facts, from, to);
      const [first, second] = held ? [to, from] : [from, to];
      const draft: Draft = {
        from: first,
        to: second,
        kind,
        named: [{ table, name, reverse: held }],
        ...(through !== undefined && { through }),
      };
      drafts.set(id(first, second, through), draft);
    }
  }
  return [...drafts].map(([key, draft]) => linkOf(facts, key, draft));
}

const names = (places: readonly ColumnPlace[]): string[] =>
  places.flatMap((place) => (place ? [place.column] : []));

function sidesOf({ table, target, fields, references }: RelationFacts): [Side, Side] {
  return [
    { table, columns: names(fields) },
    { table: target, columns: names(references) },
  ];
}

/** Whether it is `from` whose columns point at a row of `to`. */
function holds(facts: SchemaFacts, from: Side, to: Side): boolean {
  const target = tableOf(facts, to.table);
  const source = tableOf(facts, from.table);
  const whole = source?.primaryKey.join() === from.columns.join() && from.columns.length > 0;
  return target !== undefined && isKey(target, to.columns) && !whole;
}

function linkOf(facts: SchemaFacts, id: string, { from, to, kind, through, named }: Draft): Link {
  const end = ({ table, columns }: Side, cardinality: Cardinality, reverse: boolean): End => ({
    ...cardinality,
    table,
    column: columns[0],
    relations: named.filter((each) => each.reverse === reverse).map(({ name }) => name),
  });
  const source = tableOf(facts, from.table);
  const target = tableOf(facts, to.table);
  const many = kind === "through" || !source || !isKey(source, from.columns);
  const nullable = from.columns.some((column) => !columnOf(source, column)?.notNull);
  const toMany = kind === "through" || !target || (kind !== "key" && !isKey(target, to.columns));
  return {
    id,
    kind,
    from: end(from, { many, optional: true }, false),
    to: end(to, { many: toMany, optional: toMany || nullable || kind !== "key" }, true),
    ...(through !== undefined && { through }),
  };
}

/** A cardinality in words. */
export function cardinalityWords({ many, optional }: Cardinality): string {
  if (many) return optional ? "any number" : "one or more";
  return optional ? "at most one" : "exactly one";
}
