import { isSQLWrapper, type SQLTree, type SQLWrapper, type Tree } from "../ast/tree.js";
import type { SqlValue } from "../ast/value.js";
import { entityKind } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { getTableName, isTable } from "../schema/table.js";
import { quoteName } from "../schema/inline.js";

/** Makes the value of a result from what is stored; null does not reach it. */
export type Decoder<T = unknown> = (stored: Exclude<SqlValue, null>) => T;

/** Something with Drizzle's decoding method, for example a column. */
interface DriverValueDecoder<T> {
  mapFromDriverValue(stored: SqlValue): T;
}

/** An SQL expression whose value has type `T`. Immutable. */
export class SQL<T = unknown> implements SQLTree {
  static readonly [entityKind]: string = "SQL";

  declare readonly _: { readonly type: T };
  readonly tree: Tree;
  /** Set by `mapWith`. */
  readonly decoder: Decoder<T> | undefined;

  constructor(tree: Tree, decoder?: Decoder<T>) {
    this.tree = tree;
    this.decoder = decoder;
    Object.freeze(this);
  }

  getSQL(): this {
    return this;
  }

  /** Names the expression, for a field of a result. */
  as<Name extends string>(alias: Name): AliasedSQL<T> {
    return new AliasedSQL(this, alias);
  }

  /** Decodes the value with a function, or as a column does. */
  mapWith<U>(decoder: ((stored: never) => U) | DriverValueDecoder<U>): SQL<U> {
    const decode =
      typeof decoder === "function"
        ? (decoder as Decoder<U>)
        : (stored: Exclude<SqlValue, null>): U => decoder.mapFromDriverValue(stored);
    return new SQL<U>(this.tree, decode);
  }
}

/** An SQL expression with a name. */
export class AliasedSQL<T = unknown> implements SQLWrapper {
  static readonly [entityKind]: string = "SQL.Aliased";

  declare readonly _: { readonly type: T };

  constructor(
    readonly sql: SQL<T>,
    readonly fieldAlias: string,
  ) {
    Object.freeze(this);
  }

  getSQL(): SQL<T> {
    return this.sql;
  }
}

const text = (value: string): Tree => ({ kind: "text", text: value });

/** The tree of something written into a template: SQL, a table, a list, or a value. */
function chunk(value: unknown): Tree {
  if (value === undefined) return text("");
  if (isTable(value)) return text(quoteName(getTableName(value)));
  if (isSQLWrapper(value)) return value.getSQL().tree;
  if (Array.isArray(value)) return list(value);
  return { kind: "value", value };
}

function list(values: readonly unknown[]): Tree {
  const items = values.flatMap((value, index) =>
    index === 0 ? [chunk(value)] : [text(", "), chunk(value)],
  );
  return { kind: "sql", chunks: [text("("), ...items, text(")")] };
}

/** SQL with columns, tables, other SQL and values in it; values become parameters. */
function template<T = unknown>(strings: TemplateStringsArray, ...values: unknown[]): SQL<T> {
  const chunks = strings.flatMap((part, index) =>
    index < values.length ? [text(part), chunk(values[index])] : [text(part)],
  );
  return new SQL<T>({ kind: "sql", chunks });
}

/** SQL as it is written, without parameters. */
function raw<T = unknown>(written: string): SQL<T> {
  return new SQL<T>({ kind: "sql", chunks: [text(written)] });
}

/** An empty piece of SQL. */
function empty(): SQL {
  return raw("");
}

/** A quoted name. */
function identifier(name: string): SQL {
  return raw(quoteName(name));
}

/** Several pieces of SQL after each other. */
function join(pieces: readonly unknown[], separator?: SQLWrapper): SQL {
  const chunks = pieces.flatMap((piece, index) =>
    separator === undefined || index === 0 ? [chunk(piece)] : [chunk(separator), chunk(piece)],
  );
  return new SQL({ kind: "sql", chunks });
}

export const sql = Object.assign(template, { raw, empty, identifier, join });

/** The SQL of a wrapper, or an error for what is a value instead. */
export function treeOf(value: unknown, what: string): Tree {
  if (isSQLWrapper(value)) return value.getSQL().tree;
  throw new VirgaError({
    code: "invalid_query",
    message: `${what} is a column or SQL, not ${value === null ? "null" : typeof value}.`,
  });
}
