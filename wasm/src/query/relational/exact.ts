import type { SQLWrapper } from "../../ast/tree.js";
import type { DrizzleTypeError } from "../select-types.js";
import type { ColumnsOf, TableEntry, TargetOf } from "./entries.js";
import type { FieldConditions } from "./filter-types.js";

// A type parameter is not checked for excess members as a literal is. These types do that: they
// give each member that does not exist a message as its type, which the compiler shows at its key.

type Unknown<
  Entry extends TableEntry,
  Kind extends string,
  Key,
> = DrizzleTypeError<`"${Entry["name"]}" has no ${Kind} "${Key & string}"`>;

/** What stands in the place of objects: SQL, functions and lists of them. */
type Opaque = SQLWrapper | ((...given: never[]) => unknown) | readonly SQLWrapper[];

type Option = "columns" | "with" | "extras" | "where" | "orderBy" | "limit" | "offset";

/** What a relation may be configured with. */
type OptionOf<R> = R extends { readonly $kind: "one" }
  ? "columns" | "with" | "extras"
  : R extends { readonly relationType: "one" }
    ? Exclude<Option, "limit">
    : Option;

/** The configuration of a relation query with messages in the place of what does not exist. */
export type Exact<Config, E, Entry extends TableEntry, Options = Option> = {
  readonly [K in keyof Config]: K extends Options
    ? K extends "columns"
      ? ExactColumns<Config[K], Entry>
      : K extends "with"
        ? ExactWith<Config[K], E, Entry>
        : K extends "where"
          ? ExactFilter<Config[K], E, Entry>
          : K extends "orderBy"
            ? ExactOrder<Config[K], E, Entry>
            : unknown
    : DrizzleTypeError<`There is no option "${K & string}" here`>;
};

/** As `Exact`, for one row. */
export type ExactFirst<Config, E, Entry extends TableEntry> = Exact<
  Config,
  E,
  Entry,
  Exclude<Option, "limit">
>;

type ExactColumns<Choice, Entry extends TableEntry> = {
  readonly [K in keyof Choice]: K extends keyof ColumnsOf<Entry>
    ? unknown
    : Unknown<Entry, "column", K>;
};

type ExactWith<With, E, Entry extends TableEntry> = {
  readonly [R in keyof With]: R extends keyof Entry["relations"]
    ? With[R] extends object
      ? Exact<With[R], E, TargetOf<E, Entry["relations"][R]>, OptionOf<Entry["relations"][R]>>
      : unknown
    : Unknown<Entry, "relation", R>;
};

type ExactFilter<Filter, E, Entry extends TableEntry> = Filter extends Opaque
  ? unknown
  : Filter extends readonly unknown[]
    ? { readonly [I in keyof Filter]: ExactFilter<Filter[I], E, Entry> }
    : Filter extends object
      ? {
          readonly [K in keyof Filter]: K extends keyof ColumnsOf<Entry>
            ? ExactConditions<Filter[K]>
            : K extends keyof Entry["relations"]
              ? ExactFilter<Filter[K], E, TargetOf<E, Entry["relations"][K]>>
              : K extends "AND" | "OR" | "NOT"
                ? ExactFilter<Filter[K], E, Entry>
                : K extends "RAW"
                  ? unknown
                  : Unknown<Entry, "column or relation", K>;
        }
      : unknown;

type ExactConditions<Conditions> = Conditions extends Opaque | Date | Uint8Array
  ? unknown
  : Conditions extends readonly unknown[]
    ? { readonly [I in keyof Conditions]: ExactConditions<Conditions[I]> }
    : Conditions extends object
      ? {
          readonly [K in keyof Conditions]: K extends "AND" | "OR" | "NOT"
            ? ExactConditions<Conditions[K]>
            : K extends keyof FieldConditions<unknown>
              ? unknown
              : DrizzleTypeError<`There is no condition "${K & string}"`>;
        }
      : unknown;

type ExactOrder<Order, E, Entry extends TableEntry> = Order extends Opaque
  ? unknown
  : Order extends object
    ? {
        readonly [K in keyof Order]: K extends keyof ColumnsOf<Entry>
          ? unknown
          : K extends keyof Entry["relations"]
            ? ExactOrder<Order[K], E, TargetOf<E, Entry["relations"][K]>>
            : Unknown<Entry, "column or relation", K>;
      }
    : unknown;
