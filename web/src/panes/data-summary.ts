import { html, LitElement, nothing, svg } from "lit";
import type { Bar, ColumnSummary, TableInfo } from "../data/protocol.js";
import { count } from "../view/dom.js";

/** What the columns of a table hold, and how many rows the tables have, as plots. */
export class DataSummary extends LitElement {
  #tables: readonly TableInfo[] = [];
  #columns: readonly ColumnSummary[] = [];

  show(tables: readonly TableInfo[], columns: readonly ColumnSummary[]): void {
    this.#tables = tables;
    this.#columns = columns;
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override render(): unknown {
    const rows = this.#tables.map(({ name, rows }) => ({ label: name, count: rows }));
    return html`<div class="summaries">
      ${rows.length > 1 ? figure("Rows of the tables", list(rows)) : nothing}
      ${this.#columns.map((column) => figure(column.name, plotOf(column), factsOf(column)))}
    </div>`;
  }
}

const figure = (title: string, plot: unknown, facts: unknown = nothing): unknown =>
  html`<figure>
    <figcaption>${title}</figcaption>
    ${plot}
    <p class="count">${facts}</p>
  </figure>`;

function plotOf({ kind, bars, others, name }: ColumnSummary): unknown {
  if (bars.length === 0) return nothing;
  if (kind === "range") return histogram(bars, name);
  return list(others > 0 ? [...bars, { label: "others", count: others }] : bars);
}

function factsOf({ different, nulls, least, most, bars }: ColumnSummary): string {
  const range =
    different === 0 || bars.length > 0
      ? ""
      : different === 1
        ? `only ${least}`
        : `${least} … ${most}`;
  const facts = [
    range,
    different > 1 ? count(different, "value") : "",
    nulls > 0 ? count(nulls, "null") : "",
  ];
  return facts.filter((fact) => fact !== "").join(" · ") || "empty";
}

/** Values by how often they occur. */
function list(bars: readonly Bar[]): unknown {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return html`<dl class="timings">
    ${bars.map(
      (bar) =>
        html`<dt title=${bar.label}>${bar.label}</dt>
          <dd>
            <span class="bar" style="--share:${((100 * bar.count) / most).toFixed(1)}%"></span
            >${bar.count.toLocaleString("en")}
          </dd>`,
    )}
  </dl>`;
}

const height = 48;

/** Numbers in bins. */
function histogram(bars: readonly Bar[], name: string): unknown {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const highest = bars.find((bar) => bar.count === most);
  const [first] = bars[0]?.label.split(" to ") ?? [];
  const last = bars.at(-1)?.label.split(" to ")[1];
  const words = `${name}, from ${first} to ${last}, most often ${highest?.label}`;
  const columns = bars.map((bar, at) => {
    const high = bar.count === 0 ? 0 : Math.max(1, (height * bar.count) / most);
    return svg`<rect x=${at * 10} y=${height - high} width="9" height=${high}>
      <title>${bar.label}: ${bar.count.toLocaleString("en")}</title>
    </rect>`;
  });
  return html`<svg
      role="img"
      aria-label=${words}
      viewBox="0 0 ${bars.length * 10} ${height}"
      preserveAspectRatio="none"
    >
      ${columns}
    </svg>
    <p class="axis"><span>${first}</span><span>${last}</span></p>`;
}

customElements.define("virga-data-summary", DataSummary);
