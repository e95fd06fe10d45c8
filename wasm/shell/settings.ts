import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "virga/migrator";
import { Failure } from "./failure.js";
import { exportsOf } from "./modules.js";

/** What the settings and the command line say together. */
export interface Settings {
  readonly schema: readonly string[];
  readonly out: string;
  readonly dialect: "sqlite" | "postgresql";
  readonly url: string | undefined;
  readonly breakpoints: boolean;
  readonly casing: Config["casing"];
  readonly migrations: NonNullable<Config["migrations"]>;
}

/** What of the command line overrides the settings. */
export interface Overrides {
  readonly config?: string | undefined;
  readonly schema?: string | undefined;
  readonly out?: string | undefined;
  readonly dialect?: string | undefined;
  readonly url?: string | undefined;
  readonly format?: string | undefined;
}

const usualNames = ["ts", "mts", "js", "mjs", "cjs", "json"].map((end) => `drizzle.config.${end}`);
const sqliteDialects = ["sqlite", "turso"];

/** Reads the settings, if there are any; the command line has the last word. */
export async function readSettings(given: Overrides): Promise<Settings> {
  const config = await readConfig(given.config);
  const dialect = given.dialect ?? config.dialect ?? "sqlite";
  if (!sqliteDialects.includes(dialect) && dialect !== "postgresql")
    throw new Failure(`The dialect is sqlite or postgresql, not ${dialect}.`);
  const schema = given.schema ?? config.schema ?? [];
  const { format } = given;
  if (format !== undefined && format !== "journal" && format !== "folders")
    throw new Failure(`The format of a folder is journal or folders, not ${format}.`);
  return {
    schema: typeof schema === "string" ? [schema] : schema,
    out: given.out ?? config.out ?? "drizzle",
    dialect: dialect === "postgresql" ? dialect : "sqlite",
    url: given.url ?? config.dbCredentials?.url,
    breakpoints: config.breakpoints ?? true,
    casing: config.casing,
    migrations: { ...config.migrations, ...(format && { format }) },
  };
}

async function readConfig(path: string | undefined): Promise<Config> {
  const found = path ?? usualNames.find((name) => existsSync(name));
  if (found === undefined) return {};
  if (!existsSync(found)) throw new Failure(`There are no settings at ${found}.`);
  const { default: config } = await exportsOf(resolve(found));
  if (typeof config === "object" && config !== null) return config as Config;
  throw new Failure(`The settings in ${found} are its default export, an object.`);
}
