import { fromHash, toHash } from "./link.js";
import { Shelf } from "./shelf.js";
import type { Workspace } from "./workspace.js";

/** The page, as a session sees it. */
export interface SessionHost {
  workspace(): Promise<Workspace>;
  /** Shows a workspace; what a stranger made is not run before it was looked at. */
  open(workspace: Workspace, stranger: boolean): Promise<void>;
  /** The name, or whether it is kept, changed. */
  named(): void;
}

/** Whether the page is a frame in another one: it keeps nothing then. */
export const embedded = new URLSearchParams(location.search).has("embed");

const current = "virga-playground";
const delay = 400;

/** Which playground is open, and where it is kept: in this browser by its name, or in the address. */
export class Session {
  readonly #host: SessionHost;
  readonly #shelf = new Shelf();
  #name = "";
  #kept = false;
  #timer = 0;

  constructor(host: SessionHost) {
    this.#host = host;
    addEventListener("pagehide", () => void this.#flush());
    addEventListener("hashchange", () => void this.#openLink());
  }

  /** The name of the playground that is open. */
  get name(): string {
    return this.#name;
  }

  /** Whether it is kept in this browser. */
  get kept(): boolean {
    return this.#kept;
  }

  names(): Promise<readonly string[]> {
    return this.#shelf.names();
  }

  /** Opens what the address holds, else what was open last; false when there is neither. */
  async restore(): Promise<boolean> {
    if (await this.#openLink()) return true;
    const name = embedded ? null : stored();
    const workspace = name === null ? undefined : await this.#shelf.read(name);
    if (name === null || !workspace) return false;
    await this.#show(name, workspace, true);
    return true;
  }

  /** Opens a workspace that is kept when it is changed. */
  async begin(title: string, workspace: Workspace): Promise<void> {
    await this.#flush();
    const taken = await this.#shelf.names();
    let name = title;
    for (let count = 2; taken.includes(name); count += 1) name = `${title} ${count}`;
    await this.#show(name, workspace, false);
  }

  /** Opens a playground that is kept. */
  async open(name: string): Promise<void> {
    await this.#flush();
    const workspace = await this.#shelf.read(name);
    if (workspace) await this.#show(name, workspace, true);
  }

  /** Keeps the playground under another name. */
  async rename(name: string): Promise<void> {
    const old = this.#kept ? this.#name : undefined;
    this.#name = name;
    await this.#save();
    if (old !== undefined && old !== name) await this.#shelf.remove(old);
  }

  async remove(name: string): Promise<void> {
    await this.#shelf.remove(name);
    if (name !== this.#name) return;
    this.#kept = false;
    this.#host.named();
  }

  /** What is open was changed by its reader: it is kept from now on. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#save(), delay);
  }

  /** Another file or pane is shown: worth to be kept when the rest is. */
  looked(): void {
    if (this.#kept) this.changed();
  }

  /** A link to what is open. */
  async link(withData: boolean): Promise<string> {
    const { data, ...rest } = await this.#host.workspace();
    const hash = await toHash(withData ? { ...rest, data } : rest);
    const { origin, pathname, protocol, href } = location;
    return (protocol === "file:" ? href.replace(/[?#].*$/, "") : origin + pathname) + hash;
  }

  async #openLink(): Promise<boolean> {
    const workspace = await fromHash(location.hash);
    if (!workspace) return false;
    this.#name = "From a link";
    this.#kept = false;
    this.#host.named();
    await this.#host.open(workspace, true);
    this.#settle();
    return true;
  }

  async #show(name: string, workspace: Workspace, kept: boolean): Promise<void> {
    this.#name = name;
    this.#kept = kept;
    if (kept) store(name);
    dropHash();
    await this.#host.open(workspace, false);
    this.#settle();
    this.#host.named();
  }

  /** What opening changed is no change of the reader's. */
  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  async #flush(): Promise<void> {
    if (this.#timer !== 0) await this.#save();
  }

  async #save(): Promise<void> {
    this.#settle();
    if (embedded || !(await this.#shelf.works())) return;
    await this.#shelf.write(this.#name, await this.#host.workspace());
    store(this.#name);
    this.#kept = true;
    dropHash();
    this.#host.named();
  }
}

/** A link that was opened is no longer what is shown. */
function dropHash(): void {
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
}

function stored(): string | null {
  try {
    return localStorage.getItem(current);
  } catch {
    return null;
  }
}

function store(name: string): void {
  try {
    localStorage.setItem(current, name);
  } catch {
    // What was open last is not remembered where nothing may be stored.
  }
}
