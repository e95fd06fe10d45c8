import type { Entry, Shown } from "../protocol.js";

/** Where the parts of a value can be had that did not come with it; paths go by positions. */
export interface ValueSource {
  entries(path: readonly number[], from: number, to: number): Promise<readonly Entry[] | undefined>;
  /** The whole of a part as JSON. */
  text(path: readonly number[]): Promise<string | undefined>;
}

/** How many parts are asked for at once. */
const chunk = 200;

/** A part of a value as it stands in a view: closed or open, and perhaps not here yet. */
export class ValueNode {
  open = false;
  /** Parts of it cannot be had any more. */
  lost = false;
  #key: string | undefined;
  #value: Shown | undefined;
  #children: ValueNode[] | undefined;
  readonly #asked = new Set<number>();

  constructor(
    readonly parent: ValueNode | undefined,
    readonly index: number,
    entry?: Entry,
  ) {
    if (entry) [this.#key, this.#value] = entry;
  }

  /** Its name in its parent; a position while the name is not here. */
  get key(): string {
    return this.#key ?? String(this.index);
  }

  /** What stands there; undefined while it is not here. */
  get value(): Shown | undefined {
    return this.#value;
  }

  /** How deep it stands: the parts of the root are at level 1. */
  get level(): number {
    return this.parent === undefined ? 0 : this.parent.level + 1;
  }

  /** How many parts it has. */
  get size(): number {
    const value = this.#value;
    if (value?.kind === "list") return value.length;
    return value?.kind === "record" ? value.fields.length + value.more : 0;
  }

  /** The positions that lead to it from the root. */
  get path(): readonly number[] {
    return this.parent === undefined ? [] : [...this.parent.path, this.index];
  }

  /** The nodes from below the root to this one. */
  get trail(): readonly ValueNode[] {
    return this.parent === undefined ? [] : [...this.parent.trail, this];
  }

  /** The expression that leads to it in code: `[3].account.provider`. */
  get accessor(): string {
    const steps = this.trail.map(({ key, parent }) => {
      if (parent?.value?.kind === "list") return `[${key}]`;
      return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    });
    return steps.join("").replace(/^\./, "");
  }

  /** Its parts; those that are not here have no value. */
  get children(): readonly ValueNode[] {
    this.#children ??= Array.from(
      { length: this.size },
      (_, index) => new ValueNode(this, index, entryOf(this.#value, index)),
    );
    return this.#children;
  }

  /** Asks for the part at a position with its neighbours, once; tells when they are here. */
  async load(index: number, source: ValueSource): Promise<boolean> {
    const from = index - (index % chunk);
    if (this.#asked.has(from)) return false;
    this.#asked.add(from);
    const to = Math.min(from + chunk, this.size);
    for (let next = from; next < to;) {
      const entries = (await source.entries(this.path, next, to)) ?? [];
      if (entries.length === 0) this.lost = true;
      if (this.lost) break;
      for (const entry of entries) this.#children?.[next++]?.take(entry);
    }
    return true;
  }

  /** Fills in what was not here. */
  take(entry: Entry): void {
    if (this.#value === undefined) [this.#key, this.#value] = entry;
  }
}

function entryOf(value: Shown | undefined, index: number): Entry | undefined {
  if (value?.kind === "record") return value.fields[index];
  const item = value?.kind === "list" ? value.items[index] : undefined;
  return item && [String(index), item];
}

/** Nodes with those below them that are not inside of a closed one, in order. */
export function visibleNodes(tops: readonly ValueNode[]): ValueNode[] {
  const nodes: ValueNode[] = [];
  const visit = (node: ValueNode): void => {
    nodes.push(node);
    if (node.open) node.children.forEach(visit);
  };
  tops.forEach(visit);
  return nodes;
}
