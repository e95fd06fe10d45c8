import { html, nothing } from "lit";
import { guard } from "lit/directives/guard.js";
import type { FromWorker, QueryReport } from "../protocol.js";
import { choice, recallChoice, rememberChoice } from "../view/choice.js";
import { copyButton, count, duration } from "../view/dom.js";
import { namedParameters, parameters } from "../view/parameters.js";
import { placeLink, problemCard, withoutSql } from "../view/problem.js";
import {
  dialects,
  foreignToPostgres,
  forPostgres,
  inlined,
  type Dialect,
} from "../view/sql-dialect.js";
import { formatSql } from "../view/sql-format.js";
import { sqlText } from "../view/sql-text.js";
import { Pane, type Origin } from "./pane.js";

type Style = "apart" | "inline";

/** A statement and what stands below it. */
interface Shown {
  readonly sql: string;
  readonly below: unknown;
}

/** Every query of the run with its statements, parameters, rows and time. */
export class SqlPane extends Pane {
  readonly key = "sql";
  readonly label = "SQL";
  readonly #results = new Set<number>();
  readonly #dialectChoice = choice<Dialect>({
    label: "Dialect",
    options: dialects,
    choose: (dialect) => {
      rememberChoice("dialect", dialect);
      this.chosen();
    },
  });
  readonly #styleChoice = choice<Style>({
    label: "Parameters",
    options: { apart: "Apart", inline: "Inline" },
    choose: (style) => {
      rememberChoice("parameters", style);
      this.chosen();
    },
  });
  #queries: QueryReport[] = [];
  #cards: unknown[] = [];
  #pointed: Origin | undefined;

  override get badge(): string {
    return this.#queries.length > 0 ? String(this.#queries.length) : "";
  }

  override began(): void {
    this.#queries = [];
    this.#cards = [];
    this.#results.clear();
    this.#pointed = undefined;
    this.requestUpdate();
  }

  override receive(message: FromWorker): void {
    if (message.type === "query") {
      this.#queries.push(message.query);
      this.#cards.push(this.#card(message.query));
      this.requestUpdate();
    }
    if (message.type !== "output" || message.output.kind !== "value") return;
    const { origin } = message.output;
    if (origin === undefined) return;
    this.#results.add(origin);
    this.#renderCard(origin);
  }

  override pointed(origin: Origin | undefined): void {
    const before = this.#pointed;
    this.#pointed = origin;
    if (before) this.#renderCard(before.query);
    if (origin) this.#renderCard(origin.query);
  }

  override chosen(): void {
    this.#cards = this.#queries.map((query) => this.#card(query));
    this.requestUpdate();
  }

  override render(): unknown {
    const postgres = dialect() === "postgres";
    return html`<div class="choices">
        ${this.#dialectChoice(dialect())}
        ${postgres ? nothing : html`<span class="labelled">Parameters ${this.#styleChoice(style())}</span>`}
      </div>
      ${postgres ? html`<p class="notice">${postgresNotice}</p>` : nothing}
      ${this.#cards.length === 0 ? html`<p class="notice">The queries of a run stand here.</p>` : nothing}
      <ol class="queries" id="queries">
        ${this.#cards}
      </ol>`;
  }

  #renderCard(query: number): void {
    const report = this.#queries[query];
    if (report) this.#cards[query] = this.#card(report);
    this.requestUpdate();
  }

  #card(query: QueryReport): unknown {
    const goTo = this.page.goTo;
    const facts = `${count(query.rows, "row")} · ${duration(query.milliseconds)}`;
    const shown = query.sql.map((sql) => statementOf(sql, query));
    const text = shown.map(({ sql }) => formatSql(sql)).join(";\n\n");
    const apart = dialect() === "sqlite" && style() === "apart";
    return html`<li class=${query.problem === undefined ? "card" : "card failed"}>
      <header>
        <span class="ordinal">${query.id + 1}</span>
        ${query.place && placeLink(query.place, goTo)}
        <span class="count">${facts}</span>
        <button type="button" class="quiet" @click=${() => this.page.trace(query.id)}>Trace</button>
        ${guard([text], () => copyButton("Copy this SQL", () => text))}
      </header>
      ${shown.map(({ sql, below }, statement) => this.#statement(sql, below, query.id, statement))}
      ${apart ? guard([query], () => parameters(query.params)) : nothing}
      ${query.problem && problemCard(withoutSql(query.problem), goTo)}
    </li>`;
  }

  #statement(sql: string, below: unknown, query: number, statement: number): unknown {
    const pointed = this.#pointed?.query === query && this.#pointed.statement === statement;
    const point = (): void => {
      if (!pointed) this.page.point({ query, statement });
    };
    const leave = (): void => {
      if (!this.hidden) this.page.point();
    };
    return html`<div
      class=${pointed ? "statement pointed" : "statement"}
      @pointermove=${point}
      @pointerleave=${leave}
      @focusin=${point}
      @focusout=${leave}
    >
      <pre tabindex="0" aria-label="SQL">${guard([sql], () => sqlText(sql))}</pre>
      ${below}
      ${
        this.#results.has(query)
          ? html`<button
              type="button"
              class="quiet from"
              @click=${() => this.#showRows(query, statement)}
            >
              Show its rows
            </button>`
          : nothing
      }
    </div>`;
  }

  #showRows(query: number, statement: number): void {
    this.page.open("result");
    this.page.point({ query, statement });
  }
}

const dialect = (): Dialect => recallChoice("dialect", ["sqlite", "postgres"], "sqlite");
const style = (): Style => recallChoice("parameters", ["apart", "inline"], "apart");

const postgresNotice = `These statements ran in SQLite. Shown are the placeholders that PostgreSQL has, and limits;
  functions and values are not translated: dates and booleans, for one, are bound as SQLite stores them. The same
  words may also do something else there: PostgreSQL's like minds case, and null is the greatest value in its order, not the least.`;

function statementOf(sql: string, { params }: QueryReport): Shown {
  if (dialect() === "postgres") {
    const shown = forPostgres(sql, params);
    const foreign = foreignToPostgres(sql);
    const note =
      foreign.length > 0
        ? html`<p class="foreign">Not known to PostgreSQL: <code>${foreign.join(", ")}</code></p>`
        : nothing;
    return { sql: shown.sql, below: [namedParameters(shown.parameters), note] };
  }
  if (style() === "apart") return { sql, below: nothing };
  const shown = inlined(sql, params);
  return { sql: shown.sql, below: namedParameters(shown.parameters) };
}

customElements.define("virga-sql", SqlPane);
