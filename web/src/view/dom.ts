type Child = Node | string | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | (() => void)>>;

/** Makes an element: functions are listeners (`click`), `true` is an empty attribute, `false` is none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

/** The element of the page with this id; its absence is a mistake of ours. */
export function byId<T extends HTMLElement = HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} #${id}`);
  return element;
}

/** A number of things in words: `1 row`, `1,204 rows`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
}

/** A duration as people read it. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} µs`;
  if (milliseconds < 1000) return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Puts text on the clipboard, also when it is still on its way; false when it does not come. */
export async function copyText(text: string | Promise<string | undefined>): Promise<boolean> {
  const blob = Promise.resolve(text).then((known) => {
    if (known === undefined) throw new Error("There is nothing to copy.");
    return new Blob([known], { type: "text/plain" });
  });
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return false;
  }
}

/** A button that copies text and says so for a moment. */
export function copyButton(
  label: string,
  text: () => string | Promise<string | undefined>,
  shown = "Copy",
): HTMLButtonElement {
  const button = h("button", { type: "button", class: "quiet", "aria-label": label }, shown);
  button.addEventListener("click", () => {
    void copyText(text()).then((done) => {
      button.textContent = done ? "Copied" : "Not copied";
      setTimeout(() => (button.textContent = shown), 1_500);
    });
  });
  return button;
}

/** Does something when the page has nothing else to do; not all browsers tell when that is. */
export function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 200);
}
