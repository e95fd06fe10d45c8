import type { Problem, QueryReport, Shown } from "../protocol.js";
import { copyButton, count, duration, h } from "./dom.js";
import { placeLink, problemCard, type GoTo } from "./problem.js";
import { leaf } from "./shown.js";
import { sqlText } from "./sql-text.js";

/** The SQL pane: every query of the run with its statements, parameters, rows and time. */
export class QueriesPane {
  readonly #list: HTMLElement;
  readonly #goTo: GoTo;
  readonly #trace: (query: number) => void;

  constructor(list: HTMLElement, goTo: GoTo, trace: (query: number) => void) {
    this.#list = list;
    this.#goTo = goTo;
    this.#trace = trace;
  }

  clear(): void {
    this.#list.replaceChildren();
  }

  add(query: QueryReport): void {
    this.#list.append(
      h(
        "li",
        { class: query.problem === undefined ? "card" : "card failed" },
        h(
          "header",
          {},
          h("span", { class: "ordinal" }, String(query.id + 1)),
          query.place && placeLink(query.place, this.#goTo),
          h(
            "span",
            { class: "count" },
            `${count(query.rows, "row")} · ${duration(query.milliseconds)}`,
          ),
          h(
            "button",
            { type: "button", class: "quiet", click: () => this.#trace(query.id) },
            "Trace",
          ),
          copyButton("Copy this SQL", () => query.sql.join(";\n")),
        ),
        ...query.sql.map((sql) => h("pre", { tabindex: 0, "aria-label": "SQL" }, sqlText(sql))),
        parameters(query.params),
        query.problem && problemCard(withoutSql(query.problem), this.#goTo),
      ),
    );
  }
}

/** The values that were bound, by position. */
export function parameters(params: readonly Shown[]): HTMLElement | undefined {
  if (params.length === 0) return undefined;
  const items = params.map((param, index) =>
    h("li", {}, h("span", { class: "ordinal" }, `?${index + 1}`), leaf(param)),
  );
  return h("ol", { class: "parameters", "aria-label": "Parameters" }, ...items);
}

/** The statement stands above the error already. */
function withoutSql({ sql: _, ...problem }: Problem): Problem {
  return problem;
}
