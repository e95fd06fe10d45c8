import { html } from "lit";
import type {
  FromWorker,
  IndexAdvice,
  Problem,
  QueryReport,
  TraceReport,
  TracedStatement,
} from "../protocol.js";
import { count, h } from "../view/dom.js";
import { problemCard } from "../view/problem.js";
import { parameters } from "../view/parameters.js";
import { planTree } from "../view/query-plan.js";
import { sqlText } from "../view/sql-text.js";
import { tree } from "../view/tree.js";
import { Pane } from "./pane.js";

/** One query of the run, stage by stage, as it fell through the core. */
export class TracePane extends Pane {
  readonly key = "trace";
  readonly label = "Trace";
  readonly #tries = new Map<string, Answer>();
  #queries: QueryReport[] = [];
  #query = -1;
  #stages: unknown = undefined;

  override began(): void {
    this.#queries = [];
    this.#query = -1;
    this.#show(undefined);
  }

  override receive(message: FromWorker): void {
    if (message.type === "query") {
      this.#queries.push(message.query);
      this.requestUpdate();
    }
    if (message.type === "trace") this.#showTrace(message.query, message.trace);
    if (message.type === "tried") this.#showTried(message.query, message.sql, message.trace);
  }

  override ended(): void {
    if (!this.hidden) this.chosen();
  }

  /** Opens the last query, unless one is shown already. */
  override chosen(): void {
    if (this.#queries.length > 0 && this.#stages === undefined)
      this.follow(this.#queries.length - 1);
  }

  /** Asks for the stages of a query. */
  follow(query: number): void {
    this.#query = query;
    this.#show(this.page.ask({ type: "explain", query }) ? this.#stages : notice(stopped));
  }

  override render(): unknown {
    const choose = (event: Event): void =>
      this.follow(Number((event.target as HTMLSelectElement).value));
    return html`<label class="select wide"
        ><span>Query</span>
        <select id="trace-query" ?disabled=${this.#queries.length === 0} @change=${choose}>
          ${this.#queries.map(
            ({ id, sql }) =>
              html`<option value=${id} .selected=${id === this.#query}>
                ${`${id + 1}  ${sql[0] ?? ""}`.slice(0, 110)}
              </option>`,
          )}
        </select></label
      >
      <div class="stages" id="trace-stages">
        ${this.#stages ?? notice("The queries of a run can be followed here.")}
      </div>`;
  }

  #show(stages: unknown): void {
    this.#stages = stages;
    this.requestUpdate();
  }

  #showTrace(query: number, trace: TraceReport | Problem): void {
    if (this.#query !== query) return;
    this.#show(
      "message" in trace
        ? problemCard(trace, this.page.goTo)
        : stagesOf(trace, (sql, answer) => this.#try(query, sql, answer)),
    );
  }

  /** The stages with an index that was tried: what became of the time. */
  #showTried(query: number, sql: string, trace: TraceReport | Problem): void {
    if (this.#query !== query) return;
    const answer = this.#tries.get(sql);
    this.#tries.delete(sql);
    answer?.(trace);
  }

  #try(query: number, sql: string, answer: Answer): void {
    this.#tries.set(sql, answer);
    if (!this.page.ask({ type: "try", query, sql })) this.#show(notice(stopped));
  }
}

const notice = (text: string): unknown => html`<p class="notice">${text}</p>`;
const stopped = "This run was stopped; its queries went with its database.";

/** Gets the stages of a query with an index that was tried. */
type Answer = (trace: TraceReport | Problem) => void;
type TryIndex = (sql: string, answer: Answer) => void;

function stagesOf(trace: TraceReport, tryIndex: TryIndex): HTMLElement[] {
  const before = runTime(trace);
  const statements = trace.statements.map((statement) => statementOf(statement, before, tryIndex));
  // Most come for SQLite's plan; the stages before it are for the curious.
  return [
    stage("sql", count(trace.statements.length, "statement"), ...statements),
    timingsOf(trace.timings),
    stage(
      "ast",
      "what was asked, by name",
      tree(trace.ast, "Syntax tree", { noun: "item", openNodes: 10 }),
    ),
    stage("bound", "names became columns, types and nullability", text(trace.bound)),
    stage("plan", "steps, and how their rows are stitched", text(trace.plan)),
  ];
}

function stage(name: string, what: string, ...content: readonly HTMLElement[]): HTMLElement {
  return h("section", { class: "stage" }, h("h2", {}, name, h("small", {}, what)), ...content);
}

function text(content: string): HTMLElement {
  return h("pre", { tabindex: 0 }, content);
}

function statementOf(
  statement: TracedStatement,
  before: number | undefined,
  tryIndex: TryIndex,
): HTMLElement {
  const facts = [
    statement.runs === undefined ? undefined : count(statement.runs, "run"),
    statement.rows === undefined ? undefined : count(statement.rows, "row"),
  ].filter((fact) => fact !== undefined);
  return h(
    "div",
    { class: "statement" },
    h("pre", { tabindex: 0, "aria-label": "SQL" }, sqlText(statement.sql)),
    parameters(statement.parameters),
    planTree(statement.queryPlan),
    ...statement.advice.map((advice) => adviceOf(advice, before, tryIndex)),
    facts.length > 0 && h("p", { class: "count" }, facts.join(" · ")),
  );
}

/** An index that would help, with the plan it leads to; it can be tried on the data of the run. */
function adviceOf(
  { sql, queryPlan }: IndexAdvice,
  before: number | undefined,
  tryIndex: TryIndex,
): HTMLElement {
  const answer = h("span", { class: "count", role: "status" });
  const button = h("button", { type: "button" }, "Try this index");
  button.addEventListener("click", () => {
    button.disabled = true;
    tryIndex(sql, (trace) => {
      button.disabled = false;
      answer.textContent =
        "message" in trace ? trace.message : `run ${time(before)} → ${time(runTime(trace))}`;
    });
  });
  return h(
    "div",
    { class: "advice" },
    h("h3", {}, "With this index the plan would be"),
    h("pre", { tabindex: 0, "aria-label": "Advised index" }, sqlText(sql)),
    planTree(queryPlan),
    h("p", {}, button, " ", answer),
  );
}

function runTime({ timings }: TraceReport): number | undefined {
  return timings.find((timing) => timing.stage === "run")?.microseconds;
}

const time = (microseconds: number | undefined): string =>
  microseconds === undefined ? "not run" : `${Math.round(microseconds).toLocaleString("en")} µs`;

function timingsOf(timings: TraceReport["timings"]): HTMLElement {
  const longest = Math.max(1, ...timings.map((timing) => timing.microseconds));
  const rows = timings.flatMap(({ stage: name, microseconds }) => {
    const share = (100 * microseconds) / longest;
    return [
      h("dt", {}, name),
      h(
        "dd",
        {},
        h("span", { class: "bar", style: `--share:${share.toFixed(1)}%` }),
        `${Math.round(microseconds).toLocaleString("en")} µs`,
      ),
    ];
  });
  return h(
    "section",
    { class: "stage" },
    h("h2", {}, "time", h("small", {}, "as finely as the browser's clock tells")),
    h("dl", { class: "timings" }, ...rows),
  );
}

customElements.define("virga-trace", TracePane);
