import { count, h } from "./dom.js";
import { formatSql } from "./sql-format.js";
import { sqlTokens, type Token } from "./sql-tokens.js";

const longest = 12_000;

const keywords = new Set(
  `abort action add after all alter and as asc autoincrement before begin between by cascade case cast check
  collate column commit conflict constraint create cross current_timestamp default deferred delete desc distinct
  do else end escape except exclusive exists explain fail filter first following for foreign from full generated
  group having if ignore immediate in index inner insert instead intersect into is isnull join key last left like
  limit match materialized natural no not notnull null nulls offset on or order outer over partial partition plan
  pragma preceding primary query range recursive references release rename replace restrict returning right
  rollback row rowid rows savepoint select set stored strict table temp then to transaction trigger unbounded
  union unique update using values view virtual when where window with without`.split(/\s+/),
);

/** SQL, formatted and coloured; a very long text is cut, and says so. */
export function sqlText(sql: string): HTMLElement {
  const left = sql.length - longest;
  const pieces = sqlTokens(formatSql(left > 0 ? sql.slice(0, longest) : sql)).map(piece);
  const note = left > 0 && h("i", {}, `… ${count(left, "character")} more, which Copy copies`);
  return h("code", { class: "sql" }, ...pieces, note);
}

function piece({ kind, text }: Token): Node | string {
  if (kind === "word")
    return keywords.has(text.toLowerCase()) ? h("span", { class: "keyword" }, text) : text;
  if (kind === "space" || kind === "other") return text;
  return h("span", { class: kind }, text);
}
