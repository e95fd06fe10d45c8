import { begin } from "../cage/begin.js";
import { describeProblem } from "../worker/problems.js";
import { DataBase } from "./database.js";
import { generateRows, type GenerateOptions } from "./generate.js";
import type {
  Cell,
  Filter,
  Format,
  FromData,
  Progress,
  RowKey,
  Selection,
  ToData,
} from "./protocol.js";
import { exportFile, importText } from "./transfer.js";

let database: DataBase | undefined;
let cancelled = false;
let report: (progress: Progress) => void = () => {};

const there = async (): Promise<DataBase> => (database ??= await DataBase.open());

/** Tells how far work has come, and lets a wish to cancel be heard. */
async function step(progress: Progress): Promise<void> {
  report(progress);
  await new Promise((resolve) => setTimeout(resolve));
  if (cancelled) throw new Error("Cancelled: nothing was changed.");
}

/** What the page can ask of the data worker. */
const methods = {
  open: async (bytes: Uint8Array) => {
    const opened = await DataBase.open(bytes);
    await opened.tables();
    database?.client.close();
    database = opened;
  },
  /** The database as a file. */
  bytes: async () => (await there()).client.export(),
  /** Runs statements: all of them or none. */
  exec: async (statements: readonly string[]) => {
    const { client, atOnce } = await opened();
    await atOnce(async () => statements.forEach((statement) => client.exec(statement)));
  },
  /** A schema.ts of the tables, as `virga pull` writes it. */
  source: async () => (await there()).source(),
  tables: async () => (await there()).tables(),
  page: async (selection: Selection) => (await there()).page(selection),
  summary: async (table: string, filter: Filter | undefined) =>
    (await there()).summary(table, filter),
  update: async (table: string, key: RowKey, column: string, value: Cell) =>
    (await there()).update(table, key, column, value),
  insert: async (table: string, values: Readonly<Record<string, Cell>>) =>
    (await there()).insert(table, values),
  remove: async (table: string, keys: readonly RowKey[]) => (await there()).remove(table, keys),
  whole: async (table: string, key: RowKey, column: string) =>
    (await there()).whole(table, key, column),
  importText: async (name: string, text: string) => importText(await there(), name, text, step),
  exportFile: async (format: Format, table: string) => exportFile(await there(), format, table),
  generate: async (options: GenerateOptions) => generateRows(await there(), options, step),
};

async function opened() {
  const data = await there();
  return { client: data.client, atOnce: <T>(work: () => Promise<T>) => data.atOnce(work) };
}

export type DataMethods = typeof methods;

type Post = (message: FromData) => void;

async function answer(
  post: Post,
  id: number,
  method: string,
  args: readonly unknown[],
): Promise<void> {
  cancelled = false;
  report = (progress) => post({ id, progress });
  try {
    const call = methods[method as keyof DataMethods] as (...args: unknown[]) => Promise<unknown>;
    post({ id, value: await call(...args) });
  } catch (error) {
    post({ id, problem: describeProblem(error, () => false) });
  }
}

/** Calls are answered one after another. */
void begin().then(({ port, loaded }) => {
  const post: Post = (message) => port.postMessage(message);
  let last = loaded;
  port.onmessage = ({ data }: MessageEvent<ToData>) => {
    if ("cancel" in data) cancelled = true;
    else last = last.then(() => answer(post, data.id, data.method, data.args));
  };
});
