import { VirgaError } from "../../base/error.js";
import { candidatesHint } from "../../base/nearest.js";
import { isSource, TableColumns, type AnySource, type Source } from "../../schema/table.js";
import {
  ManyV2,
  OneV2,
  RelationColumn,
  type ManyConfig,
  type OneConfig,
  type RelationMapV2,
  type TableRelations,
} from "./relation.js";
import { resolveRelations, type DeclaredRelations } from "./resolve.js";

/** The tables and views among the members of a schema. */
export type SourcesOf<Schema> = {
  readonly [
    K in keyof Schema as Schema[K] extends AnySource ? (K extends string ? K : never) : never
  ]: Schema[K];
};

type Sources = Readonly<Record<string, Source>>;

/** What the callback of `defineRelations` is given: `r.one`, `r.many` and the columns of all tables. */
export type RelationsBuilder<S> = {
  readonly one: {
    readonly [K in keyof S & string]: <const Optional extends boolean = true>(
      config?: OneConfig<ColumnsOf<S[K]>, K, Optional>,
    ) => OneV2<K, Optional>;
  };
  readonly many: {
    readonly [K in keyof S & string]: (config?: ManyConfig<ColumnsOf<S[K]>, K>) => ManyV2<K>;
  };
} & {
  readonly [K in keyof S & string]: { readonly [C in keyof ColumnsOf<S[K]>]: RelationColumn<K> };
};

type ColumnsOf<S> = S extends AnySource ? S["_"]["columns"] : never;

type RelationsConfig<S> = { readonly [K in keyof S]?: RelationMapV2 };

/** The tables and views `S` with the relations that `Config` declares. */
export type DefinedRelations<S, Config> = {
  readonly [K in keyof S & string]: TableRelations<
    S[K],
    K,
    K extends keyof Config ? Config[K] & {} : {}
  >;
};

/**
 * Declares the relations of a schema's tables and views, for `drizzle(client, { relations })`.
 * Other members of the schema are ignored. Without a callback there are no relations.
 */
export function defineRelations<Schema extends Readonly<Record<string, unknown>>>(
  schema: Schema,
): DefinedRelations<SourcesOf<Schema>, {}>;
export function defineRelations<
  Schema extends Readonly<Record<string, unknown>>,
  const Config extends RelationsConfig<SourcesOf<Schema>>,
>(
  schema: Schema,
  declare: (r: RelationsBuilder<SourcesOf<Schema>>) => Config,
): DefinedRelations<SourcesOf<Schema>, Config>;
export function defineRelations(
  schema: Readonly<Record<string, unknown>>,
  declare?: (r: never) => DeclaredRelations,
): unknown {
  const sources = sourcesOf(schema);
  const none = Object.fromEntries(Object.keys(sources).map((key) => [key, {}]));
  return resolveRelations(sources, { ...none, ...declare?.(relationsBuilder(sources) as never) });
}

/**
 * As `defineRelations`, with only those tables that the callback names (all, without a callback).
 * Parts are put together by spreading: `{ ...relations, ...part }`.
 */
export function defineRelationsPart<Schema extends Readonly<Record<string, unknown>>>(
  schema: Schema,
): DefinedRelations<SourcesOf<Schema>, {}>;
export function defineRelationsPart<
  Schema extends Readonly<Record<string, unknown>>,
  const Config extends RelationsConfig<SourcesOf<Schema>>,
>(
  schema: Schema,
  declare: (r: RelationsBuilder<SourcesOf<Schema>>) => Config,
): DefinedRelations<Pick<SourcesOf<Schema>, keyof Config & keyof SourcesOf<Schema>>, Config>;
export function defineRelationsPart(
  schema: Readonly<Record<string, unknown>>,
  declare?: (r: never) => DeclaredRelations,
): unknown {
  if (!declare) return defineRelations(schema);
  const sources = sourcesOf(schema);
  return resolveRelations(sources, declare(relationsBuilder(sources) as never));
}

export function sourcesOf(schema: Readonly<Record<string, unknown>>): Sources {
  return Object.fromEntries(
    Object.entries(schema).filter((entry): entry is [string, Source] => isSource(entry[1])),
  );
}

function relationsBuilder(sources: Sources): object {
  const each = <T>(make: (key: string, source: Source) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, make(key, source)]));
  const one = each(
    (key, source) =>
      (config: OneConfig = {}) =>
        new OneV2(key, source, config),
  );
  const many = each(
    (key, source) =>
      (config: ManyConfig = {}) =>
        new ManyV2(key, source, config),
  );
  const columns = each((tableName, source) => {
    const entries = Object.entries(source[TableColumns]).map(
      ([key, column]) => [key, new RelationColumn({ tableName, column, key })] as const,
    );
    return strict(Object.fromEntries(entries), "unknown_column", `Table "${tableName}"`, "column");
  });
  const table = (kind: string, of: object): object =>
    strict(of, "unknown_table", `The schema of r.${kind}`, "table");
  return strict(
    { ...columns, one: table("one", one), many: table("many", many) },
    "unknown_table",
    "The schema of these relations",
    "table",
  );
}

/** An object whose members must exist: a misspelt one is refused with the nearest name. */
function strict(
  members: object,
  code: "unknown_table" | "unknown_column",
  owner: string,
  noun: string,
): object {
  return new Proxy(members, {
    get(target, key) {
      if (typeof key === "symbol" || key in target) return Reflect.get(target, key) as unknown;
      throw new VirgaError({
        code,
        message: `${owner} has no ${noun} "${key}".`,
        hint: candidatesHint(key, Object.keys(target)),
      });
    },
  });
}
