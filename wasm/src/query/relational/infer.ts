import { VirgaError } from "../../base/error.js";
import type { Column } from "../../schema/column.js";
import type { Relation, Relations } from "../../schema/relations.js";
import { getTableName, present, type Source } from "../../schema/table.js";
import type { ResolvedRelation } from "./relation.js";

/** A relation, or why it has no columns: that is said when a query asks for it. */
export type Inferred = ResolvedRelation | { readonly error: VirgaError };

type ByTable<T> = Map<Source, Map<string, T>>;

/** The relations that `relations()` declared, each with its columns or those of the reverse side. */
export function inferRelations(declared: readonly Relations[]): ByTable<Inferred> {
  const byTable: ByTable<Relation> = new Map();
  for (const { table, config } of declared) {
    const own = byTable.get(table) ?? new Map<string, Relation>();
    for (const [name, relation] of Object.entries(config)) own.set(name, relation);
    byTable.set(table, own);
  }
  return new Map(
    [...byTable].map(([source, own]) => [
      source,
      new Map([...own].map(([name, relation]) => [name, infer(byTable, source, name, relation)])),
    ]),
  );
}

function infer(
  byTable: ByTable<Relation>,
  source: Source,
  name: string,
  relation: Relation,
): Inferred {
  const { kind, target } = relation;
  const ends = { name, kind, source, target };
  const own = columnsOf(relation, source, name);
  if (own) return { ...ends, ...own };
  const { relationName } = relation.config;
  const back = [...(byTable.get(target) ?? [])].filter(
    ([, other]) => other !== relation && other.target === source && other.config.fields,
  );
  const named = back.filter(([, other]) => other.config.relationName === relationName);
  const fitting = named.length > 0 || relationName !== undefined ? named : back;
  const [found, second] = fitting;
  if (!found || second) return { error: failure(source, name, relation, fitting.length) };
  const theirs = columnsOf(found[1], target, found[0])!;
  return { ...ends, fields: theirs.references, references: theirs.fields };
}

function columnsOf(
  { config: { fields, references }, target }: Relation,
  source: Source,
  name: string,
): Pick<ResolvedRelation, "fields" | "references"> | undefined {
  if (!fields || !references) return undefined;
  const whole = `Relation "${getTableName(source)}.${name}"`;
  const given = (member: string, of: Source, columns: readonly Column[]): Column[] =>
    columns.map((column) => present(column, `${whole}, ${member}`, of));
  return {
    fields: given("fields", source, fields),
    references: given("references", target, references),
  };
}

function failure(source: Source, name: string, relation: Relation, found: number): VirgaError {
  const { relationName } = relation.config;
  const [from, to] = [getTableName(source), getTableName(relation.target)];
  if (found === 0) {
    return new VirgaError({
      code: "invalid_schema",
      message: `There is not enough information to infer relation "${from}.${name}"`,
      hint: `A relation takes its columns from the relation of "${to}" that is one("${from}", { fields, references })${relationName === undefined ? "" : ` with relationName "${relationName}"`}.`,
    });
  }
  return new VirgaError({
    code: "invalid_schema",
    message:
      relationName === undefined
        ? `There are multiple relations between "${to}" and "${from}". Please specify relation name`
        : `There are multiple relations with name "${relationName}" in table "${to}"`,
  });
}
