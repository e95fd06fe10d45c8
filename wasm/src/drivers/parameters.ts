import type { SQL } from "../expr/expression.js";
import { sql } from "../expr/sql.js";

/** Where a question mark or a dollar sign is no parameter: quoted text, quoted names, comments. */
const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[^]*?\*\//;

/**
 * The statement with its parameters as chunks.
 * @param parameter matches a parameter; its one group is what `chunk` gets
 */
export function parameterized(
  text: string,
  parameter: RegExp,
  chunk: (parameter: string) => unknown,
): SQL {
  const chunks: unknown[] = [];
  let start = 0;
  for (const { 0: piece, 1: found, index } of text.matchAll(
    new RegExp(`${quoted.source}|${parameter.source}`, "g"),
  )) {
    if (found === undefined) continue;
    chunks.push(sql.raw(text.slice(start, index)), chunk(found));
    start = index + piece.length;
  }
  return sql.join([...chunks, sql.raw(text.slice(start))]);
}

/** `?`, `?3`, `:name`, `@name` and `$name`, as SQLite writes parameters. */
const sqliteParameter = /(\?\d*|[:@$][A-Za-z_]\w*)/;

/** A statement whose parameters are placeholders: named ones by their token, others by number. */
export interface ParameterizedStatement {
  /** The statement. */
  readonly sql: SQL;
  /** The tokens of its named parameters. */
  readonly names: readonly string[];
  /** How many values are given by position. */
  readonly positions: number;
}

/** Finds the parameters of a statement of SQLite. */
export function sqliteStatement(text: string): ParameterizedStatement {
  const names = new Set<string>();
  let positions = 0;
  let last = 0;
  const placeholder = (token: string): unknown => {
    if (!token.startsWith("?")) {
      names.add(token);
      return sql.placeholder(token);
    }
    last = token === "?" ? last + 1 : Number(token.slice(1));
    positions = Math.max(positions, last);
    return sql.placeholder(`?${last}`);
  };
  return { sql: parameterized(text, sqliteParameter, placeholder), names: [...names], positions };
}
