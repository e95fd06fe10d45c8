import { html, nothing } from "lit";
import type { FromWorker, QueryReport, Shown, Step } from "../protocol.js";
import { count } from "../view/dom.js";
import { parameters } from "../view/parameters.js";
import { placeLink, problemCard, withoutSql } from "../view/problem.js";
import { leaf } from "../view/shown.js";
import { formatSql } from "../view/sql-format.js";
import { sqlText } from "../view/sql-text.js";
import {
  tablesAt,
  tally,
  titleOf,
  type Fate,
  type SteppedRow,
  type SteppedTable,
} from "../view/steps.js";
import { Pane } from "./pane.js";

const signs = { inserted: "+", updated: "~", deleted: "−" } as const;

/** The transactions of the run, step by step, with the rows before and after each. */
export class TransactionsPane extends Pane {
  readonly key = "transactions";
  readonly label = "Transactions";
  #queries: QueryReport[] = [];
  #steps: Step[] = [];
  #at = 0;

  override get badge(): string {
    const transactions = (this.#steps.at(-1)?.transaction ?? -1) + 1;
    return transactions > 0 ? String(transactions) : "";
  }

  override began(): void {
    this.#queries = [];
    this.#steps = [];
    this.#at = 0;
    this.requestUpdate();
  }

  override receive(message: FromWorker): void {
    if (message.type === "query") this.#queries.push(message.query);
    if (message.type !== "step") return;
    this.#steps.push(message.step);
    this.requestUpdate();
  }

  override render(): unknown {
    const step = this.#steps[this.#at];
    if (!step)
      return html`<p class="notice">
        This run began no transaction. What happens in <code>db.transaction(…)</code> can be
        followed here, step by step.
      </p>`;
    const last = this.#steps.length - 1;
    return html`<div class="stepper">
        ${this.#button("First", this.#at > 0, 0)}
        ${this.#button("Back", this.#at > 0, this.#at - 1)}
        ${this.#button("Next", this.#at < last, this.#at + 1)}
        ${this.#button("Last", this.#at < last, last)}
        <span class="count" role="status">${this.#where(step)}</span>
      </div>
      <ol class="steps" aria-label="Steps" @keydown=${(event: KeyboardEvent) => this.#key(event)}>
        ${this.#steps.map((each, at) => this.#line(each, at))}
      </ol>
      ${
        this.#steps[last]?.last
          ? html`<p class="notice">Only the first ${this.#steps.length} steps are told.</p>`
          : nothing
      }
      ${this.#detail(step)}`;
  }

  #where(step: Step): string {
    const transactions = Number(this.badge);
    const of = transactions > 1 ? ` · transaction ${step.transaction + 1} of ${transactions}` : "";
    return `Step ${this.#at + 1} of ${this.#steps.length}${of}`;
  }

  #button(label: string, enabled: boolean, to: number): unknown {
    return html`<button type="button" ?disabled=${!enabled} @click=${() => this.#go(to)}>
      ${label}
    </button>`;
  }

  #line(step: Step, at: number): unknown {
    const current = at === this.#at;
    const inside = step.kind === "statement" ? step.depth : step.depth - 1;
    const failed = step.kind === "statement" && step.problem !== undefined;
    return html`<li>
      <button
        type="button"
        class="step ${step.kind.split(" ")[0]} ${failed ? "failed" : ""}"
        style="--depth:${inside}"
        aria-current=${current ? "step" : nothing}
        tabindex=${current ? 0 : -1}
        @click=${() => this.#go(at)}
      >
        <span class="what">${titleOf(step, this.#queries)}</span>
        <span class="tally">${failed ? "failed" : tally(step)}</span>
      </button>
    </li>`;
  }

  #detail(step: Step): unknown {
    const query = this.#queries[step.query ?? -1];
    const goTo = this.page.goTo;
    const tables = tablesAt(this.#steps, this.#at);
    return html`<article class="card step-card">
      <header>
        <strong>${step.kind === "statement" ? "Statement" : step.kind.toUpperCase()}</strong>
        ${query?.place && placeLink(query.place, goTo)}
        <span class="count">${meaning(step)}</span>
      </header>
      ${query?.sql.map((sql) => html`<pre tabindex="0" aria-label="SQL">${sqlText(formatSql(sql))}</pre>`)}
      ${query && parameters(query.params)}
      ${step.problem ? problemCard(withoutSql(step.problem), goTo) : nothing} ${tables.map(tableOf)}
      ${tables.length === 0 ? html`<p class="notice">No row is changed in this transaction.</p>` : nothing}
    </article>`;
  }

  #key(event: KeyboardEvent): void {
    const last = this.#steps.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: this.#at + 1,
      ArrowUp: this.#at - 1,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#go(Math.min(last, Math.max(0, to)));
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>("[aria-current=step]")?.focus(),
    );
  }

  #go(to: number): void {
    this.#at = to;
    this.requestUpdate();
    void this.updateComplete.then(() =>
      this.querySelector("[aria-current=step]")?.scrollIntoView({ block: "nearest" }),
    );
  }
}

function meaning({ kind, depth, problem }: Step): string {
  switch (kind) {
    case "begin":
      return "From here on everything is done or nothing.";
    case "begin immediate":
      return "The same, and nobody else can write from now on.";
    case "begin exclusive":
      return "The same, and nobody else can read or write from now on.";
    case "savepoint":
      return `A transaction inside of the transaction, ${depth} deep.`;
    case "release":
      return "The savepoint is kept, if the transaction around it is.";
    case "rollback to":
      return "What was done since the savepoint is undone; the transaction goes on.";
    case "commit":
      return "What was done is there for everybody, at once.";
    case "rollback":
      return "What was done since the begin is undone.";
    case "statement":
      return problem ? "It failed, and changed nothing." : "";
  }
}

function tableOf({ name, columns, rows, counts, more, compared }: SteppedTable): unknown {
  const figures = counts && counts[0] !== counts[1] ? `${counts[0]} → ${counts[1]} rows` : "";
  if (!compared)
    return html`<p class="notice">
      <b>${name}</b> ${figures}. It has more than 1,000 rows, which are counted, not compared.
    </p>`;
  return html`<div class="stepped" tabindex="0" role="region" aria-label=${`Rows of ${name}`}>
    <table>
      <caption>
        ${name}
        <span class="count">${figures}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="unseen">Change</span></th>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowOf(row, columns))}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="notice">and ${count(more, "more changed row")}</p>` : nothing}
  </div>`;
}

function rowOf({ fate, before, after }: SteppedRow, columns: readonly string[]): unknown {
  const shown = after ?? before;
  if (!shown)
    return html`<tr class="absent">
      <td></td>
      ${columns.map(() => html`<td>·</td>`)}
    </tr>`;
  const cells = shown.map((value, at) => cellOf(fate, before?.[at], value));
  return html`<tr class=${fate ?? nothing}>
    <td>${fate ? html`<span aria-label=${fate}>${signs[fate]}</span>` : nothing}</td>
    ${cells}
  </tr>`;
}

function cellOf(fate: Fate, before: Shown | undefined, value: Shown): unknown {
  if (fate === "deleted") return html`<td><del>${leaf(value)}</del></td>`;
  if (fate === "inserted") return html`<td><ins>${leaf(value)}</ins></td>`;
  if (fate !== "updated" || !before || leaf(before).textContent === leaf(value).textContent)
    return html`<td>${leaf(value)}</td>`;
  return html`<td class="changed"><del>${leaf(before)}</del> <ins>${leaf(value)}</ins></td>`;
}

customElements.define("virga-transactions", TransactionsPane);
