import { html } from "lit";

let groups = 0;

/** What can be chosen, by key, and what is told of the choice. */
export interface Choice<K extends string> {
  readonly label: string;
  readonly options: Readonly<Partial<Record<K, string>>>;
  readonly choose: (key: K) => void;
}

/** Makes a row of radio buttons; the function that renders it takes what is chosen. */
export function choice<K extends string>({
  label,
  options,
  choose,
}: Choice<K>): (chosen: K) => unknown {
  const name = `choice-${groups++}`;
  const keys = Object.keys(options) as K[];
  return (chosen) =>
    html`<div class="choice" role="radiogroup" aria-label=${label}>
      ${keys.map(
        (key) =>
          html`<label
            ><input
              type="radio"
              name=${name}
              value=${key}
              .checked=${key === chosen}
              @change=${() => choose(key)}
            /><span>${options[key]}</span></label
          >`,
      )}
    </div>`;
}

/** Recalls what was chosen in this session; storage may be forbidden, and then it is forgotten. */
export function recallChoice<K extends string>(name: string, keys: readonly K[], otherwise: K): K {
  try {
    const found = sessionStorage.getItem(`virga-${name}`);
    return keys.find((key) => key === found) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Remembers a choice for this session. */
export function rememberChoice(name: string, key: string): void {
  try {
    sessionStorage.setItem(`virga-${name}`, key);
  } catch {
    return;
  }
}
