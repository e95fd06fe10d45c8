import { html, nothing } from "lit";
import type { FromWorker } from "../protocol.js";
import { choice, recallChoice, rememberChoice } from "../view/choice.js";
import { copyButton, count } from "../view/dom.js";
import { dialects, type Dialect } from "../view/sql-dialect.js";
import { formatSql } from "../view/sql-format.js";
import { sqlText } from "../view/sql-text.js";
import { Pane } from "./pane.js";

/** The statements that make the schema's tables. */
export class DdlPane extends Pane {
  readonly key = "ddl";
  readonly label = "DDL";
  readonly #choice = choice<Dialect>({
    label: "Dialect",
    options: dialects,
    choose: (dialect) => {
      rememberChoice("dialect", dialect);
      this.requestUpdate();
    },
  });
  #ddl: (FromWorker & { readonly type: "ddl" }) | undefined;

  override receive(message: FromWorker): void {
    if (message.type !== "ddl") return;
    this.#ddl = message;
    this.requestUpdate();
  }

  override chosen(): void {
    this.requestUpdate();
  }

  override render(): unknown {
    const ddl = this.#ddl;
    if (ddl === undefined || ddl.statements.length === 0)
      return html`<p class="notice">The schema declares no tables.</p>`;
    const dialect = recallChoice("dialect", ["sqlite", "postgres"], "sqlite");
    const shown = dialect === "sqlite" ? ddl.statements : ddl.postgres;
    return html`<div class="choices">${this.#choice(dialect)}</div>
      ${typeof shown === "string" ? html`<p class="notice">${shown}</p>` : statementsOf(shown)}`;
  }
}

function statementsOf(statements: readonly string[]): unknown {
  if (statements.length === 0) return nothing;
  const text = (): string =>
    statements.map((sql) => `${formatSql(sql).replace(/;\s*$/, "")};`).join("\n\n");
  return html`<article class="card">
    <header>
      <span class="count">${count(statements.length, "statement")}</span>
      ${copyButton("Copy the DDL", text)}
    </header>
    ${statements.map((sql) => html`<pre tabindex="0" aria-label="DDL">${sqlText(sql)}</pre>`)}
  </article>`;
}

customElements.define("virga-ddl", DdlPane);
