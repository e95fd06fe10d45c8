import type { ExitCode } from "./failure.js";
import type { Output } from "./output.js";
import type { Settings } from "./settings.js";

/** The flags of the command line that commands read. */
export interface Flags {
  readonly name?: string | undefined;
  readonly custom?: boolean | undefined;
  readonly rename?: readonly string[] | undefined;
  readonly create?: readonly string[] | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly "dry-run"?: boolean | undefined;
  readonly down?: boolean | undefined;
  readonly force?: boolean | undefined;
  readonly port?: string | undefined;
  readonly init?: boolean | undefined;
}

/** One of the command's words. */
export type Command = (settings: Settings, flags: Flags, output: Output) => Promise<ExitCode>;
