import type { Codec, SqlValue } from "../ast/value.js";
import { isSQLWrapper, type SQLTree, type SQLWrapper, type Tree } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { VirgaError } from "../base/error.js";
import { Column, type ColumnTypes } from "../schema/column.js";

/** Makes the value of a result from what is stored; null does not reach it. */
export type Decoder<T = unknown> = (stored: Exclude<SqlValue, null>) => T;

/** Something with Drizzle's decoding method, for example a column. */
export interface DriverValueDecoder<T> {
  /** The value of a result, from what is stored. */
  mapFromDriverValue(stored: never): T;
}

/** The type of what a decoder makes. */
export type DecodedBy<D> =
  D extends Column<infer T extends ColumnTypes>
    ? T["data"]
    : D extends (stored: never) => infer T
      ? T
      : D extends DriverValueDecoder<infer T>
        ? T
        : never;

/** An SQL expression whose value has type `T`. Only `append` changes it. */
export class SQL<T = unknown> implements SQLTree {
  static readonly [entityKind]: string = "SQL";

  declare readonly _: { readonly brand: "SQL"; readonly type: T };
  /** Set by `mapWith`. */
  readonly decoder: Decoder | undefined;
  #tree: Tree;

  constructor(tree: Tree, decoder?: Decoder) {
    this.#tree = tree;
    this.decoder = decoder;
  }

  /** The expression as the core is told it. */
  get tree(): Tree {
    return this.#tree;
  }

  /** This expression. */
  getSQL(): this {
    return this;
  }

  /** Adds SQL at the end of this one. */
  append(more: SQLWrapper): this {
    this.#tree = { kind: "sql", chunks: [this.#tree, more.getSQL().tree] };
    return this;
  }

  /** Names the expression, for a field of a result. */
  as(alias: string): AliasedSQL<T>;
  as<Data>(alias: string): AliasedSQL<Data>;
  as(alias: string): AliasedSQL<unknown> {
    return new AliasedSQL(this, alias);
  }

  /** Decodes the value with a function, or as a column does. */
  mapWith<D extends ((stored: never) => unknown) | DriverValueDecoder<unknown>>(
    decoder: D,
  ): SQL<DecodedBy<D>> {
    if (typeof decoder === "function") return new SQL(this.tree, decoder as unknown as Decoder);
    const codec = is(decoder, Column) ? decoder.config.kind.codec : "custom";
    return codec === "custom"
      ? new SQL(this.tree, (stored) => decoder.mapFromDriverValue(stored as never))
      : new SQL(withCodec(this.tree, codec));
  }

  /** Writes the values into the SQL instead of binding them as parameters. */
  inlineParams(): SQL<T> {
    return new SQL<T>({ kind: "inline", tree: this.tree }, this.decoder);
  }

  /** This expression if the condition holds, else undefined, which templates and `and` leave out. */
  if(condition: unknown): this | undefined {
    return condition ? this : undefined;
  }

  /** Says that the value may be null. */
  nullable(): SQL<T | null> {
    return this as SQL<T | null>;
  }
}

/** The tree with the codec by which its value is read. */
export function withCodec(tree: Tree, codec: Codec): Tree {
  return { kind: "sql", chunks: [tree], codec };
}

/** An SQL expression with a name: as a field it is the expression, elsewhere its name. */
export class AliasedSQL<T = unknown> implements SQLWrapper {
  static readonly [entityKind]: string = "SQL.Aliased";

  declare readonly _: { readonly brand: "SQL.Aliased"; readonly type: T };
  readonly #reference: Tree;

  /** @param reference what the expression is in places other than a field; its name by default */
  constructor(
    /** The expression. */
    readonly sql: SQL<unknown>,
    /** Its name. */
    readonly fieldAlias: string,
    reference: Tree = { kind: "alias", name: fieldAlias },
  ) {
    this.#reference = reference;
    Object.freeze(this);
  }

  /** The SQL that this stands for. */
  getSQL(): SQL<T> {
    return new SQL<T>(this.#reference);
  }
}

// The class is known as `SQL.Aliased`.
export namespace SQL {
  /** The class of expressions with a name. */
  export const Aliased = AliasedSQL;
  /** An expression with a name. */
  export type Aliased<T = unknown> = AliasedSQL<T>;
}

/** The SQL of a wrapper, or an error for what is a value instead. */
export function treeOf(value: unknown, what: string): Tree {
  if (isSQLWrapper(value)) return value.getSQL().tree;
  throw new VirgaError({
    code: "invalid_query",
    message: `${what} is a column or SQL, not ${value === null ? "null" : typeof value}.`,
  });
}
