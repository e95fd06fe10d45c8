import type { SQLWrapper } from "../../ast/tree.js";
import type { Placeholder } from "../../expr/chunks.js";
import type { AliasedSQL } from "../../expr/expression.js";
import type { Operators, OrderByOperators } from "../../expr/helpers.js";
import type { sql } from "../../expr/sql.js";
import type { Column } from "../../schema/column.js";
import type { TableEntry, TargetOf } from "./entries.js";

type Condition<C> =
  SQLWrapper | undefined | ((columns: C, operators: Operators) => SQLWrapper | undefined);

type Order = Column | SQLWrapper;
type OrderBy<C> =
  | Order
  | readonly Order[]
  | ((columns: C, operators: OrderByOperators) => Order | readonly Order[]);

type Extras = Readonly<Record<string, AliasedSQL>> | undefined;

/** What callbacks of extra fields are given. */
export interface SqlOperator {
  readonly sql: typeof sql;
}

/** The configuration of a relation query, at every level. */
export interface FindConfig<E, Entry extends TableEntry> {
  /** Columns to include (`true`), or, when none is, to leave out (`false`). */
  readonly columns?: { readonly [K in keyof Entry["columns"]]?: boolean | undefined } | undefined;
  /** Relations to load, each with a configuration of its own. */
  readonly with?:
    | {
        readonly [R in keyof Entry["relations"]]?:
          boolean | undefined | FindConfig<E, TargetOf<E, Entry["relations"][R]>>;
      }
    | undefined;
  readonly where?: Condition<Entry["columns"]>;
  readonly orderBy?: OrderBy<Entry["columns"]> | undefined;
  /** SQL beside the columns; each has a name by `as`, but is called by its key. */
  readonly extras?: Extras | ((columns: Entry["columns"], operators: SqlOperator) => Extras);
  readonly limit?: number | Placeholder | undefined;
  readonly offset?: number | Placeholder | undefined;
}

/**
 * Turns members of `Config` that do not exist into `never`: a type parameter is not checked for
 * excess members as a literal is.
 */
export type Exact<Config, E, Entry extends TableEntry> = {
  readonly [K in keyof Config]: K extends "columns"
    ? { readonly [C in keyof Config[K]]: C extends keyof Entry["columns"] ? unknown : never }
    : K extends "with"
      ? {
          readonly [R in keyof Config[K]]: R extends keyof Entry["relations"]
            ? Config[K][R] extends object
              ? Exact<Config[K][R], E, TargetOf<E, Entry["relations"][R]>>
              : unknown
            : never;
        }
      : K extends keyof FindConfig<E, Entry>
        ? unknown
        : never;
};
