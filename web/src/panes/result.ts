import type { FromWorker, Output, Shown } from "../protocol.js";
import { copyButton, count, h } from "../view/dom.js";
import { placeLink, problemCard } from "../view/problem.js";
import { leaf, plain, size } from "../view/shown.js";
import { tree } from "../view/tree.js";
import { Pane } from "./pane.js";

/** Values, console lines and errors of a run, in the order in which they happened. */
export class ResultPane extends Pane {
  readonly key = "result";
  readonly label = "Result";
  #cards: HTMLElement[] = [];
  #stale = false;

  /** What is shown stays until there is something newer. */
  override began(): void {
    this.#stale = true;
    this.setAttribute("aria-busy", "true");
  }

  override receive(message: FromWorker): void {
    if (message.type === "output") this.add(message.output);
  }

  /** Shows one thing more. */
  add(output: Output): void {
    this.#clearStale();
    this.#cards.push(this.#card(output));
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
          h("div", { class: "values" }, ...output.values.map((value) => this.#consoleValue(value))),
        );
      case "value":
        return this.#value(output);
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

  #consoleValue(value: Shown): HTMLElement {
    if (value.kind === "error") return problemCard(value.problem, this.page.goTo);
    if (value.kind === "atom") {
      return value.type === "string" ? h("span", {}, value.text) : leaf(value);
    }
    return body(value, "Console value");
  }

  #value({ value, place }: Output & { kind: "value" }): HTMLElement {
    const rows = size(value);
    return h(
      "article",
      { class: "card" },
      h(
        "header",
        {},
        place === undefined
          ? h("span", { class: "place" }, "default export")
          : placeLink(place, this.page.goTo),
        rows !== undefined && h("span", { class: "count" }, rows),
        copyButton("Copy this value", () => plain(value)),
      ),
      body(value, "Result"),
    );
  }
}

function body(value: Shown, label: string): HTMLElement {
  const branches =
    value.kind === "list" ? value.length : value.kind === "record" ? value.fields.length : 0;
  return branches > 0 ? tree(value, label) : h("p", { class: "single" }, leaf(value));
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
