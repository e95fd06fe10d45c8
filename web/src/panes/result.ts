import type { FromWorker, Output, QueryReport, Shown } from "../protocol.js";
import { count, h } from "../view/dom.js";
import { placeLink, problemCard } from "../view/problem.js";
import { leaf } from "../view/shown.js";
import { tree } from "../view/tree.js";
import { ValueCard } from "../view/value-card.js";
import { Pane, type Origin } from "./pane.js";

/** Values, console lines and errors of a run, in the order in which they happened. */
export class ResultPane extends Pane {
  readonly key = "result";
  readonly label = "Result";
  #cards: HTMLElement[] = [];
  #queries: QueryReport[] = [];
  #stale = false;
  #problems = 0;

  /** That a run failed is to be seen from other panes too: why is here. */
  override get badge(): string {
    return this.#problems > 0 ? count(this.#problems, "error") : "";
  }

  /** What is shown stays until there is something newer. */
  override began(): void {
    this.#queries = [];
    this.#problems = 0;
    this.#stale = true;
    this.setAttribute("aria-busy", "true");
  }

  override receive(message: FromWorker): void {
    if (message.type === "query") this.#queries.push(message.query);
    if (message.type === "output") this.add(message.output);
  }

  override pointed(origin: Origin | undefined): void {
    for (const card of this.#cards) if (card instanceof ValueCard) card.pointed(origin);
  }

  /** Shows one thing more. */
  add(output: Output): void {
    this.#clearStale();
    this.#cards.push(this.#card(output));
    if (output.kind === "problem") this.#problems += 1;
    this.requestUpdate();
  }

  /** A run that showed nothing leaves an empty pane, not the results of another. */
  override ended(): void {
    this.#clearStale();
    this.removeAttribute("aria-busy");
    this.requestUpdate();
  }

  override render(): unknown {
    return this.#cards;
  }

  #clearStale(): void {
    if (this.#stale) this.#cards = [];
    this.#stale = false;
  }

  #card(output: Output): HTMLElement {
    switch (output.kind) {
      case "console":
        return h(
          "article",
          { class: `line ${output.level}` },
          h("span", { class: "level" }, output.level),
          h(
            "div",
            { class: "values" },
            ...output.values.map((value, index) => this.#consoleValue(value, output.ids[index])),
          ),
        );
      case "value":
        return new ValueCard(output, this.#queries, this.page);
      case "write":
        return h(
          "p",
          { class: "write" },
          output.place && placeLink(output.place, this.page.goTo),
          h("span", { class: "count" }, `${count(output.changes, "row")} changed`),
        );
      case "exports":
        return exportsCard(output.path, output.names);
      case "notice":
        return h("p", { class: "notice" }, output.text);
      case "problem":
        return h("div", { role: "alert" }, problemCard(output.problem, this.page.goTo));
    }
  }

  #consoleValue(value: Shown, id = 0): HTMLElement {
    if (value.kind === "error") return problemCard(value.problem, this.page.goTo);
    if (value.kind === "atom" && value.type === "string" && value.length === undefined)
      return h("span", {}, value.text);
    const parts =
      value.kind === "list" ? value.length : value.kind === "record" ? value.fields.length : 0;
    if (parts === 0) return leaf(value);
    const source = {
      entries: (path: readonly number[], from: number, to: number) =>
        this.page.inquire("entries", { value: id, path, from, to }),
      text: (path: readonly number[]) => this.page.inquire("text", { value: id, path }),
    };
    return tree(value, "Console value", { source });
  }
}

/** A run that shows nothing tells what it made, and what to do with it. */
function exportsCard(path: string, names: readonly string[]): HTMLElement {
  const text = h("p", {}, "The tables stand, and nothing was asked of them yet.");
  if (names.length === 0) return h("article", { class: "card quiet-card" }, text);
  const list = names.flatMap((name, index) => [index > 0 ? ", " : "", h("code", {}, name)]);
  const offers = h(
    "p",
    {},
    h("code", {}, path),
    " exports ",
    ...list,
    ". Call one in the query, and its rows fall here.",
  );
  return h("article", { class: "card quiet-card" }, text, offers);
}

customElements.define("virga-result", ResultPane);
