import { copyButton, count, h } from "./dom.js";
import { sqlText } from "./sql-text.js";

/** The DDL pane: the statements that make the schema's tables. */
export function showDdl(panel: HTMLElement, statements: readonly string[]): void {
  if (statements.length === 0) {
    panel.replaceChildren(h("p", { class: "notice" }, "The schema declares no tables."));
    return;
  }
  const text = (): string => statements.map((sql) => `${sql.replace(/;\s*$/, "")};`).join("\n\n");
  panel.replaceChildren(
    h(
      "article",
      { class: "card" },
      h(
        "header",
        {},
        h("span", { class: "count" }, count(statements.length, "statement")),
        copyButton("Copy the DDL", text),
      ),
      ...statements.map((sql) => h("pre", { tabindex: 0, "aria-label": "DDL" }, sqlText(sql))),
    ),
  );
}
