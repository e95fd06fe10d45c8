import type {
  Folder,
  FromWorker,
  Kept,
  LabAnswer,
  MigrationOptions,
  MigrationReport,
  TableCount,
} from "../protocol.js";
import { askLab } from "../lab.js";
import { copyButton, count, h } from "../view/dom.js";
import { downloadButton, zipFolder, type Download } from "../view/download.js";
import { problemCard } from "../view/problem.js";
import { sqlText } from "../view/sql-text.js";
import { Pane } from "./pane.js";

/** A migration that was applied here. */
interface Applied {
  readonly report: MigrationReport;
  readonly before: readonly TableCount[];
  readonly after: readonly TableCount[];
  /** The migrations folder as it was before. */
  readonly folder: Folder | undefined;
}

/** The migration lab: a database with rows is kept, the schema changes, and the rows get there. */
export class LabPane extends Pane {
  readonly key = "lab";
  readonly label = "Migrate";
  readonly #history: Applied[] = [];
  #kept: Kept | undefined;
  #answer: LabAnswer | undefined;
  /** The migrations that lead to the schema of the kept database; none when the first could not be written. */
  #folder: Folder | undefined;
  #said = "";

  override receive(message: FromWorker): void {
    if (message.type === "kept") this.#keep(message.kept);
  }

  #keep(kept: Kept | undefined): void {
    if (!kept) return this.#say("The last run opened no database.");
    this.#kept = kept;
    this.#history.length = 0;
    this.#answer = undefined;
    this.#folder = undefined;
    this.#say("");
    void this.#beginFolder();
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
      this.#keptCard(),
      problem && problemCard(problem, this.page.goTo),
      report && this.#reportCard(report),
      this.#history.map((applied, index) => this.#appliedCard(applied, index)).reverse(),
    ];
  }

  #keptCard(): HTMLElement {
    const keep = h(
      "button",
      {
        type: "button",
        click: () => {
          if (!this.page.ask({ type: "keep" }))
            this.#say("Run the program first: its database is kept then.");
        },
      },
      this.#kept ? "Keep that of the last run instead" : "Keep the database of the last run",
    );
    if (!this.#kept)
      return h(
        "article",
        { class: "card lab" },
        h("p", {}, "Keep a database with rows, change the schema, and see how the rows get there."),
        h("p", {}, keep),
      );
    return h(
      "article",
      { class: "card lab" },
      h(
        "header",
        {},
        h("strong", {}, "The kept database"),
        h("span", { class: "count" }, summary(this.#kept.tables)),
      ),
      ...this.#kept.tables.map(({ name, rows, sample }) =>
        h(
          "details",
          {},
          h("summary", {}, `${name}: ${count(rows, "row")}`),
          h("ul", {}, ...sample.map((row) => h("li", {}, row))),
        ),
      ),
      h(
        "p",
        {},
        h(
          "button",
          { type: "button", class: "primary", click: () => void this.#ask("preview") },
          "Look at the changes",
        ),
        " ",
        keep,
        " ",
        this.#folder && downloadButton("Download the migrations", () => this.#download()),
      ),
    );
  }

  #download(): Download {
    return { name: "drizzle.zip", bytes: zipFolder("drizzle", this.#folder ?? {}) };
  }

  async #ask(verb: "preview" | "apply"): Promise<void> {
    const kept = this.#kept;
    if (!kept) return;
    const program = this.page.program();
    if (!program) return this.#say("The schema does not compile; its errors are marked.");
    const folder = this.#folder;
    const { bytes } = kept;
    const options = this.#options();
    const answer = await askLab({ verb, program, bytes, options, folder: folder ?? {} });
    if (answer.kept && answer.report) {
      const { report } = answer;
      this.#history.push({ report, before: kept.tables, after: answer.kept.tables, folder });
      this.#folder = folder && answer.folder;
      this.#kept = answer.kept;
      this.#answer = undefined;
    } else {
      this.#answer = answer.problem ? { ...this.#answer, problem: answer.problem } : answer;
    }
    this.#say("");
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
        h("strong", {}, "From the kept database to this schema"),
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
    const rows = (tables: readonly TableCount[], name: string): string =>
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
    if (!this.#kept) return;
    const answer = await askLab({ verb: "undo", bytes: this.#kept.bytes, down });
    if (answer.kept) {
      this.#kept = answer.kept;
      this.#folder = this.#history.pop()?.folder;
    }
    this.#answer = answer.problem && { problem: answer.problem };
    this.#say("");
  }
}

const summary = (tables: readonly TableCount[]): string =>
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
