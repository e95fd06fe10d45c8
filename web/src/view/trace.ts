import type { Problem, QueryReport, TraceReport, TracedStatement } from "../protocol.js";
import { count, h } from "./dom.js";
import { problemCard, type GoTo } from "./problem.js";
import { parameters } from "./queries.js";
import { sqlText } from "./sql-text.js";
import { tree } from "./tree.js";

export interface TraceElements {
  readonly select: HTMLSelectElement;
  readonly stages: HTMLElement;
}

/** The trace pane: one query of the run, stage by stage, as it fell through the core. */
export class TracePane {
  readonly #elements: TraceElements;
  readonly #request: (query: number) => boolean;
  readonly #goTo: GoTo;

  constructor(elements: TraceElements, request: (query: number) => boolean, goTo: GoTo) {
    this.#elements = elements;
    this.#request = request;
    this.#goTo = goTo;
    elements.select.addEventListener("change", () => this.open(Number(elements.select.value)));
  }

  clear(): void {
    this.#elements.select.replaceChildren();
    this.#elements.select.disabled = true;
    this.#say("The queries of a run can be followed here.");
  }

  add(query: QueryReport): void {
    const text = `${query.id + 1}  ${query.sql[0] ?? ""}`;
    this.#elements.select.append(h("option", { value: query.id }, text.slice(0, 110)));
    this.#elements.select.disabled = false;
  }

  /** Asks for the stages of a query; `show` gets the answer. */
  open(query: number): void {
    this.#elements.select.value = String(query);
    if (!this.#request(query))
      this.#say("This run was stopped; its queries went with its database.");
  }

  /** Opens the last query, unless one is shown already. */
  openAny(): void {
    const { select, stages } = this.#elements;
    if (select.options.length > 0 && stages.querySelector(".stage") === null)
      this.open(select.options.length - 1);
  }

  show(query: number, trace: TraceReport | Problem): void {
    if (this.#elements.select.value !== String(query)) return;
    const content = "message" in trace ? [problemCard(trace, this.#goTo)] : stagesOf(trace);
    this.#elements.stages.replaceChildren(...content);
  }

  #say(text: string): void {
    this.#elements.stages.replaceChildren(h("p", { class: "notice" }, text));
  }
}

function stagesOf(trace: TraceReport): HTMLElement[] {
  return [
    timingsOf(trace.timings),
    stage(
      "ast",
      "what was asked, by name",
      tree(trace.ast, "Syntax tree", { noun: "item", openNodes: 10 }),
    ),
    stage("bound", "names became columns, types and nullability", text(trace.bound)),
    stage("plan", "steps, and how their rows are stitched", text(trace.plan)),
    stage("sql", count(trace.statements.length, "statement"), ...trace.statements.map(statementOf)),
  ];
}

function stage(name: string, what: string, ...content: readonly HTMLElement[]): HTMLElement {
  return h("section", { class: "stage" }, h("h3", {}, name, h("small", {}, what)), ...content);
}

function text(content: string): HTMLElement {
  return h("pre", { tabindex: 0 }, content);
}

function statementOf(statement: TracedStatement): HTMLElement {
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
    facts.length > 0 && h("p", { class: "count" }, facts.join(" · ")),
  );
}

/** SQLite's EXPLAIN QUERY PLAN comes as lines indented by depth. */
function planTree(lines: readonly string[]): HTMLElement {
  const root = h("ul", { class: "query-plan", "aria-label": "Query plan" });
  const open: { readonly depth: number; readonly list: HTMLElement }[] = [
    { depth: -1, list: root },
  ];
  for (const line of lines) {
    const depth = line.length - line.trimStart().length;
    while (open.length > 1 && (open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const nested = h("ul");
    const scan = /^SCAN\b/.test(line.trim());
    open
      .at(-1)
      ?.list.append(h("li", {}, h("span", { class: scan ? "scan" : "seek" }, line.trim()), nested));
    open.push({ depth, list: nested });
  }
  for (const empty of root.querySelectorAll("ul:empty")) empty.remove();
  return root;
}

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
    h("h3", {}, "time", h("small", {}, "as finely as the browser's clock tells")),
    h("dl", { class: "timings" }, ...rows),
  );
}
