import { isWorkspace, type Workspace } from "./workspace.js";

/** A playground as it is kept. */
interface Kept {
  readonly name: string;
  readonly changed: number;
  readonly workspace: Workspace;
}

const database = "virga";
const store = "playgrounds";

/**
 * The playgrounds that are kept in this browser, by name. Where it keeps nothing (private windows, files opened
 * from disk), all calls do nothing.
 */
export class Shelf {
  readonly #opened: Promise<IDBDatabase | undefined>;

  constructor() {
    this.#opened = open().catch(() => undefined);
  }

  /** Whether anything can be kept here. */
  async works(): Promise<boolean> {
    return (await this.#opened) !== undefined;
  }

  /** The names, the one that was changed last first. */
  async names(): Promise<readonly string[]> {
    const all = ((await this.#do("readonly", (each) => each.getAll())) ?? []) as Kept[];
    return all.toSorted((a, b) => b.changed - a.changed).map(({ name }) => name);
  }

  async read(name: string): Promise<Workspace | undefined> {
    const kept = (await this.#do("readonly", (each) => each.get(name))) as Kept | undefined;
    return isWorkspace(kept?.workspace) ? kept.workspace : undefined;
  }

  async write(name: string, workspace: Workspace): Promise<void> {
    const kept: Kept = { name, changed: Date.now(), workspace };
    await this.#do("readwrite", (each) => each.put(kept));
  }

  async remove(name: string): Promise<void> {
    await this.#do("readwrite", (each) => each.delete(name));
  }

  async #do(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest,
  ): Promise<unknown> {
    const opened = await this.#opened;
    return opened && settled(work(opened.transaction(store, mode).objectStore(store)));
  }
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.addEventListener("upgradeneeded", () =>
    request.result.createObjectStore(store, { keyPath: "name" }),
  );
  return (await settled(request)) as IDBDatabase;
}

function settled(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("refused")));
  });
}
