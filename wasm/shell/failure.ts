/** How the command ends. */
export const exitCodes = {
  done: 0,
  /** A migration, a file or a statement failed. */
  failed: 1,
  /** The command line or the settings are wrong. */
  usage: 2,
  /** It has to be known what was renamed. */
  questions: 3,
  /** Values would be lost, or rows are in the way. */
  risks: 4,
  /** `check` found something. */
  found: 5,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A failure that the command tells in its own words. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly hint = "",
    readonly exitCode: ExitCode = exitCodes.usage,
  ) {
    super(message);
  }
}
