import { sqlTokens, type Token } from "./sql-tokens.js";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Clauses that begin a line of a query. */
const clauses = words(
  "select from where group having window order limit offset values returning set union intersect except with",
);
const joins = words("left right full inner cross natural join");
const conditions = words("where having on");

/** What stands between parentheses, or in none. */
interface Level {
  /** A query has clauses, a definition a column a line; all else stays in its line. */
  readonly block: "query" | "columns" | "inline";
  readonly indent: number;
  /** The clause it is in. */
  clause: string;
  /** How many `case` are open. */
  cases: number;
  /** Between `between` and its `and`. */
  between: boolean;
}

/**
 * SQL with its clauses on lines of their own, subqueries set in, one column of a definition a line. Only
 * blanks outside of literals and comments are changed; text that came in lines stays as it is.
 */
export function formatSql(sql: string): string {
  if (sql.trim().includes("\n")) return sql;
  const lines = new Lines();
  const tokens = sqlTokens(sql);
  const levels = [levelOf("query", 0)];
  let before = "";
  for (const [index, { kind, text }] of tokens.entries()) {
    const level = levels.at(-1)!;
    if (kind === "space") {
      lines.blank(text);
      continue;
    }
    const word = kind === "word" ? text.toLowerCase() : text;
    const next = tokens.slice(index + 1, index + 3).find((token) => token.kind !== "space");
    if (word === ")" && levels.length > 1) {
      levels.pop();
      if (level.block !== "inline") lines.break(level.indent - 1);
    }
    const indent = indentOf(word, before, level, next);
    if (indent !== undefined) lines.break(indent);
    lines.add(text);
    if (word === "(") {
      const block = blockOf(next, level);
      const inner = block === "inline" ? level.indent : lines.indent + 1;
      levels.push(levelOf(block, inner));
      if (block !== "inline") lines.break(inner);
    }
    if (word === "," && level.block === "columns") lines.break(level.indent);
    if (word === "," && level.block === "query" && level.clause === "values")
      lines.break(level.indent, "values ".length);
    follow(level, word, before);
    before = word;
  }
  return lines.text;
}

/** Text that grows; a line's end takes the place of the blank before it. */
class Lines {
  readonly #pieces: string[] = [];
  #isBlank = true;
  #indent = 0;

  get text(): string {
    return this.#pieces.join("");
  }

  /** How far in the last line is. */
  get indent(): number {
    return this.#indent;
  }

  add(text: string): void {
    this.#pieces.push(text);
    this.#isBlank = false;
  }

  blank(text: string): void {
    if (this.#isBlank) return;
    this.#pieces.push(text);
    this.#isBlank = true;
  }

  break(indent: number, blanks = 0): void {
    if (this.#isBlank) this.#pieces.pop();
    if (this.#pieces.length > 0) this.#pieces.push(`\n${"  ".repeat(indent)}${" ".repeat(blanks)}`);
    this.#isBlank = true;
    this.#indent = indent;
  }
}

function levelOf(block: Level["block"], indent: number): Level {
  return { block, indent, clause: "", cases: 0, between: false };
}

/** How far in the line is that begins with this word; undefined when it begins none. */
function indentOf(
  word: string,
  before: string,
  level: Level,
  next: Token | undefined,
): number | undefined {
  if (level.cases > 0) {
    if (/^(?:when|else)$/.test(word)) return level.indent + level.cases + 1;
    return word === "end" ? level.indent + level.cases : undefined;
  }
  if (level.block !== "query") return undefined;
  if (joins.has(word)) return joins.has(before) || before === "outer" ? undefined : level.indent;
  if (word === "on" && level.clause === "values") return level.indent;
  if (isClause(word, before, next)) return level.indent;
  const both = (word === "and" || word === "or") && conditions.has(level.clause);
  return both && !level.between ? level.indent + 1 : undefined;
}

/** Names may be written like clauses, and `is distinct from`, `update … set` are none of their own. */
function isClause(word: string, before: string, next: Token | undefined): boolean {
  if (!clauses.has(word) || before === "." || next?.text === ".") return false;
  if (word === "order" || word === "group") return next?.text.toLowerCase() === "by";
  if (word === "from" && /^(?:distinct|delete)$/.test(before)) return false;
  return before !== "default" && before !== "(";
}

/** What the parentheses hold that open before a token. */
function blockOf(next: Token | undefined, level: Level): Level["block"] {
  if (/^(?:select|with|values)$/i.test(next?.text ?? "")) return "query";
  return level.block === "query" && level.clause === "table" ? "columns" : "inline";
}

/** Keeps what the words to come are read by. */
function follow(level: Level, word: string, before: string): void {
  if (word === "case") level.cases += 1;
  if (word === "end" && level.cases > 0) level.cases -= 1;
  if (word === "between") level.between = true;
  else if (word === "and") level.between = false;
  if (word === "conflict") level.clause = "conflict";
  else if (word === "table" && before === "create") level.clause = "table";
  else if (clauses.has(word) || word === "on") level.clause = word;
}
