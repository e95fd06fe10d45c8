import { html, LitElement, nothing } from "lit";
import { editText, parseCell, shownCell } from "../data/cell-text.js";
import type {
  Cell,
  ColumnInfo,
  Cut,
  DataProblem,
  Row,
  RowKey,
  Sort,
  TableInfo,
} from "../data/protocol.js";

/** What a reader did in the grid; `settle` takes the answer, which may be a failure. */
export type GridChange =
  | { readonly type: "sort"; readonly column: string }
  | {
      readonly type: "follow";
      readonly table: string;
      readonly column: string;
      readonly value: string;
    }
  | {
      readonly type: "update";
      readonly key: RowKey;
      readonly column: string;
      readonly value: Cell;
      settle(answer: Promise<unknown>): Promise<void>;
    }
  | {
      readonly type: "insert";
      readonly values: Readonly<Record<string, Cell>>;
      settle(answer: Promise<unknown>): Promise<void>;
    }
  | { readonly type: "remove"; readonly keys: readonly RowKey[] }
  | {
      readonly type: "whole";
      readonly key: RowKey;
      readonly column: string;
      settle(answer: Promise<Cell>): Promise<void>;
    };

/** A cell that is edited: of a row, or with row -1 of the one that is added. */
interface Editing {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly problem?: string;
}

/** The rows of a table as a grid; cells are edited by Enter, F2 or a double click. */
export class DataGrid extends LitElement {
  #table: TableInfo | undefined;
  #rows: readonly Row[] = [];
  #sort: Sort | undefined;
  readonly #chosen = new Set<number>();
  #editing: Editing | undefined;
  #adding: Record<string, Cell> | undefined;
  #problem = "";

  /** Shows these rows. */
  show(table: TableInfo, rows: readonly Row[], sort: Sort | undefined): void {
    if (table.name !== this.#table?.name) this.#adding = this.#editing = undefined;
    this.#table = table;
    this.#rows = rows;
    this.#sort = sort;
    this.#chosen.clear();
    this.#problem = "";
    this.requestUpdate();
  }

  /** Begins a new row, whose cells are edited as others are. */
  add(): void {
    this.#adding ??= {};
    this.#edit(-1, this.#firstEditable());
  }

  removeChosen(): void {
    const keys = [...this.#chosen].map((index) => this.#rows[index]?.key ?? []);
    if (keys.length > 0) this.#tell({ type: "remove", keys });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    this.querySelector<HTMLElement>("input.cell, textarea.cell")?.focus();
  }

  override render(): unknown {
    const table = this.#table;
    if (!table) return nothing;
    return html`<div class="grid-scroll">
      <table class="grid">
        <thead>
          <tr>
            ${table.view ? nothing : html`<th scope="col"><span class="hidden">Chosen</span></th>`}
            ${table.columns.map((column) => this.#head(column))}
          </tr>
        </thead>
        <tbody>
          ${this.#adding ? this.#newRow(table) : nothing}
          ${this.#rows.map((row, index) => this.#row(table, row, index))}
        </tbody>
      </table>
      ${this.#rows.length === 0 && !this.#adding ? html`<p class="notice">No rows.</p>` : nothing}
    </div>`;
  }

  #head(column: ColumnInfo): unknown {
    const sorted = this.#sort?.column === column.name ? this.#sort : undefined;
    const order = sorted ? (sorted.descending ? "descending" : "ascending") : "none";
    const facts = [column.type, column.primaryKey && "key", column.notNull && "not null"];
    return html`<th scope="col" aria-sort=${order}>
      <button
        type="button"
        class="quiet"
        @click=${() => this.#tell({ type: "sort", column: column.name })}
      >
        ${column.name}${sorted ? (sorted.descending ? " ↓" : " ↑") : ""}
      </button>
      <small>${facts.filter(Boolean).join(" ")}</small>
    </th>`;
  }

  #newRow(table: TableInfo): unknown {
    return html`<tr class="new">
      <td>
        <button type="button" class="quiet" aria-label="Save the row" @click=${() => this.#save()}>
          ✓
        </button>
        <button
          type="button"
          class="quiet"
          aria-label="Leave the row out"
          @click=${() => this.#dropNew()}
        >
          ×
        </button>
        ${this.#problem ? html`<p class="fault" role="alert">${this.#problem}</p>` : nothing}
      </td>
      ${table.columns.map((column, at) => {
        const value = this.#adding?.[column.name];
        const shown =
          value === undefined ? (column.hasDefault ? "default" : "") : shownCell(value).text;
        return this.#cell(column, -1, at, shown, value === undefined ? "null" : "string");
      })}
    </tr>`;
  }

  #row(table: TableInfo, { cells }: Row, index: number): unknown {
    const choose = (event: Event): void => {
      if ((event.target as HTMLInputElement).checked) this.#chosen.add(index);
      else this.#chosen.delete(index);
    };
    return html`<tr>
      ${
        table.view
          ? nothing
          : html`<td>
              <input
                type="checkbox"
                aria-label=${`Choose row ${index + 1}`}
                .checked=${this.#chosen.has(index)}
                @change=${choose}
              />
            </td>`
      }
      ${table.columns.map((column, at) => {
        const { text, type } = shownCell(cells[at] ?? null);
        return this.#cell(column, index, at, text, type);
      })}
    </tr>`;
  }

  #cell(column: ColumnInfo, row: number, at: number, text: string, type: string): unknown {
    const editing = this.#editing;
    if (editing?.row === row && editing.column === at) return this.#field(column, editing);
    const begin = (): void => void this.#begin(row, at);
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Enter" || event.key === "F2") {
        event.preventDefault();
        begin();
      } else this.#move(event);
    };
    const { references } = column;
    const follow = references && row >= 0 && type !== "null";
    return html`<td
      tabindex="0"
      class=${`value ${type}`}
      data-at=${`${row},${at}`}
      @dblclick=${begin}
      @keydown=${key}
    >
      <span>${text}</span>${
        follow
          ? html`<button
              type="button"
              class="quiet"
              aria-label=${`Go to ${references.table} ${text}`}
              @click=${() => this.#tell({ type: "follow", ...references, value: text })}
            >
              →
            </button>`
          : nothing
      }
    </td>`;
  }

  /** Enter saves, Escape leaves the value as it was; the button makes it null. */
  #field(column: ColumnInfo, { row, column: at, text, problem }: Editing): unknown {
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        void this.#finish((event.target as HTMLInputElement).value);
      }
      if (event.key === "Escape") {
        this.#editing = undefined;
        this.requestUpdate();
        void this.updateComplete.then(() => this.#focus(row, at));
      }
      event.stopPropagation();
    };
    return html`<td class="editing">
      <textarea
        class="cell"
        rows="1"
        aria-label=${column.name}
        aria-invalid=${problem ? "true" : "false"}
        .value=${text}
        @keydown=${key}
      ></textarea>
      ${
        column.notNull
          ? nothing
          : html`<button type="button" class="quiet" @click=${() => void this.#finish(null)}>
              null
            </button>`
      }
      ${problem ? html`<p class="fault" role="alert">${problem}</p>` : nothing}
    </td>`;
  }

  #move(event: KeyboardEvent): void {
    const [row = 0, at = 0] = ((event.currentTarget as HTMLElement).dataset["at"] ?? "")
      .split(",")
      .map(Number);
    const to = {
      ArrowUp: [row - 1, at],
      ArrowDown: [row + 1, at],
      ArrowLeft: [row, at - 1],
      ArrowRight: [row, at + 1],
    }[event.key];
    if (!to) return;
    event.preventDefault();
    this.#focus(to[0] ?? 0, to[1] ?? 0);
  }

  #focus(row: number, at: number): void {
    this.querySelector<HTMLElement>(`[data-at="${row},${at}"]`)?.focus();
  }

  #firstEditable(): number {
    const columns = this.#table?.columns ?? [];
    return Math.max(
      0,
      columns.findIndex((column) => !column.generated && !column.primaryKey),
    );
  }

  async #begin(row: number, at: number): Promise<void> {
    const column = this.#table?.columns[at];
    if (!column || column.generated || this.#table?.view) return;
    const cell = row < 0 ? this.#adding?.[column.name] : this.#rows[row]?.cells[at];
    if (isCut(cell)) {
      const key = this.#rows[row]?.key ?? [];
      const settle = async (answer: Promise<Cell>): Promise<void> =>
        this.#edit(row, at, editText(await answer));
      return this.#tell({ type: "whole", key, column: column.name, settle });
    }
    this.#edit(row, at, editText(cell ?? null));
  }

  #edit(row: number, column: number, text = "", problem?: string): void {
    this.#editing = { row, column, text, ...(problem !== undefined && { problem }) };
    this.requestUpdate();
  }

  async #finish(text: string | null): Promise<void> {
    const editing = this.#editing;
    const column = this.#table?.columns[editing?.column ?? -1];
    if (!editing || !column) return;
    const fail = (problem: string): void =>
      this.#edit(editing.row, editing.column, text ?? editing.text, problem);
    let value: Cell;
    try {
      value = text === null ? null : parseCell(text, column);
    } catch (error) {
      return fail((error as Error).message);
    }
    if (editing.row < 0) {
      this.#adding = { ...this.#adding, [column.name]: value };
      return this.#leave(editing);
    }
    const key = this.#rows[editing.row]?.key ?? [];
    const settle = async (answer: Promise<unknown>): Promise<void> => {
      try {
        await answer;
        this.#leave(editing);
      } catch (error) {
        fail(words(error as DataProblem));
      }
    };
    this.#tell({ type: "update", key, column: column.name, value, settle });
  }

  #leave({ row, column }: Editing): void {
    this.#editing = undefined;
    this.requestUpdate();
    void this.updateComplete.then(() => this.#focus(row, column));
  }

  #save(): void {
    const settle = async (answer: Promise<unknown>): Promise<void> => {
      try {
        await answer;
        this.#dropNew();
      } catch (error) {
        this.#problem = words(error as DataProblem);
        this.requestUpdate();
      }
    };
    this.#tell({ type: "insert", values: this.#adding ?? {}, settle });
  }

  #dropNew(): void {
    this.#adding = this.#editing = undefined;
    this.#problem = "";
    this.requestUpdate();
  }

  #tell(detail: GridChange): void {
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }
}

const isCut = (cell: Cell | Cut | undefined): cell is Cut =>
  typeof cell === "object" && cell !== null && "cut" in cell;

const words = ({ message, hint }: DataProblem): string => (hint ? `${message} ${hint}` : message);

customElements.define("virga-data-grid", DataGrid);
