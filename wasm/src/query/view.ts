import type { SelectTree, SQLWrapper } from "../ast/tree.js";
import { casings, type Casing } from "../schema/casing.js";
import { SQLiteColumn, type ColumnClass } from "../schema/column.js";
import { PgColumn } from "../schema/pg-column.js";
import {
  buildColumns,
  type BuiltColumns,
  type ColumnBuilders,
  type ColumnMap,
  type TypesOf,
} from "../schema/table.js";
import { PgMaterializedView, PgView, SQLiteView, type View, type ViewOf } from "../schema/view.js";
import { QueryBuilder } from "./query-builder.js";
import { selectedFields } from "./select-tree.js";
import type { AnySelect } from "./select.js";
import { viewColumns, type ViewColumns } from "./view-columns.js";

/** A view of a select; objects of fields are objects of columns. */
type ViewOfSelect<Name extends string, Columns> = Columns extends ColumnMap
  ? ViewOf<Name, Columns>
  : View<TypesOf<Name, ColumnMap> & { readonly selectedFields: Columns }> & Columns;

/** A view that still needs its select. */
export interface ViewBuilder<Name extends string> {
  /** Selects with a query, or with what a function of a query builder gives. */
  as<S extends AnySelect>(
    select: S | ((builder: QueryBuilder) => S),
  ): ViewOfSelect<Name, ViewColumns<S["_"]["selection"], S["_"]["nulls"], Name>>;
}

/** A view whose columns are declared. */
export interface ManualViewBuilder<Name extends string, B extends ColumnBuilders> {
  /** Selects with SQL as it is written. */
  as(query: SQLWrapper): ViewOf<Name, BuiltColumns<B, Name>>;
  /** The view is there already and is not created. */
  existing(): ViewOf<Name, BuiltColumns<B, Name>>;
}

/** Declares a view: of a select, or with its columns, of SQL or as one that is there already. */
export interface ViewFn {
  <const Name extends string>(name: Name): ViewBuilder<Name>;
  <const Name extends string, B extends ColumnBuilders>(
    name: Name,
    columns: B,
  ): ManualViewBuilder<Name, B>;
}

/** How Postgres keeps a view does not matter here: this is accepted and left. */
interface ViewOptions {
  with(options: object): this;
  using(method: string): this;
  tablespace(name: string): this;
  withNoData(): this;
}

/** As `ViewFn`, for views of Postgres. */
export interface PgViewFn {
  <const Name extends string>(name: Name): ViewBuilder<Name> & ViewOptions;
  <const Name extends string, B extends ColumnBuilders>(
    name: Name,
    columns: B,
  ): ManualViewBuilder<Name, B> & ViewOptions;
}

/** What the views of one function have in common. */
interface Views {
  readonly type: new (...of: ConstructorParameters<typeof View>) => View;
  readonly column: ColumnClass;
  readonly schema?: string;
  readonly casing?: Casing;
}

function views({ type, column, schema, casing }: Views): PgViewFn {
  return (name: string, builders?: ColumnBuilders) => {
    const manual = (query?: SQLWrapper): View =>
      new type(name, schema, (view) => buildColumns(view, column, builders!, casing), query);
    const selected = (given: AnySelect | ((builder: QueryBuilder) => AnySelect)): View => {
      const select = typeof given === "function" ? given(new QueryBuilder()) : given;
      const sql = select.getSQL();
      const fields = selectedFields((sql.tree as { select: SelectTree }).select);
      return new type(name, schema, (view) => viewColumns(view, column, fields), sql);
    };
    const builder = builders ? { as: manual, existing: () => manual() } : { as: selected };
    return withOptions(builder) as never;
  };
}

/** The builder with the methods of `ViewOptions`, which give it back. */
function withOptions<B extends object>(builder: B): B {
  const options = ["with", "using", "tablespace", "withNoData"];
  const accepted = options.map((option) => [option, () => result] as const);
  const result: B = Object.freeze({ ...Object.fromEntries(accepted), ...builder });
  return result;
}

const sqlite = { type: SQLiteView, column: SQLiteColumn };
const pg = { type: PgView, column: PgColumn };

/** Declares a view. */
export const sqliteView: ViewFn = views(sqlite);
/** `sqliteView` for columns whose names in SQL are their keys in snake_case. */
export const snakeCaseView: ViewFn = views({ ...sqlite, casing: casings.snake_case });
/** `sqliteView` for columns whose names in SQL are their keys in camelCase. */
export const camelCaseView: ViewFn = views({ ...sqlite, casing: casings.camelCase });
/** Declares a view. */
export const pgView = views(pg);
/** `pgView` for columns whose names in SQL are their keys in snake_case. */
export const snakeCasePgView = views({ ...pg, casing: casings.snake_case });
/** `pgView` for columns whose names in SQL are their keys in camelCase. */
export const camelCasePgView = views({ ...pg, casing: casings.camelCase });
/** A view like any other: SQLite has no materialized ones, so its rows are always current. */
export const pgMaterializedView = views({ ...pg, type: PgMaterializedView });

/** The views of a schema of Postgres. */
export const pgSchemaViews = (schema: string): { view: PgViewFn; materializedView: PgViewFn } => ({
  view: views({ ...pg, schema }),
  materializedView: views({ ...pg, schema, type: PgMaterializedView }),
});
