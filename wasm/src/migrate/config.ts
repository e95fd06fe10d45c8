import type { CasingName } from "../schema/casing.js";
import type { FolderFormat } from "./folder.js";
import type { Prefix } from "./write.js";

/** The settings of the shell command, as `drizzle.config.ts` has them. Others of drizzle-kit's are ignored. */
export interface Config {
  /** The files of the schema: paths, folders, patterns with stars. */
  readonly schema?: string | readonly string[];
  /** The migrations folder: `drizzle` when nothing is said. */
  readonly out?: string;
  /** `sqlite` when nothing is said; of `postgresql` only SQL is generated. */
  readonly dialect?: string;
  /** The database file. */
  readonly dbCredentials?: { readonly url?: string };
  /** Whether marks part the statements of a migration; drizzle-orm needs them. */
  readonly breakpoints?: boolean;
  /** Makes the names of columns that have none of their own from their keys. */
  readonly casing?: CasingName;
  /** How migrations are kept. */
  readonly migrations?: {
    /** The table of what has run: `__drizzle_migrations` when nothing is said. */
    readonly table?: string;
    /** What the files of a journal begin with: a number when nothing is said. */
    readonly prefix?: Prefix;
    /** The form of a new folder: that of drizzle-kit v1 (`folders`) when nothing is said. */
    readonly format?: FolderFormat;
  };
}

/** Gives settings their type: the default export of `drizzle.config.ts`. */
export const defineConfig = (config: Config): Config => config;
