import { html } from "lit";
import type { FromWorker, Problem, QueryReport } from "../protocol.js";
import { copyButton, count, duration } from "../view/dom.js";
import { parameters } from "../view/parameters.js";
import { placeLink, problemCard } from "../view/problem.js";
import { sqlText } from "../view/sql-text.js";
import { Pane } from "./pane.js";

/** Every query of the run with its statements, parameters, rows and time. */
export class SqlPane extends Pane {
  readonly key = "sql";
  readonly label = "SQL";
  #cards: unknown[] = [];

  override get badge(): string {
    return this.#cards.length > 0 ? String(this.#cards.length) : "";
  }

  override began(): void {
    this.#cards = [];
    this.requestUpdate();
  }

  override receive(message: FromWorker): void {
    if (message.type !== "query") return;
    this.#cards.push(this.#card(message.query));
    this.requestUpdate();
  }

  override render(): unknown {
    return html`<ol class="queries" id="queries">
      ${this.#cards}
    </ol>`;
  }

  #card(query: QueryReport): unknown {
    const goTo = this.page.goTo;
    const facts = `${count(query.rows, "row")} · ${duration(query.milliseconds)}`;
    return html`<li class=${query.problem === undefined ? "card" : "card failed"}>
      <header>
        <span class="ordinal">${query.id + 1}</span>
        ${query.place && placeLink(query.place, goTo)}
        <span class="count">${facts}</span>
        <button type="button" class="quiet" @click=${() => this.page.trace(query.id)}>Trace</button>
        ${copyButton("Copy this SQL", () => query.sql.join(";\n"))}
      </header>
      ${query.sql.map((sql) => html`<pre tabindex="0" aria-label="SQL">${sqlText(sql)}</pre>`)}
      ${parameters(query.params)} ${query.problem && problemCard(withoutSql(query.problem), goTo)}
    </li>`;
  }
}

/** The statement stands above the error already. */
function withoutSql({ sql: _, ...problem }: Problem): Problem {
  return problem;
}

customElements.define("virga-sql", SqlPane);
