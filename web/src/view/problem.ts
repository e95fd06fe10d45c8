import type { Place, Problem } from "../protocol.js";
import { h } from "./dom.js";
import { sqlText } from "./sql-text.js";

/** Takes the reader to a line of an editor. */
export type GoTo = (place: Place) => void;

/** A link that says where in the sources something is. */
export function placeLink(place: Place, goTo: GoTo): HTMLElement {
  const text = `${place.path}:${place.line}`;
  return h(
    "button",
    { type: "button", class: "place", title: "Show this line", click: () => goTo(place) },
    text,
  );
}

/** An error, with everything it knows about itself. */
export function problemCard(problem: Problem, goTo: GoTo): HTMLElement {
  const facts: [string, string | undefined][] = [
    ["at", problem.path],
    ["constraint", problem.constraint],
    ["SQLite", problem.sqliteCode],
  ];
  const list = h("dl", { class: "facts" });
  for (const [name, value] of facts) {
    if (value !== undefined) list.append(h("dt", {}, name), h("dd", {}, value));
  }
  return h(
    "article",
    { class: "card problem" },
    h(
      "header",
      {},
      h("strong", {}, problem.name),
      problem.code !== undefined && h("span", { class: "chip" }, problem.code),
      problem.place && placeLink(problem.place, goTo),
    ),
    h("p", { class: "message" }, problem.message),
    problem.hint !== undefined && h("p", { class: "hint" }, problem.hint),
    list.childElementCount > 0 && list,
    problem.sql !== undefined && h("pre", {}, sqlText(problem.sql)),
  );
}

/** The same for where the statement stands above the error already. */
export function withoutSql({ sql: _, ...problem }: Problem): Problem {
  return problem;
}
