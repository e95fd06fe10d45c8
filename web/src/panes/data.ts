import { html, nothing } from "lit";
import {
  formats,
  operators,
  type Filter,
  type Format,
  type Operator,
  type Page as RowPage,
  type Progress,
  type Sort,
  type TableInfo,
  type DataProblem,
} from "../data/protocol.js";
import type { DataStore } from "../data/store.js";
import { saveStudioFile } from "../studio.js";
import { count } from "../view/dom.js";
import { saveFile } from "../view/download.js";
import type { FromWorker } from "../protocol.js";
import { DataGrid, type GridChange } from "./data-grid.js";
import { DataSummary } from "./data-summary.js";
import { Pane } from "./pane.js";

const pageRows = 100;

/** The data with which runs begin: tables to browse and edit, files to import and export, rows to generate. */
export class DataPane extends Pane {
  readonly key = "data";
  readonly label = "Data";
  readonly #store: DataStore;
  readonly #grid = new DataGrid();
  readonly #summary = new DataSummary();
  #summarized = false;
  #file: string | undefined;
  #ddl: readonly string[] = [];
  #tables: readonly TableInfo[] = [];
  #table = "";
  #filter: Filter | undefined;
  #sort: Sort | undefined;
  #offset = 0;
  #page: RowPage = { rows: [], total: 0 };
  #progress: Progress | undefined;
  #said = "";
  #failed = false;

  /** The file of `virga studio` whose data this is. */
  set file(name: string) {
    this.#file = name;
    this.requestUpdate();
  }

  constructor(store: DataStore) {
    super();
    this.#store = store;
    store.addEventListener("change", () => void this.#load());
    this.#grid.addEventListener("change", (event) => {
      if (event instanceof CustomEvent)
        void this.#change((event as CustomEvent<GridChange>).detail);
    });
  }

  override get badge(): string {
    return this.#tables.length > 0 ? String(this.#tables.length) : "";
  }

  override receive(message: FromWorker): void {
    if (message.type === "ddl") this.#ddl = message.statements;
    if (message.type === "kept" && message.bytes) {
      const { bytes } = message;
      void this.#try(() => this.#store.call("open", [bytes]));
    }
  }

  override render(): unknown {
    return html`${this.#storeCard()} ${this.#store.empty ? nothing : this.#tableCard()}`;
  }

  #storeCard(): unknown {
    const { empty } = this.#store;
    const busy = this.#progress !== undefined;
    return html`<article class="card data-store">
      <p>
        ${
          empty
            ? "Runs begin with an empty database. With data here, each run begins with a copy of it."
            : "Each run begins with a copy of this data."
        }
      </p>
      <p class="buttons">
        <button type="button" ?disabled=${busy} @click=${() => this.#takeRun()}>
          Take that of the last run
        </button>
        <button type="button" ?disabled=${busy} @click=${() => this.#makeTables()}>
          Make the schema's tables
        </button>
        <label class="file"
          ><span>Import…</span
          ><input
            type="file"
            multiple
            accept=".sqlite,.sqlite3,.db,.sql,.csv,.json"
            ?disabled=${busy}
            @change=${(event: Event) => void this.#import(event)}
        /></label>
        ${
          empty
            ? nothing
            : html`<button type="button" ?disabled=${busy} @click=${() => this.#writeSchema()}>
                  Write the schema of this data
                </button>
                ${
                  this.#file === undefined
                    ? nothing
                    : html`<button type="button" class="primary" @click=${() => this.#save()}>
                        Save ${this.#file}
                      </button>`
                }
                <button type="button" class="quiet" @click=${() => this.#store.clear()}>
                  Let the data go
                </button>`
        }
      </p>
      ${this.#progress ? this.#progressBar(this.#progress) : nothing}
      ${
        this.#said
          ? html`<p
              role=${this.#failed ? "alert" : "status"}
              class=${this.#failed ? "fault" : "hint"}
            >
              ${this.#said}
            </p>`
          : nothing
      }
    </article>`;
  }

  #progressBar({ done, total }: Progress): unknown {
    return html`<p class="buttons">
      <progress max=${total} value=${done} aria-label="Rows written"></progress>
      <span class="count">${count(done, "row")} of ${total.toLocaleString("en")}</span>
      <button type="button" @click=${() => this.#store.cancel()}>Cancel</button>
    </p>`;
  }

  #tableCard(): unknown {
    const table = this.#tables.find(({ name }) => name === this.#table);
    const choose = (event: Event): void => this.#open((event.target as HTMLSelectElement).value);
    return html`<article class="card">
      <header>
        <label class="select"
          ><span>Table</span>
          <select id="data-table" @change=${choose}>
            ${this.#tables.map(
              ({ name, rows }) =>
                html`<option value=${name} .selected=${name === this.#table}>
                  ${name} (${rows.toLocaleString("en")})
                </option>`,
            )}
          </select></label
        >
        ${table && this.#filterFields(table)}
      </header>
      ${
        table
          ? html`${this.#generateFields(table)} ${this.#summarized ? this.#summary : nothing}
            ${this.#grid} ${this.#pager(table)}`
          : nothing
      }
    </article>`;
  }

  #filterFields({ columns }: TableInfo): unknown {
    const { column = "", operator = "=", value = "" } = this.#filter ?? {};
    const apply = (event: Event): void => {
      event.preventDefault();
      const fields = new FormData((event.currentTarget ?? event.target) as HTMLFormElement);
      const text = (name: string): string => String(fields.get(name) ?? "");
      this.#filter = text("column")
        ? {
            column: text("column"),
            operator: text("operator") as Operator,
            value: text("value"),
          }
        : undefined;
      this.#offset = 0;
      void this.#load();
    };
    return html`<form class="filter" @submit=${apply}>
      <select name="column" aria-label="Filter by column">
        <option value="">all rows</option>
        ${columns.map(({ name }) => html`<option .selected=${name === column}>${name}</option>`)}
      </select>
      <select name="operator" aria-label="How it compares">
        ${operators.map((each) => html`<option .selected=${each === operator}>${each}</option>`)}
      </select>
      <input name="value" .value=${value} size="8" aria-label="Filter value" />
      <button type="submit">Filter</button>
    </form>`;
  }

  #generateFields({ view, name }: TableInfo): unknown {
    const generate = (event: Event): void => {
      event.preventDefault();
      const fields = new FormData(event.target as HTMLFormElement);
      const whole = (field: string): number => Math.floor(Number(fields.get(field)));
      const all = this.#tables.filter((table) => !table.view).map((table) => table.name);
      const tables = fields.get("which") === "all" ? all : [name];
      void this.#try(
        () =>
          this.#store.call(
            "generate",
            [{ tables, rows: whole("rows"), seed: whole("seed") }],
            this.#onProgress,
          ),
        "Rows were generated.",
      );
    };
    const save = (event: Event): void => {
      const select = event.target as HTMLSelectElement;
      const format = select.value as Format;
      select.value = "";
      void this.#try(async () => saveFile(await this.#store.call("exportFile", [format, name])));
    };
    return html`<div class="buttons tools">
      ${
        view
          ? nothing
          : html`<form class="buttons" @submit=${generate}>
              <label
                >Generate
                <input
                  name="rows"
                  type="number"
                  min="1"
                  max="1000000"
                  value="100"
                  aria-label="Rows"
              /></label>
              <label
                >rows in
                <select name="which" aria-label="Which tables">
                  <option value="one">this table</option>
                  <option value="all">all tables</option>
                </select></label
              >
              <label
                >seed <input name="seed" type="number" value="1" min="0" aria-label="Seed"
              /></label>
              <button type="submit">Generate</button>
            </form>`
      }
      <button
        type="button"
        aria-pressed=${String(this.#summarized)}
        @click=${() => this.#summarize()}
      >
        Plot
      </button>
      <label class="select"
        ><span>Export</span>
        <select @change=${save}>
          <option value="">…</option>
          ${formats.map((format) => html`<option value=${format}>${format === "sqlite" || format === "sql" ? `all as .${format}` : `${name}.${format}`}</option>`)}
        </select></label
      >
    </div>`;
  }

  #pager({ view }: TableInfo): unknown {
    const { total, rows } = this.#page;
    const first = Math.min(total, this.#offset + 1);
    const move = (offset: number): void => {
      this.#offset = Math.max(0, offset);
      void this.#load();
    };
    return html`<footer class="buttons">
      <span class="count" role="status">
        ${first.toLocaleString("en")}–${(this.#offset + rows.length).toLocaleString("en")} of
        ${count(total, "row")}
      </span>
      <button
        type="button"
        aria-label="Rows before"
        ?disabled=${this.#offset === 0}
        @click=${() => move(this.#offset - pageRows)}
      >
        ‹
      </button>
      <button
        type="button"
        aria-label="Rows after"
        ?disabled=${this.#offset + rows.length >= total}
        @click=${() => move(this.#offset + pageRows)}
      >
        ›
      </button>
      ${
        view
          ? html`<span class="hint">A view is read only.</span>`
          : html`<button type="button" @click=${() => this.#grid.add()}>Add a row</button>
              <button type="button" @click=${() => this.#grid.removeChosen()}>
                Delete the chosen rows
              </button>`
      }
    </footer>`;
  }

  readonly #onProgress = (progress: Progress): void => {
    this.#progress = progress;
    this.requestUpdate();
  };

  #takeRun(): void {
    if (!this.page.ask({ type: "keep" })) this.#say("Run the program first.", true);
  }

  #writeSchema(): void {
    void this.#try(async () => this.page.writeSchema(await this.#store.call("source", [])));
  }

  #save(): void {
    void this.#try(async () => {
      const bytes = await this.#store.bytes();
      if (bytes) await saveStudioFile(bytes);
    }, `${this.#file} was saved.`);
  }

  #makeTables(): void {
    const there = new Set(this.#tables.map(({ name }) => `"${name}"`));
    const missing = this.#ddl.filter((statement) => {
      const [, name = ""] = /^create (?:table|view) ("(?:[^"]|"")*")/i.exec(statement) ?? [];
      return !there.has(name.replaceAll('""', '"'));
    });
    if (this.#ddl.length === 0)
      return this.#say("Run the program first: its schema makes tables.", true);
    void this.#try(() => this.#store.call("exec", [missing]));
  }

  async #import(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = "";
    for (const file of files) {
      const isDatabase = /\.(sqlite3?|db)$/i.test(file.name);
      const done = await this.#try(async () => {
        if (isDatabase) return this.#store.call("open", [new Uint8Array(await file.arrayBuffer())]);
        const table = await this.#store.call(
          "importText",
          [file.name, await file.text()],
          this.#onProgress,
        );
        if (table !== undefined) this.#table = table;
        await this.#load();
      }, `${file.name} was imported.`);
      if (!done) return;
    }
  }

  #summarize(): void {
    this.#summarized = !this.#summarized;
    if (this.#summarized) void this.#load();
    else this.requestUpdate();
  }

  #open(table: string, filter?: Filter): void {
    this.#table = table;
    this.#filter = filter;
    this.#sort = undefined;
    this.#offset = 0;
    void this.#load();
  }

  async #change(change: GridChange): Promise<void> {
    const table = this.#table;
    switch (change.type) {
      case "sort":
        this.#sort = {
          column: change.column,
          descending: this.#sort?.column === change.column && !this.#sort.descending,
        };
        this.#offset = 0;
        return this.#load();
      case "follow":
        return this.#open(change.table, {
          column: change.column,
          operator: "=",
          value: change.value,
        });
      case "update":
        return change.settle(
          this.#store.call("update", [table, change.key, change.column, change.value]),
        );
      case "insert":
        return change.settle(this.#store.call("insert", [table, change.values]));
      case "remove":
        return void (await this.#try(() => this.#store.call("remove", [table, change.keys])));
      case "whole":
        return change.settle(this.#store.call("whole", [table, change.key, change.column]));
    }
  }

  /** Reads what is shown anew. */
  async #load(): Promise<void> {
    if (this.#store.empty) {
      this.#tables = [];
      return this.requestUpdate();
    }
    this.#tables = await this.#store.call("tables", []);
    const table = this.#tables.find(({ name }) => name === this.#table) ?? this.#tables[0];
    if (table && table.name !== this.#table) {
      this.#table = table.name;
      this.#filter = this.#sort = undefined;
      this.#offset = 0;
    }
    if (table) {
      const selection = {
        table: table.name,
        filter: this.#filter,
        sort: this.#sort,
        limit: pageRows,
        offset: this.#offset,
      };
      this.#page = await this.#store.call("page", [selection]);
      this.#grid.show(table, this.#page.rows, this.#sort);
      if (this.#summarized)
        this.#summary.show(
          this.#tables,
          await this.#store.call("summary", [table.name, this.#filter]),
        );
    }
    this.requestUpdate();
  }

  async #try(work: () => Promise<unknown>, done = ""): Promise<boolean> {
    try {
      await work();
      this.#say(done, false);
      return true;
    } catch (error) {
      const { message, hint } = error as DataProblem;
      this.#say(hint ? `${message} ${hint}` : message, true);
      return false;
    } finally {
      this.#progress = undefined;
      this.requestUpdate();
    }
  }

  #say(text: string, failed: boolean): void {
    this.#said = text;
    this.#failed = failed;
    this.requestUpdate();
  }
}

customElements.define("virga-data", DataPane);
