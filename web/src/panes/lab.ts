import { html, nothing } from "lit";
import type {
  Folder,
  FromWorker,
  LabAnswer,
  LabRequest,
  MigrationOptions,
  MigrationReport,
} from "../protocol.js";
import type { TableInfo } from "../data/protocol.js";
import type { DataStore } from "../data/store.js";
import { askLab } from "../lab.js";
import { copyButton, count, h } from "../view/dom.js";
import { downloadButton, zipFolder, type Download } from "../view/download.js";
import { problemCard } from "../view/problem.js";
import { sqlText } from "../view/sql-text.js";
import { Pane } from "./pane.js";

/** A migration that was applied here. */
interface Applied {
  readonly report: MigrationReport;
  readonly before: readonly TableInfo[];
  readonly after: readonly TableInfo[];
  /** The migrations folder as it was before. */
  readonly folder: Folder | undefined;
}

/** The migration lab: the schema changes, and the rows of the playground's data get there. */
export class LabPane extends Pane {
  readonly key = "lab";
  readonly label = "Migrate";
  readonly #store: DataStore;
  readonly #history: Applied[] = [];
  #tables: readonly TableInfo[] = [];
  #answer: LabAnswer | undefined;
  /** The migrations that lead to the schema of the data; none when it did not come from a run. */
  #folder: Folder | undefined;
  #said = "";
  /** Ends the work that is in progress. */
  #working: AbortController | undefined;

  constructor(store: DataStore) {
    super();
    this.#store = store;
    store.addEventListener("change", () => void this.#count());
  }

  override receive(message: FromWorker): void {
    if (message.type !== "kept") return;
    if (!message.bytes) return this.#say("The last run opened no database.");
    this.#history.length = 0;
    this.#answer = undefined;
    this.#folder = undefined;
    this.#say("");
    void this.#beginFolder();
  }

  async #count(): Promise<void> {
    this.#tables = this.#store.empty ? [] : await this.#store.call("tables", []);
    this.requestUpdate();
  }

  async #beginFolder(): Promise<void> {
    const program = this.page.ran();
    if (!program) return;
    this.#folder = (await askLab({ verb: "begin", program })).folder;
    this.requestUpdate();
  }

  #say(text: string): void {
    this.#said = text;
    this.requestUpdate();
  }

  override render(): unknown {
    const { report, problem } = this.#answer ?? {};
    return [
      this.#said && h("p", { class: "notice", role: "status" }, this.#said),
      this.#dataCard(),
      problem && problemCard(problem, this.page.goTo),
      report && this.#reportCard(report),
      this.#history.map((applied, index) => this.#appliedCard(applied, index)).reverse(),
    ];
  }

  #dataCard(): unknown {
    const take = (): void => {
      if (!this.page.ask({ type: "keep" }))
        this.#say("Run the program first: its database is taken then.");
    };
    if (this.#store.empty)
      return html`<article class="card lab">
        <p>
          Give the playground data with rows, change the schema, and see how the rows get there.
        </p>
        <p class="buttons">
          <button type="button" @click=${take}>Take the data of the last run</button>
          <button type="button" @click=${() => this.page.open("data")}>Look at the data</button>
        </p>
      </article>`;
    return html`<article class="card lab">
      <header>
        <strong>The playground's data</strong>
        <span class="count">${summary(this.#tables)}</span>
      </header>
      <p class="buttons">
        <button type="button" class="primary" @click=${() => void this.#ask("preview")}>
          Look at the changes
        </button>
        <button type="button" @click=${take}>Take the data of the last run</button>
        ${this.#folder && downloadButton("Download the migrations", () => this.#download())}
      </p>
      ${
        this.#working
          ? html`<p class="buttons">
              <progress aria-label="The migration is worked on"></progress>
              <button type="button" @click=${() => this.#working?.abort()}>Cancel</button>
            </p>`
          : nothing
      }
    </article>`;
  }

  #download(): Download {
    return { name: "drizzle.zip", bytes: zipFolder("drizzle", this.#folder ?? {}) };
  }

  async #ask(verb: "preview" | "apply"): Promise<void> {
    const program = this.page.program();
    if (!program) return this.#say("The schema does not compile; its errors are marked.");
    const bytes = await this.#store.bytes();
    if (!bytes) return;
    const folder = this.#folder;
    const before = this.#tables;
    const options = this.#options();
    const answer = await this.#work({ verb, program, bytes, options, folder: folder ?? {} });
    if (answer.bytes && answer.report) {
      const { report } = answer;
      await this.#store.call("open", [answer.bytes]);
      const after = await this.#store.call("tables", []);
      this.#history.push({ report, before, after, folder });
      this.#folder = folder && answer.folder;
      this.#answer = undefined;
    } else {
      this.#answer = answer.problem ? { ...this.#answer, problem: answer.problem } : answer;
    }
    this.#say("");
  }

  /** Work on many rows may take long: it can be cancelled, and the data is as it was then. */
  async #work(request: LabRequest): Promise<LabAnswer> {
    this.#working = new AbortController();
    this.requestUpdate();
    try {
      return await askLab(request, this.#working.signal);
    } finally {
      this.#working = undefined;
      this.requestUpdate();
    }
  }

  /** What the fields of the report say. */
  #options(): MigrationOptions {
    const tables: Record<string, string | null> = {};
    const columns: Record<string, Record<string, string | null>> = {};
    for (const select of this.querySelectorAll<HTMLSelectElement>("select[data-created]")) {
      if (select.value === "?") continue;
      const { table, created = "" } = select.dataset;
      const old = select.value === "" ? null : select.value.slice(1);
      if (table === undefined) tables[created] = old;
      else (columns[table] ??= {})[created] = old;
    }
    const known = this.#answers;
    for (const [table, names] of Object.entries(columns))
      known.columns[table] = { ...known.columns[table], ...names };
    Object.assign(known.tables, tables);
    const allow = [...this.querySelectorAll<HTMLInputElement>("input[data-allow]:checked")];
    return { answers: known, allow: allow.map((input) => input.dataset["allow"] ?? "") };
  }

  readonly #answers = {
    tables: {} as Record<string, string | null>,
    columns: {} as Record<string, Record<string, string | null>>,
  };

  #reportCard(report: MigrationReport): HTMLElement {
    const { questions, changes, risks, steps, irreversible, up } = report;
    const nothing = questions.length + changes.length === 0;
    const blocked = risks.some((risk) => !risk.canBeAllowed);
    return h(
      "article",
      { class: "card lab" },
      h(
        "header",
        {},
        h("strong", {}, "From the data to this schema"),
        h("span", { class: "count" }, count(changes.length, "change")),
        up.length > 0 && copyButton("Copy the SQL", () => up.map((sql) => `${sql};`).join("\n")),
      ),
      nothing && h("p", {}, "Nothing differs. Change the schema, then look again."),
      ...questions.map(questionField),
      questions.length > 0 &&
        h("p", { class: "hint" }, "Say which, then look again: it is never guessed."),
      changes.length > 0 &&
        h(
          "ul",
          { "aria-label": "Changes" },
          ...changes.map(({ words, loss }) =>
            h(
              "li",
              {},
              words,
              loss !== undefined && h("span", { class: "loss" }, ` Lost: ${loss}`),
            ),
          ),
        ),
      ...risks.map(riskField),
      ...steps.map(({ words, sql }) =>
        h(
          "details",
          {},
          h("summary", {}, words),
          ...sql.map((each) => h("pre", { tabindex: 0 }, sqlText(each))),
        ),
      ),
      irreversible.length > 0 &&
        h("p", { class: "hint" }, `Undo does not bring back: ${irreversible.join(" ")}`),
      changes.length > 0 &&
        h(
          "p",
          {},
          h(
            "button",
            {
              type: "button",
              class: "primary",
              disabled: blocked,
              click: () => void this.#ask("apply"),
            },
            "Apply",
          ),
        ),
    );
  }

  #appliedCard({ report, before, after }: Applied, index: number): HTMLElement {
    const last = index === this.#history.length - 1;
    const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
    const rows = (tables: readonly TableInfo[], name: string): string =>
      String(tables.find((table) => table.name === name)?.rows ?? "–");
    return h(
      "article",
      { class: "card lab" },
      h(
        "header",
        {},
        h("span", { class: "ordinal" }, String(index + 1)),
        h("strong", {}, "Applied"),
        h("span", { class: "count" }, count(report.changes.length, "change")),
      ),
      h("ul", {}, ...report.changes.map(({ words }) => h("li", {}, words))),
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ...["Rows of", "before", "after"].map((text) => h("th", { scope: "col" }, text)),
          ),
        ),
        h(
          "tbody",
          {},
          ...names.map((name) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, name),
              h("td", {}, rows(before, name)),
              h("td", {}, rows(after, name)),
            ),
          ),
        ),
      ),
      last &&
        report.down.length > 0 &&
        h(
          "p",
          {},
          h("button", { type: "button", click: () => void this.#undo(report.down) }, "Undo"),
        ),
    );
  }

  async #undo(down: readonly string[]): Promise<void> {
    const bytes = await this.#store.bytes();
    if (!bytes) return;
    const answer = await this.#work({ verb: "undo", bytes, down });
    if (answer.bytes) {
      await this.#store.call("open", [answer.bytes]);
      this.#folder = this.#history.pop()?.folder;
    }
    this.#answer = answer.problem && { problem: answer.problem };
    this.#say("");
  }
}

const summary = (tables: readonly TableInfo[]): string =>
  `${count(tables.length, "table")}, ${count(
    tables.reduce((sum, { rows }) => sum + rows, 0),
    "row",
  )}`;

function questionField({
  table,
  created,
  candidates,
}: MigrationReport["questions"][number]): HTMLElement {
  const select = h(
    "select",
    { "data-created": created, "data-table": table },
    h("option", { value: "?" }, "…"),
    h("option", { value: "" }, "nothing: it is new"),
    ...candidates.map((name) => h("option", { value: `=${name}` }, name)),
  );
  const what = table === undefined ? `Table ${created}` : `Column ${table}.${created}`;
  return h("label", { class: "question" }, `${what} was `, select);
}

function riskField({
  name,
  words,
  canBeAllowed,
  rows,
  sample,
}: MigrationReport["risks"][number]): HTMLElement {
  const keys = `${count(rows, "row")}: ${sample.join(", ")}${rows > sample.length ? ", …" : ""}`;
  const text = [h("strong", {}, words), h("span", { class: "count" }, ` ${keys}`)];
  if (!canBeAllowed)
    return h("p", { class: "risk" }, ...text, " These rows have to be changed first.");
  return h(
    "label",
    { class: "risk" },
    h("input", { type: "checkbox", "data-allow": name }),
    ...text,
    " Let the values go.",
  );
}

customElements.define("virga-lab", LabPane);
