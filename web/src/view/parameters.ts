import type { Shown } from "../protocol.js";
import { h } from "./dom.js";
import { leaf } from "./shown.js";

/** A value that was bound, by the placeholder that it stands for. */
export interface Parameter {
  readonly name: string;
  readonly value: Shown;
}

/** The values that were bound, by position. */
export function parameters(params: readonly Shown[]): HTMLElement | undefined {
  return namedParameters(params.map((value, index) => ({ name: `?${index + 1}`, value })));
}

/** The values that were bound, by name. */
export function namedParameters(params: readonly Parameter[]): HTMLElement | undefined {
  if (params.length === 0) return undefined;
  const items = params.map(({ name, value }) =>
    h("li", {}, h("span", { class: "ordinal" }, name), leaf(value)),
  );
  return h("ol", { class: "parameters", "aria-label": "Parameters" }, ...items);
}
