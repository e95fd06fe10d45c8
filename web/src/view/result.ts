import type { Output, Shown } from "../protocol.js";
import { copyButton, count, h } from "./dom.js";
import { placeLink, problemCard, type GoTo } from "./problem.js";
import { leaf, plain, size } from "./shown.js";
import { tree } from "./tree.js";

/** The result pane: values, console lines and errors of a run, in the order in which they happened. */
export class ResultPane {
  readonly #list: HTMLElement;
  readonly #goTo: GoTo;
  #stale = false;

  constructor(list: HTMLElement, goTo: GoTo) {
    this.#list = list;
    this.#goTo = goTo;
  }

  /** A run begins; what is shown stays until there is something newer. */
  begin(): void {
    this.#stale = true;
    this.#list.setAttribute("aria-busy", "true");
  }

  add(output: Output): void {
    this.#clearStale();
    this.#list.append(this.#card(output));
  }

  /** The run is over; one that showed nothing leaves an empty pane, not the results of another. */
  end(): void {
    this.#clearStale();
    this.#list.removeAttribute("aria-busy");
  }

  #clearStale(): void {
    if (this.#stale) this.#list.replaceChildren();
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
          output.place && placeLink(output.place, this.#goTo),
          h("span", { class: "count" }, `${count(output.changes, "row")} changed`),
        );
      case "exports":
        return exportsCard(output.path, output.names);
      case "notice":
        return h("p", { class: "notice" }, output.text);
      case "problem":
        return h("div", { role: "alert" }, problemCard(output.problem, this.#goTo));
    }
  }

  #consoleValue(value: Shown): HTMLElement {
    if (value.kind === "error") return problemCard(value.problem, this.#goTo);
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
          : placeLink(place, this.#goTo),
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
