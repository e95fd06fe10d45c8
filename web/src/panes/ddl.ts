import { html } from "lit";
import type { FromWorker } from "../protocol.js";
import { copyButton, count } from "../view/dom.js";
import { sqlText } from "../view/sql-text.js";
import { Pane } from "./pane.js";

/** The statements that make the schema's tables. */
export class DdlPane extends Pane {
  readonly key = "ddl";
  readonly label = "DDL";
  #statements: readonly string[] = [];

  override receive(message: FromWorker): void {
    if (message.type !== "ddl") return;
    this.#statements = message.statements;
    this.requestUpdate();
  }

  override render(): unknown {
    const statements = this.#statements;
    if (statements.length === 0) return html`<p class="notice">The schema declares no tables.</p>`;
    const text = (): string => statements.map((sql) => `${sql.replace(/;\s*$/, "")};`).join("\n\n");
    return html`<article class="card">
      <header>
        <span class="count">${count(statements.length, "statement")}</span>
        ${copyButton("Copy the DDL", text)}
      </header>
      ${statements.map((sql) => html`<pre tabindex="0" aria-label="DDL">${sqlText(sql)}</pre>`)}
    </article>`;
  }
}

customElements.define("virga-ddl", DdlPane);
