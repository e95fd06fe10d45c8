import type { Placeholder } from "../expr/chunks.js";
import type { AliasedSQL, SQL } from "../expr/expression.js";

/** What can be stored in a table's columns: values, or SQL and placeholders that give them. */
export type OrSQL<Model> = {
  [K in keyof Model]: Model[K] | SQL | AliasedSQL | Placeholder;
} & {};
