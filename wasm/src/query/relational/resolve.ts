import { is } from "../../base/entity.js";
import { VirgaError } from "../../base/error.js";
import type { Source } from "../../schema/table.js";
import { TableColumns } from "../../schema/table.js";
import {
  ManyV2,
  OneV2,
  RelationColumn,
  RelationV2,
  type AnyRelations,
  type RelationMapV2,
  type ResolvedRelation,
  type TableRelations,
} from "./relation.js";

/** The declared relations of tables, by the keys of the tables and the names of the relations. */
export type DeclaredRelations = Readonly<Record<string, RelationMapV2 | undefined>>;

/** Gives every declared relation its columns, its own or those of the reverse relation. */
export function resolveRelations(
  tables: Readonly<Record<string, Source>>,
  declared: DeclaredRelations,
): AnyRelations {
  const entries = Object.entries(declared).filter(([key, map]) => map && tables[key]);
  return Object.fromEntries(
    entries.map(([key, map = {}]) => {
      const resolved = Object.entries(map).map(([name, relation]) => {
        const place = { tables, declared, table: key, name, relation };
        return [name, withColumns(relation, new Resolver(place).resolve())] as const;
      });
      const relations = Object.fromEntries(resolved);
      const entry: TableRelations = { table: tables[key]!, name: key, relations };
      return [key, Object.freeze(entry)];
    }),
  );
}

function withColumns(relation: RelationV2, resolved: ResolvedRelation): RelationV2 {
  const { targetTableName, targetTable, config } = relation;
  return is(relation, OneV2)
    ? new OneV2(targetTableName, targetTable, config, resolved)
    : new ManyV2(targetTableName, targetTable, config, resolved);
}

interface Place {
  readonly tables: Readonly<Record<string, Source>>;
  readonly declared: DeclaredRelations;
  readonly table: string;
  readonly name: string;
  readonly relation: RelationV2;
}

type Columns = readonly RelationColumn[];

const listOf = (given: RelationColumn | Columns | undefined): Columns | undefined =>
  is(given, RelationColumn) ? [given] : (given as Columns | undefined);

class Resolver {
  constructor(private readonly place: Place) {}

  resolve(): ResolvedRelation {
    const { table, name, relation, tables } = this.place;
    const { alias, where } = relation.config;
    const source = tables[table]!;
    if (name in source[TableColumns])
      this.#fail(`relation name collides with column "${name}" of table "${table}"`);
    if (alias === "")
      this.#fail(`"alias" cannot be an empty string - omit it if you don't need it`);
    const { from, to } = this.#checked(table, relation);
    const ends = { name, kind: relation.relationType, source, target: relation.targetTable };
    if (from && to) return { ...ends, ...this.#columns(from, to), ...(where && { where }) };
    if (from || to)
      this.#fail(`relation must have either both "from" and "to" defined, or none of them`);
    const [reverseName, reverse] = this.#reverse();
    const { from: theirs, to: ours } = this.#checked(relation.targetTableName, reverse);
    if (!theirs || !ours)
      this.#notEnough(
        `reverse relation "${relation.targetTableName}.${reverseName}" does not have "from"/"to" defined`,
      );
    const columns = this.#columns(ours, theirs);
    if (where) return { ...ends, ...columns, where };
    const theirWhere = reverse.config.where;
    return { ...ends, ...columns, ...(theirWhere && { where: theirWhere, reverse: reverseName }) };
  }

  /** The columns that a relation of `table` names itself, which must be those of its two tables. */
  #checked(table: string, relation: RelationV2): { from?: Columns; to?: Columns } {
    const from = listOf(relation.config.from);
    const to = listOf(relation.config.to);
    if (from?.length === 0) this.#fail(`"from" cannot be empty`);
    if (to?.length === 0) this.#fail(`"to" cannot be empty`);
    if (from && to) {
      this.#belong("from", from, table);
      this.#belong("to", to, relation.targetTableName);
      const through = [...from, ...to].some((column) => column._.through);
      if (from.length !== to.length && !through)
        this.#fail(`"from" and "to" fields without "through" must have the same length`);
    }
    return { ...(from && { from }), ...(to && { to }) };
  }

  #belong(member: "from" | "to", columns: Columns, table: string): void {
    for (const column of columns) {
      if (!is(column, RelationColumn)) this.#fail(`a column in "${member}" is undefined`);
      const { tableName } = column._;
      if (tableName === table) continue;
      this.#fail(
        `all "${member}" columns must belong to table "${table}", found column of table "${tableName}"`,
      );
    }
  }

  #columns(
    from: Columns,
    to: Columns,
  ): Pick<ResolvedRelation, "fields" | "references" | "through"> {
    const fields = from.map((column) => column._.column);
    const references = to.map((column) => column._.column);
    const junction = [...from, ...to].map((column) => column._.through);
    const [first] = junction.filter((column) => column !== undefined);
    if (!first) return { fields, references };
    const { tableName } = first._;
    const partner = (column: RelationColumn | undefined) => {
      if (!column)
        this.#fail(
          `".through(column)" must be used either on all columns in "from" and "to" or not defined on any of them`,
        );
      if (column._.tableName !== tableName)
        this.#fail(
          `".through(column)" must be used on the same table by all columns of the relation`,
        );
      return column._.column;
    };
    const partners = junction.map(partner);
    const through = {
      table: this.place.tables[tableName]!,
      fields: partners.slice(0, from.length),
      references: partners.slice(from.length),
    };
    return { fields, references, through };
  }

  /** The one relation of the target that leads back here: with the same alias, or both without. */
  #reverse(): readonly [string, RelationV2] {
    const { declared, relation, table, tables } = this.place;
    const { targetTableName } = relation;
    const { alias } = relation.config;
    const theirs = declared[targetTableName];
    if (!theirs) this.#notEnough(`no reverse relations of table "${targetTableName}" were found`);
    const back = Object.entries(theirs).filter(
      ([, other]) =>
        other !== relation &&
        other.config.alias === alias &&
        (alias !== undefined || other.targetTable === tables[table]),
    );
    const [found] = back;
    const names = back.map(([name]) => `"${name}"`).join(", ");
    if (back.length > 1 && alias)
      this.#notEnough(
        `multiple relations with alias "${alias}" found in table "${targetTableName}": ${names}`,
      );
    if (back.length > 1)
      this.#notEnough(
        `multiple relations between "${targetTableName}" and "${table}" were found: ${names}`,
        `An "alias" with the same value on both sides says which of them belong together.`,
      );
    if (found) return found;
    const described = alias ? `with alias "${alias}"` : `with target table "${table}"`;
    return this.#notEnough(
      `no reverse relation of table "${targetTableName}" ${described} was found`,
    );
  }

  #notEnough(reason: string, hint?: string): never {
    return this.#fail(
      `not enough data provided to build the relation - "from"/"to" are not defined, and ${reason}`,
      hint,
    );
  }

  #fail(reason: string, hint?: string): never {
    const { table, name, relation } = this.place;
    const call = `r.${relation.relationType}.${relation.targetTableName}(...)`;
    throw new VirgaError({
      code: "invalid_schema",
      message: `relations -> ${table}: { ${name}: ${call} }: ${reason}`,
      ...(hint !== undefined && { hint }),
    });
  }
}
