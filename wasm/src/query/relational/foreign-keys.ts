import { getTableConfig, type ResolvedForeignKey } from "../../schema/config.js";
import type { Column } from "../../schema/column.js";
import {
  isTable,
  TableColumns,
  type ColumnMap,
  type Simplify,
  type Source,
} from "../../schema/table.js";
import { sourcesOf, type SourcesOf } from "./define.js";
import {
  ManyV2,
  OneV2,
  RelationColumn,
  type OneConfig,
  type RelationMapV2,
  type RelationV2,
  type TableRelations,
} from "./relation.js";
import { resolveRelations } from "./resolve.js";

type ColumnsOf<S> = S extends Source ? S["_"]["columns"] : {};
type NameOf<S> = S extends Source ? S["_"]["name"] : never;
type ReferenceOf<C> = C extends { readonly _: { readonly references: infer Name } } ? Name : never;

/** The key of the table with this name in SQL. */
type KeyNamed<S, Name> = {
  [K in keyof S]: NameOf<S[K]> extends Name ? K : never;
}[keyof S] &
  string;

/** The keys of the columns that refer to one of these tables. */
type Referring<Columns, Name> = {
  [C in keyof Columns]: [ReferenceOf<Columns[C]>] extends [never]
    ? never
    : ReferenceOf<Columns[C]> extends Name
      ? C
      : never;
}[keyof Columns] &
  string;

type Stem<Name extends string> = Name extends `${infer S}_id` | `${infer S}Id` ? S : Name;
type OneName<C extends string, Columns, Target extends string> =
  Stem<C> extends keyof Columns ? `${Stem<C>}${Capitalize<Target>}` : Stem<C>;
type IsOne<T, All = T> = T extends T ? ([All] extends [T] ? true : false) : never;

type Ones<S, K extends keyof S> = {
  readonly [
    C in Referring<ColumnsOf<S[K]>, NameOf<S[keyof S]>> as OneName<
      C,
      ColumnsOf<S[K]>,
      KeyNamed<S, ReferenceOf<ColumnsOf<S[K]>[C]>>
    >
  ]: OneV2<
    KeyNamed<S, ReferenceOf<ColumnsOf<S[K]>[C]>>,
    ColumnsOf<S[K]>[C] extends { readonly _: { readonly notNull: true } } ? false : true
  >;
};

/** A table and the column with which it refers to another. */
interface Back<Key extends string, C extends string> {
  readonly key: Key;
  readonly column: C;
}

type BacksOf<Key extends string, C extends string> = C extends C ? Back<Key, C> : never;
type Backs<S, K extends keyof S> = {
  [X in keyof S & string]: BacksOf<X, Referring<ColumnsOf<S[X]>, NameOf<S[K]>>>;
}[keyof S & string];

type BackName<S, K, B> =
  B extends Back<infer Key, infer C>
    ? Key extends K | keyof ColumnsOf<S[K & keyof S]>
      ? `${Key}By${Capitalize<Stem<C>>}`
      : IsOne<Referring<ColumnsOf<S[Key & keyof S]>, NameOf<S[K & keyof S]>>> extends true
        ? Key
        : `${Key}By${Capitalize<Stem<C>>}`
    : never;

type BackRelation<S, B> =
  B extends Back<infer Key, infer C>
    ? ColumnsOf<S[Key & keyof S]>[C & keyof ColumnsOf<S[Key & keyof S]>] extends {
        readonly _: { readonly unique: true };
      }
      ? OneV2<Key, true>
      : ManyV2<Key>
    : never;

type RelationsOf<S, K extends keyof S> = Ones<S, K> & {
  readonly [B in Backs<S, K> as BackName<S, K, B>]: BackRelation<S, B>;
};

/** The relations that follow from the foreign keys of a schema's tables. */
export type ForeignKeyRelations<S> = {
  readonly [K in keyof S & string]: S[K] extends Source
    ? Simplify<RelationsOf<S, K>> extends infer Own extends RelationMapV2
      ? TableRelations<S[K], K, Own>
      : never
    : never;
};

type Declared = Record<string, Record<string, RelationV2>>;

/**
 * The relations that follow from the foreign keys of a schema, as `defineRelations` would give them:
 * for `drizzle(client, { relations: relationsFromForeignKeys(schema) })`.
 *
 * - `posts.authorId` referring to `users` gives `posts.author`, one row. Where that is a column, as
 *   of a key without "Id" at its end, the other table's key is added: `posts.writerUsers`.
 * - The other table gets the rows that refer to it, by their table's key: `users.posts`. If several
 *   columns of a table refer to the same one, or a table to itself, or that is a column, the
 *   referring column is added: `users.postsByAuthor`, `users.usersByInviter`.
 * - The reverse of a column that is itself `unique()` or `primaryKey()` is one row.
 * - Keys of `foreignKey()` are named with the column too, after all of their columns. The types do
 *   not know them, nor those whose callback is typed as any column, `(): AnySQLiteColumn => …`.
 */
export function relationsFromForeignKeys<Schema extends Readonly<Record<string, unknown>>>(
  schema: Schema,
): ForeignKeyRelations<SourcesOf<Schema>> {
  const sources = sourcesOf(schema);
  const keyOf = new Map(Object.entries(sources).map(([key, source]) => [source, key]));
  const declared: Declared = Object.fromEntries(Object.keys(sources).map((key) => [key, {}]));
  for (const [key, source] of Object.entries(sources)) {
    if (!isTable(source)) continue;
    const inline = Object.values(source[TableColumns] as ColumnMap).flatMap((column) =>
      column.config.references.map(({ target }) => target().table),
    );
    const foreignKeys = getTableConfig(source).foreignKeys;
    foreignKeys.forEach((foreign, index) => {
      const target = keyOf.get(foreign.reference().foreignTable);
      if (target === undefined) return;
      const table = foreign.reference().foreignTable;
      const alone = index < inline.length && inline.filter((one) => one === table).length === 1;
      const plain = alone && key !== target && !(key in table[TableColumns]);
      declareBoth(declared, { key, target, foreign, plain });
    });
  }
  return resolveRelations(sources, declared) as ForeignKeyRelations<SourcesOf<Schema>>;
}

interface Foreign {
  readonly key: string;
  readonly target: string;
  readonly foreign: ResolvedForeignKey;
  /** Whether the table's key is name enough for the reverse side. */
  readonly plain: boolean;
}

function declareBoth(declared: Declared, { key, target, foreign, plain }: Foreign): void {
  const { columns, foreignColumns, foreignTable } = foreign.reference();
  const own = columns.map((column) => column.key);
  const joined = own.map((name, index) => (index === 0 ? name : capitalize(name))).join("");
  const stem = joined.replace(/(?:_id|Id)$/, "");
  const from = columnsIn(key, columns);
  const to = columnsIn(target, foreignColumns);
  const one = stem in columns[0]!.table[TableColumns] ? stem + capitalize(target) : stem;
  const back = plain ? key : `${key}By${capitalize(stem)}`;
  const [column] = columns;
  const unique =
    columns.length === 1 && column !== undefined && (column.isUnique || column.primary);
  declared[key]![one] = new OneV2(target, foreignTable, { from, to });
  const reverse: OneConfig = { from: to, to: from };
  declared[target]![back] = unique
    ? new OneV2(key, column.table, reverse)
    : new ManyV2(key, columns[0]!.table, reverse);
}

type Ends = readonly [RelationColumn, ...RelationColumn[]];

const columnsIn = (tableName: string, columns: readonly Column[]): Ends =>
  columns.map((column) => new RelationColumn({ tableName, column, key: column.key })) as never;

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
