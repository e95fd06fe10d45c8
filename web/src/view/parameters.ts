import type { Shown } from "../protocol.js";
import { h } from "./dom.js";
import { leaf } from "./shown.js";

/** The values that were bound, by position. */
export function parameters(params: readonly Shown[]): HTMLElement | undefined {
  if (params.length === 0) return undefined;
  const items = params.map((param, index) =>
    h("li", {}, h("span", { class: "ordinal" }, `?${index + 1}`), leaf(param)),
  );
  return h("ol", { class: "parameters", "aria-label": "Parameters" }, ...items);
}
