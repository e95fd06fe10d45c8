import {
  getTableColumns,
  getTableName,
  is,
  isTable,
  isView,
  Relations,
  type Column,
  type Relation,
  type Table,
  type View,
} from "virga";
import { getTableConfig, getViewConfig } from "virga/sqlite-core";
import type { Program, SchemaAnswer } from "../protocol.js";
import type {
  ColumnFacts,
  ColumnPlace,
  ForeignKeyFacts,
  RelationFacts,
  SchemaFacts,
  TableFacts,
} from "../schema/facts.js";
import { describeProblem } from "./problems.js";
import { loadSchema, type Schema } from "./schema.js";

type Source = Table | View;

/** What `defineRelations` gives for a table. */
interface Defined {
  readonly table: Source;
  readonly relations: Readonly<Record<string, DefinedRelation>>;
}

interface DefinedRelation {
  readonly relationType: "one" | "many";
  readonly targetTable: Source;
  readonly config: {
    readonly from?: unknown;
    readonly where?: unknown;
    readonly optional?: boolean;
  };
  readonly resolved?: {
    readonly fields: readonly Column[];
    readonly references: readonly Column[];
    readonly through?: {
      readonly table: Source;
      readonly fields: readonly Column[];
      readonly references: readonly Column[];
    };
  };
}

/** Runs the files of a program that declare tables, and describes what they declare. */
export async function answerSchema(program: Program): Promise<SchemaAnswer> {
  try {
    return { facts: describeSchema(await loadSchema(program)) };
  } catch (error) {
    return { problem: describeProblem(error, (path) => program.userFiles.includes(path)) };
  }
}

/** The tables, views and relations among the exports of a schema. */
export function describeSchema(schema: Schema): SchemaFacts {
  return new Describer(schema).describe();
}

class Describer {
  readonly #schema: Schema;
  readonly #keys = new Map<Source, string>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  describe(): SchemaFacts {
    for (const [key, value] of Object.entries(this.#schema)) {
      if (isTable(value) || (isView(value) && !getViewConfig(value).isAlias)) this.#add(value, key);
    }
    const declared = Object.values(this.#schema).filter((value) => is(value, Relations));
    const defined = Object.values(this.#schema).flatMap(definedIn);
    for (const [key, { table }] of defined) this.#add(table, key);
    const relations = [
      ...declared.flatMap((each) => this.#declared(each, declared)),
      ...defined.flatMap(([, each]) => this.#defined(each)),
    ];
    // Keys may lead to tables that the schema does not export: the map grows while it is read.
    const tables: TableFacts[] = [];
    for (const source of this.#keys.keys()) tables.push(this.#table(source));
    return { tables, relations: unique(relations) };
  }

  #add(source: Source, name: string): string {
    const known = this.#keys.get(source);
    if (known !== undefined) return known;
    const taken = new Set(this.#keys.values());
    let key = name;
    for (let count = 2; taken.has(key); count += 1) key = `${name}_${count}`;
    this.#keys.set(source, key);
    return key;
  }

  #keyOf(source: Source): string {
    return this.#add(source, getTableName(source));
  }

  #table(source: Source): TableFacts {
    const own = { key: this.#keyOf(source), name: getTableName(source) };
    if (!isTable(source)) {
      const columns = flatColumns(getTableColumns(source)).map(columnFacts);
      return { ...own, kind: "view", columns, primaryKey: [], uniques: [], foreignKeys: [] };
    }
    const { columns, primaryKeys, uniqueConstraints, indexes, foreignKeys } =
      getTableConfig(source);
    const primary = columns.filter((column) => column.primary);
    const uniqueIndexes = indexes.filter(({ config }) => config.unique && !config.where);
    return {
      ...own,
      kind: "table",
      columns: columns.map(columnFacts),
      primaryKey: keysOf(primary.length > 0 ? primary : (primaryKeys[0]?.columns ?? [])),
      uniques: [
        ...columns.filter((column) => column.isUnique).map((column) => [column.key]),
        ...uniqueConstraints.map((constraint) => keysOf(constraint.columns)),
        ...uniqueIndexes.map(({ config }) => keysOf(config.columns as readonly Column[])),
      ].filter((keys) => keys.every((key) => typeof key === "string")),
      foreignKeys: foreignKeys.map((key) => this.#foreignKey(key)),
    };
  }

  #foreignKey({
    reference,
    onDelete,
  }: ReturnType<typeof getTableConfig>["foreignKeys"][number]): ForeignKeyFacts {
    const { columns, foreignTable, foreignColumns } = reference();
    return {
      columns: keysOf(columns),
      table: this.#keyOf(foreignTable as Source),
      references: keysOf(foreignColumns),
      ...(onDelete && { onDelete }),
    };
  }

  #declared({ table, config }: Relations, all: readonly Relations[]): RelationFacts[] {
    return Object.entries(config).map(([name, relation]) => {
      const { kind, target, config: options } = relation;
      const ends = {
        api: "relations" as const,
        name,
        kind,
        table: this.#keyOf(table),
        target: this.#keyOf(target),
        filtered: false,
      };
      if (options.fields && options.references) {
        const fields = this.#places(options.fields);
        const optional = !options.fields.every((column) => column?.notNull);
        return {
          ...ends,
          own: true,
          fields,
          references: this.#places(options.references),
          optional,
        };
      }
      const back = reverseOf(relation, table, all);
      const [found, second] = back;
      const common = { ...ends, own: false, optional: true };
      if (!found || second)
        return { ...common, fields: [], references: [], broken: second ? "ambiguous" : "missing" };
      return {
        ...common,
        fields: this.#places(found.config.references ?? []),
        references: this.#places(found.config.fields ?? []),
      };
    });
  }

  #defined({ table, relations }: Defined): RelationFacts[] {
    return Object.entries(relations).flatMap(([name, relation]) => {
      const { relationType, targetTable, config, resolved } = relation;
      if (!resolved) return [];
      const { fields, references, through } = resolved;
      return [
        {
          api: "defineRelations",
          name,
          kind: relationType,
          table: this.#keyOf(table),
          target: this.#keyOf(targetTable),
          own: config.from !== undefined,
          fields: this.#places(fields),
          references: this.#places(references),
          optional: config.optional !== false,
          filtered: config.where !== undefined,
          ...(through && {
            through: {
              table: this.#keyOf(through.table),
              fields: keysOf(through.fields),
              references: keysOf(through.references),
            },
          }),
        },
      ];
    });
  }

  #places(columns: readonly (Column | undefined)[]): ColumnPlace[] {
    return columns.map((column) =>
      column ? { table: this.#keyOf(column.table as Source), column: column.key } : null,
    );
  }
}

/** The relations of the target that name their columns and lead back. */
function reverseOf(relation: Relation, table: Table, all: readonly Relations[]): Relation[] {
  const { relationName } = relation.config;
  const back = all
    .filter((each) => each.table === relation.target)
    .flatMap(({ config }) => Object.values(config))
    .filter((other) => other !== relation && other.target === table && other.config.fields);
  const named = back.filter(({ config }) => config.relationName === relationName);
  return named.length > 0 || relationName !== undefined ? named : back;
}

/** The tables of what `defineRelations` gave, by key. */
function definedIn(value: unknown): (readonly [string, Defined])[] {
  if (typeof value !== "object" || value === null || is(value, Relations)) return [];
  if (isTable(value) || isView(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, Defined] => isDefined(entry[1]));
}

function isDefined(value: unknown): value is Defined {
  if (typeof value !== "object" || value === null) return false;
  const { table, relations } = value as Partial<Defined>;
  return (isTable(table) || isView(table)) && typeof relations === "object" && relations !== null;
}

/** Parts of relations that were put together may hold the same one twice: the later one counts. */
function unique(relations: readonly RelationFacts[]): RelationFacts[] {
  const byName = new Map(relations.map((each) => [JSON.stringify([each.table, each.name]), each]));
  return [...byName.values()];
}

const keysOf = (columns: readonly Column[]): string[] => columns.map(({ key }) => key);

/** The columns of a view, also those that it has in objects. */
function flatColumns(columns: object): Column[] {
  return Object.values(columns).flatMap((item: Column | object) =>
    "getSQLType" in item ? [item] : flatColumns(item),
  );
}

function columnFacts(column: Column): ColumnFacts {
  return {
    key: column.key,
    name: column.name,
    type: column.getSQLType(),
    dataType: column.dataType,
    notNull: column.notNull,
    hasDefault: column.hasDefault,
    generated: column.generated !== undefined || column.generatedIdentity !== undefined,
  };
}
