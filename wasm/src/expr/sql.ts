import type { Encoder, Tree } from "../ast/tree.js";
import { chunkTree, Name, Param, Placeholder } from "./chunks.js";
import { comment } from "./comment.js";
import { SQL } from "./expression.js";

const text = (value: string): Tree => ({ kind: "text", text: value });

/** SQL with columns, tables, other SQL and values in it; values become parameters. */
function template<T = unknown>(strings: TemplateStringsArray, ...values: unknown[]): SQL<T> {
  const chunks = strings.flatMap((part, index) =>
    index < values.length ? [text(part), chunkTree(values[index])] : [text(part)],
  );
  return new SQL<T>({ kind: "sql", chunks });
}

/** SQL as it is written, without parameters. */
function raw<T = unknown>(written: string): SQL<T> {
  return new SQL<T>({ kind: "sql", chunks: [text(written)] });
}

/** An empty piece of SQL. */
const empty = (): SQL => raw("");

/** A quoted name. */
const identifier = (value: string): Name => new Name(value);

/** Several pieces of SQL after each other. */
function join(pieces: readonly unknown[], separator?: unknown): SQL {
  const chunks = pieces.flatMap((piece, index) =>
    separator === undefined || index === 0
      ? [chunkTree(piece)]
      : [chunkTree(separator), chunkTree(piece)],
  );
  return new SQL({ kind: "sql", chunks });
}

/** Pieces of SQL after each other. */
const fromList = (pieces: readonly unknown[]): SQL => join(pieces);

/** A value that is given by name when the query runs. */
export function placeholder<Name extends string>(name: Name): Placeholder<Name> {
  return new Placeholder(name);
}

/** A value, encoded as a column stores it. */
export function param<T>(value: T, encoder?: Encoder): Param<T> {
  return new Param(value, encoder);
}

/** SQL as a template: columns, tables and other SQL are written, values become parameters. */
export const sql = Object.assign(template, {
  raw,
  empty,
  identifier,
  join,
  fromList,
  placeholder,
  param,
  comment,
});
