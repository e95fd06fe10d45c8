import type { SyntaxNode } from "@lezer/common";
import type { RelationDeclaration } from "../schema/declarations.js";
import { columnOf, isKey, tableOf, type RelationFacts, type TableFacts } from "../schema/facts.js";
import {
  argumentsOf,
  bare,
  nodesOf,
  partsOf,
  propertiesOf,
  resultOf,
  textOf,
} from "../schema/syntax.js";
import {
  adviceAt,
  appendTo,
  insertAt,
  type Advice,
  type Fix,
  type Looked,
  type Rule,
} from "./advice.js";
import { endsOf, sameType } from "./keys.js";

/** Relations whose columns are not those of their tables, or do not fit each other. */
export const relationFields: Rule = (looked) =>
  looked.facts.relations
    .filter(({ own, through }) => own && !through)
    .flatMap((relation) => {
      const declaration = looked.declarations.relation(relation.table, relation.name);
      return declaration ? fieldsOf(looked, relation, declaration) : [];
    });

function fieldsOf(
  looked: Looked,
  relation: RelationFacts,
  declaration: RelationDeclaration,
): (Advice | undefined)[] {
  const { facts } = looked;
  const { fields, references, table, target, name } = relation;
  const { file } = declaration;
  const at = (key: string): SyntaxNode => optionOf(declaration, key) ?? declaration.name;
  const side = (places: typeof fields, key: string, owner: string): (Advice | undefined)[] => {
    const list = bare(at(key));
    const items = list?.name === "ArrayExpression" ? partsOf(list) : [];
    return places.map((place, index) =>
      place?.table === owner
        ? undefined
        : strayColumn(declaration, items[index] ?? declaration.name, {
            place,
            owner: tableOf(facts, owner),
            key,
          }),
    );
  };
  const stray = [
    ...side(fields, "fields", table),
    ...side(references, "references", target),
  ].filter((each) => each !== undefined);
  const swapped =
    fields.every((place) => place?.table === target) &&
    references.every((place) => place?.table === table) &&
    table !== target;
  if (swapped) return [swappedSides(relation, declaration)];
  if (stray.length > 0) return stray;
  const whole = `${table}.${name}`;
  if (fields.length !== references.length) {
    const message = `${whole} has ${fields.length} of fields, but ${references.length} of references: each field equals the reference at the same place.`;
    return [
      adviceAt(file, at("references"), { rule: "relation-fields", severity: "error", message }),
    ];
  }
  return [unlikeTypes(looked, relation, declaration), notAKey(looked, relation, declaration)];
}

/** The value of `fields` or `references`, which `defineRelations` calls `from` and `to`. */
function optionOf({ options }: RelationDeclaration, key: string): SyntaxNode | undefined {
  const other = key === "fields" ? "from" : "to";
  return options.find((option) => option.key === key || option.key === other)?.value;
}

function strayColumn(
  { file }: RelationDeclaration,
  node: SyntaxNode,
  about: {
    readonly place: { readonly table: string; readonly column: string } | null;
    readonly owner: TableFacts | undefined;
    readonly key: string;
  },
): Advice {
  const { place, owner, key } = about;
  const written = textOf(file, node);
  const columns = owner?.columns.map((column) => column.key) ?? [];
  if (place) {
    const message = `${written} stands in ${key}, but is no column of ${owner?.key ?? "that table"}: ${key} are columns of ${key === "fields" ? "the table whose relations these are" : "the table that the relation leads to"}.`;
    return adviceAt(file, node, { rule: "relation-fields", severity: "error", message });
  }
  const [, name = ""] = /\.(\w+)$/.exec(written) ?? [];
  const meant = nearest(name, columns);
  const at = { from: node.to - name.length, to: node.to };
  const fix = meant && {
    label: `Change to ${meant}`,
    edits: [{ path: file.path, ...at, text: meant }],
  };
  const message = `${owner?.key ?? "The table"} has no column "${name}", but ${columns.map((each) => `"${each}"`).join(", ")}.`;
  return adviceAt(
    file,
    node,
    { rule: "relation-fields", severity: "error", message },
    fix || undefined,
  );
}

/** The name that differs least, if it differs little. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      distance: distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .toSorted((a, b) => a.distance - b.distance);
  const [first] = ranked;
  return first && first.distance <= Math.max(2, name.length / 3) ? first.candidate : undefined;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j += 1) {
      const same = letter === b[j - 1] ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function swappedSides(
  { table, name, target }: RelationFacts,
  declaration: RelationDeclaration,
): Advice {
  const { file } = declaration;
  const fields = optionOf(declaration, "fields");
  const references = optionOf(declaration, "references");
  const swap = (at: SyntaxNode, by: SyntaxNode): Fix["edits"][number] => ({
    path: file.path,
    from: at.from,
    to: at.to,
    text: textOf(file, by),
  });
  const fix = fields &&
    references && {
      label: "Swap fields and references",
      edits: [swap(fields, references), swap(references, fields)],
    };
  const message = `${table}.${name} has its sides swapped: fields are columns of ${table}, references are columns of ${target}.`;
  return adviceAt(
    file,
    fields ?? declaration.name,
    { rule: "relation-fields", severity: "error", message },
    fix,
  );
}

function unlikeTypes(
  { facts }: Looked,
  relation: RelationFacts,
  declaration: RelationDeclaration,
): Advice | undefined {
  const ends = endsOf(facts, relation);
  const index = ends?.fields.findIndex((field, position) => {
    const a = columnOf(ends.source, field);
    const b = columnOf(ends.target, ends.references[position] ?? "");
    return a && b && !sameType(a, b);
  });
  if (!ends || index === undefined || index < 0) return undefined;
  const a = columnOf(ends.source, ends.fields[index] ?? "");
  const b = columnOf(ends.target, ends.references[index] ?? "");
  const message = `${relation.table}.${a?.key} is ${a?.type}, but ${relation.target}.${b?.key} is ${b?.type}: their values are never equal, and the relation finds no rows.`;
  const node = optionOf(declaration, "fields") ?? declaration.name;
  return adviceAt(declaration.file, node, { rule: "relation-types", severity: "warning", message });
}

/** A relation to one row by columns of which several rows may have the same values. */
function notAKey(
  { facts }: Looked,
  relation: RelationFacts,
  declaration: RelationDeclaration,
): Advice | undefined {
  const ends = endsOf(facts, relation);
  if (!ends || relation.kind !== "one" || relation.filtered) return undefined;
  const { source, target, fields, references } = ends;
  if (isKey(target, references) || isKey(source, fields)) return undefined;
  const { file } = declaration;
  const node = optionOf(declaration, "references") ?? declaration.name;
  const [key, more] = target.primaryKey;
  const field = columnOf(source, fields[0] ?? "");
  const to = columnOf(target, key ?? "");
  const fits = fields.length === 1 && !more && field && to && sameType(field, to);
  const list = bare(node);
  const item = list?.name === "ArrayExpression" ? partsOf(list)[0] : list;
  const written = item && item !== declaration.name ? textOf(file, item) : "";
  const fix = fits &&
    item &&
    written.endsWith(`.${references[0]}`) && {
      label: `Refer to ${target.key}.${to.key}`,
      edits: [
        {
          path: file.path,
          from: item.to - (references[0]?.length ?? 0),
          to: item.to,
          text: to.key,
        },
      ],
    };
  const message = `${relation.table}.${relation.name} is one row, but ${target.key}.${references.join(", ")} is no key: several rows can match, and a query gives only one of them.`;
  return adviceAt(
    file,
    node,
    { rule: "relation-references", severity: "warning", message },
    fix || undefined,
  );
}

/** Relations that take their columns from a reverse side that is not there, or not alone. */
export const reverseSides: Rule = (looked) =>
  looked.facts.relations.map((relation) => {
    const declaration = looked.declarations.relation(relation.table, relation.name);
    if (!declaration || !relation.broken) return undefined;
    const { table, target, name, kind } = relation;
    const message =
      relation.broken === "missing"
        ? `${table}.${name} names no columns, and ${target} has no one(${table}, { fields, references }) to take them from: a query with it fails.`
        : `${table}.${name} can be the reverse of several relations of ${target}: a query with it fails until both sides have the same relationName.`;
    return adviceAt(
      declaration.file,
      declaration.name,
      {
        rule: relation.broken === "missing" ? "one-sided" : "ambiguous-relation",
        severity: "warning",
        message,
      },
      relation.broken === "missing" && kind === "many" ? reverseFix(looked, relation) : undefined,
    );
  });

/** Declares the side that holds the key, where there is one key to take. */
function reverseFix({ facts, declarations }: Looked, relation: RelationFacts): Fix | undefined {
  const { table, target } = relation;
  const keys = tableOf(facts, target)?.foreignKeys.filter((key) => key.table === table) ?? [];
  const [key] = keys;
  const [column] = key?.columns ?? [];
  const declared = declarations.relations.filter((each) => each.table === target);
  if (!key || column === undefined || keys.length > 1 || declared.length > 1) return undefined;
  const list = (of: string, columns: readonly string[]): string =>
    `[${columns.map((each) => `${of}.${each}`).join(", ")}]`;
  const taken = tableOf(facts, target)?.columns.map((each) => each.key) ?? [];
  const names = [column.replace(/_?id$/i, ""), table, `${table}Row`];
  const name = names.find((each) => each !== "" && !taken.includes(each)) ?? `${table}Row`;
  const one = `${name}: one(${table}, { fields: ${list(target, key.columns)}, references: ${list(table, key.references)} })`;
  const label = `Add ${target}.${name}`;
  const [there] = declared;
  if (there) {
    const [, callback] = argumentsOf(there.call);
    const object = resultOf(callback);
    if (!callback || !object || propertiesOf(there.file, object).some(({ key: k }) => k === name))
      return undefined;
    const [pattern] = nodesOf(callback, "ObjectPattern");
    if (!pattern) return undefined;
    const helpers = partsOf(pattern).map((node) => textOf(there.file, node));
    const more = helpers.includes("one") ? [] : [appendTo(there.file, pattern, "one")];
    return { label, edits: [...more, appendTo(there.file, object, one)] };
  }
  const own = declarations.relations.find((each) => each.table === table);
  if (!own) return undefined;
  const statement = `\n\nexport const ${target}Relations = relations(${target}, ({ one }) => ({\n  ${one},\n}));`;
  const end = own.file.text.indexOf("\n", own.call.to);
  return { label, edits: [insertAt(own.file, end < 0 ? own.file.text.length : end, statement)] };
}
