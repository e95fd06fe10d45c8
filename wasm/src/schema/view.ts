import type { SQLWrapper } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { Column } from "./column.js";
import {
  IsAlias,
  IsDrizzleView,
  TableColumns,
  TableName,
  TableOriginalName,
  TableSchema,
  ViewQuery,
} from "./symbols.js";
import { Source, type ColumnMap, type TableTypes, type TypesOf } from "./table.js";

/** Everything that was declared about a view. */
export interface ViewConfig {
  readonly name: string;
  readonly originalName: string;
  readonly schema: string | undefined;
  readonly selectedFields: ColumnMap;
  readonly query: SQLWrapper | undefined;
  readonly isExisting: boolean;
  readonly isAlias: boolean;
}

/** A view. Rows are read from it as from a table. */
export class View<out T extends TableTypes = TableTypes> extends Source<T> {
  static readonly [entityKind]: string = "View";

  readonly [IsDrizzleView]: boolean = true;
  readonly [ViewQuery]: SQLWrapper | undefined;

  /** @param query a select or SQL; nothing when the view exists already */
  constructor(
    name: string,
    schema: string | undefined,
    columns: (view: Source) => ColumnMap,
    query: SQLWrapper | undefined,
  ) {
    super(name, schema, columns);
    this[ViewQuery] = query;
    Object.freeze(this);
  }
}

/** A view made by `sqliteView`. */
export class SQLiteView<out T extends TableTypes = TableTypes> extends View<T> {
  static override readonly [entityKind]: string = "SQLiteView";
}

/** A view made by `pgView`. */
export class PgView<out T extends TableTypes = TableTypes> extends View<T> {
  static override readonly [entityKind]: string = "PgView";
}

/** Kept as a view: SQLite has no materialized ones, so its rows are always the current ones. */
export class PgMaterializedView<out T extends TableTypes = TableTypes> extends View<T> {
  static override readonly [entityKind]: string = "PgMaterializedView";
}

/** A view with its columns as properties. */
export type ViewOf<Name extends string, Columns extends ColumnMap> = View<
  TypesOf<Name, Columns> & { readonly selectedFields: Columns }
> &
  Columns;

/** Whether a value is a view. */
export function isView(value: unknown): value is View {
  return typeof value === "object" && value !== null && IsDrizzleView in value;
}

/** What was declared of a view. */
export function getViewConfig(view: View): ViewConfig {
  const query = view[ViewQuery];
  return {
    name: view[TableName],
    originalName: view[TableOriginalName],
    schema: view[TableSchema],
    selectedFields: view[TableColumns],
    query,
    isExisting: query === undefined,
    isAlias: view[IsAlias],
  };
}

/** The name of a view in SQL. */
export function getViewName(view: View): string {
  return view[TableName];
}

/** The columns of a view by key. */
export function getViewSelectedFields<T extends View>(view: T): T["_"]["columns"] {
  return view[TableColumns];
}

/** The columns of a table or view, also those that a view has in objects. */
export function columnsOf(source: Source): readonly Column[] {
  const flat = (columns: object): readonly Column[] =>
    Object.values(columns).flatMap((item: object) => (is(item, Column) ? [item] : flat(item)));
  return flat(source[TableColumns]);
}
