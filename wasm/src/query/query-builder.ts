import type { FieldMap, Tree } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { SQL } from "../expr/expression.js";
import type { Fields } from "./fields.js";
import { SelectQuery, type AnySelect } from "./select.js";
import { selectedFields, selectFrom } from "./select-tree.js";
import type { NameOf, OuterFields, SelectionOf, TableLike } from "./select-types.js";
import type { Session } from "./session.js";
import { WithSubquery } from "./subquery.js";

interface StartOptions {
  readonly distinct: boolean;
  readonly ctes: readonly WithSubquery[];
}

type NotNull<Name> = Name extends string ? { readonly [K in Name]: "not-null" } : {};

/** A select that still needs its source. */
export class SelectStart<F extends Fields | undefined> {
  static readonly [entityKind]: string = "SQLiteSelectBuilder";

  readonly #session: Session | undefined;
  readonly #fields: F;
  readonly #options: StartOptions;

  constructor(session: Session | undefined, fields: F, options: StartOptions) {
    this.#session = session;
    this.#fields = fields;
    this.#options = options;
    Object.freeze(this);
  }

  /** The first source of the rows. */
  from<T extends TableLike>(
    source: T,
  ): SelectQuery<
    NameOf<T>,
    F extends undefined ? SelectionOf<T> : F,
    F extends undefined ? "single" : "partial",
    NotNull<NameOf<T>>
  > {
    const select = selectFrom(source, this.#fields, this.#options);
    return new SelectQuery(this.#session, select, this.#fields !== undefined);
  }
}

/** The beginnings of selects, with or without a database to run them. */
export class Selects {
  static readonly [entityKind]: string = "Selects";

  readonly #session: Session | undefined;
  readonly #ctes: readonly WithSubquery[];

  constructor(session: Session | undefined, ctes: readonly WithSubquery[] = []) {
    this.#session = session;
    this.#ctes = ctes;
  }

  /** All fields of a source, or the given ones. */
  select(): SelectStart<undefined>;
  select<F extends Fields>(fields: F): SelectStart<F>;
  select(fields?: Fields): SelectStart<Fields | undefined> {
    return new SelectStart(this.#session, fields, { distinct: false, ctes: this.#ctes });
  }

  /** As `select`, without rows that are equal. */
  selectDistinct(): SelectStart<undefined>;
  selectDistinct<F extends Fields>(fields: F): SelectStart<F>;
  selectDistinct(fields?: Fields): SelectStart<Fields | undefined> {
    return new SelectStart(this.#session, fields, { distinct: true, ctes: this.#ctes });
  }

  /** Begins a subquery for `with`: of a select, or of SQL that is said to have some fields. */
  $with<const Alias extends string>(alias: Alias): WithSelect<Alias>;
  $with<const Alias extends string, Selection extends Fields>(
    alias: Alias,
    selection: Selection,
  ): WithSQL<Alias, Selection>;
  $with(alias: string, selection?: FieldMap): WithSelect<string> | WithSQL<string, Fields> {
    return { as: (body: unknown) => cte(alias, body, selection) as never };
  }
}

/** `$with(alias)`. */
export interface WithSelect<Alias extends string> {
  as<S extends AnySelect>(
    select: S | ((builder: QueryBuilder) => S),
  ): WithSubqueryOf<Alias, S["_"]["selection"], S["_"]["nulls"]>;
}

/** `$with(alias, selection)`. */
export interface WithSQL<Alias extends string, Selection> {
  as(sql: SQL | ((builder: QueryBuilder) => SQL)): WithSubqueryOf<Alias, Selection>;
}

/** A subquery of `with`, with its fields as properties. */
export type WithSubqueryOf<
  Alias extends string,
  Selection,
  Nulls = {},
  Fields extends FieldMap = OuterFields<Selection, Nulls, Alias>,
> = WithSubquery<Alias, Fields> & Fields;

function cte(alias: string, given: unknown, selection: FieldMap | undefined): WithSubquery {
  const body: unknown =
    typeof given === "function"
      ? (given as (builder: QueryBuilder) => unknown)(new QueryBuilder())
      : given;
  if (is(body, SQL)) return new WithSubquery(body.tree, selection ?? {}, alias, true);
  const { tree } = (body as AnySelect).getSQL() as { tree: Tree & { kind: "select" } };
  return new WithSubquery(tree.select, selection ?? selectedFields(tree.select), alias, true);
}

/** Builds selects without a database, to be used as parts of other queries. */
export class QueryBuilder extends Selects {
  static override readonly [entityKind]: string = "SQLiteQueryBuilder";

  constructor() {
    super(undefined);
    Object.freeze(this);
  }

  /** Puts subqueries before the select. */
  with(...ctes: readonly WithSubquery[]): Selects {
    return new Selects(undefined, ctes);
  }
}
