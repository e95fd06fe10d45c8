import { isSQLWrapper, type Encoder, type SQLWrapper, type Tree } from "../ast/tree.js";
import { entityKind, is } from "../base/entity.js";
import { Column } from "../schema/column.js";
import { quoteName } from "../schema/inline.js";
import { isSource, type Source } from "../schema/table.js";
import { SQL } from "./expression.js";

const text = (value: string): Tree => ({ kind: "text", text: value });

/** A quoted name. */
export class Name implements SQLWrapper {
  static readonly [entityKind]: string = "Name";

  /** @param value the name, without quotes */
  constructor(readonly value: string) {
    Object.freeze(this);
  }

  /** The SQL that this stands for. */
  getSQL(): SQL {
    return new SQL(text(quoteName(this.value)));
  }
}

/** A quoted name. */
export const name = (value: string): Name => new Name(value);

/** SQL as it is written. */
export class StringChunk implements SQLWrapper {
  static readonly [entityKind]: string = "StringChunk";

  /** The pieces of the text. */
  readonly value: readonly string[];

  constructor(value: string | readonly string[]) {
    this.value = typeof value === "string" ? [value] : value;
    Object.freeze(this);
  }

  /** The SQL that this stands for. */
  getSQL(): SQL {
    return new SQL(text(this.value.join("")));
  }
}

/** A value with its encoder. */
export class Param<T = unknown> implements SQLWrapper {
  static readonly [entityKind]: string = "Param";

  constructor(
    /** The value, as programs have it. */
    readonly value: T,
    /** Makes of the value what is stored: a column, most often. */
    readonly encoder?: Encoder,
  ) {
    Object.freeze(this);
  }

  /** The SQL that this stands for. */
  getSQL(): SQL<T> {
    return new SQL<T>(valueTree(this.value, this.encoder));
  }
}

/** A value that is given by name when the query runs. */
export class Placeholder<Name extends string = string, T = unknown> implements SQLWrapper {
  static readonly [entityKind]: string = "Placeholder";

  declare readonly _: { readonly type: T };

  /** @param name the key under which the value is given */
  constructor(readonly name: Name) {
    Object.freeze(this);
  }

  /** The SQL that this stands for. */
  getSQL(): SQL<T> {
    return new SQL<T>({ kind: "placeholder", name: this.name });
  }
}

/** The column that encodes the values an operand is compared with. */
export const encoderOf = (operand: unknown): Encoder | undefined =>
  is(operand, Column) ? operand : undefined;

/** A value, SQL that gives one, or the place of one; all are encoded alike. */
export function valueTree(value: unknown, encoder?: Encoder): Tree {
  if (is(value, Placeholder)) {
    return { kind: "placeholder", name: value.name, ...(encoder && { encoder }) };
  }
  if (isSQLWrapper(value)) return value.getSQL().tree;
  return { kind: "value", value, ...(encoder && { encoder }) };
}

/** What may stand in a template. */
export type SQLChunk =
  | SQLWrapper
  | Source
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | null
  | undefined
  | readonly SQLChunk[];

/** The tree of something written into a template: SQL, a table, a list, or a value. */
export function chunkTree(value: unknown): Tree {
  if (value === undefined) return text("");
  if (isSource(value)) return { kind: "source", source: value };
  if (Array.isArray(value)) return listTree(value);
  return valueTree(value);
}

function listTree(values: readonly unknown[]): Tree {
  const items = values.flatMap((value, index) =>
    index === 0 ? [chunkTree(value)] : [text(", "), chunkTree(value)],
  );
  return { kind: "sql", chunks: [text("("), ...items, text(")")] };
}
