import { entityKind } from "../base/entity.js";
import type { SqlValue } from "../ast/value.js";

/** Is told of every query before it runs, with its statements one after the other. */
export interface Logger {
  /** Takes one statement with the parameters of its query. */
  logQuery(query: string, params: unknown[]): void;
}

/** Takes the lines of a logger. */
export interface LogWriter {
  /** Takes one line. */
  write(message: string): void;
}

/** Writes lines to the console. */
export class ConsoleLogWriter implements LogWriter {
  static readonly [entityKind]: string = "ConsoleLogWriter";

  /** Writes one line. */
  write(message: string): void {
    console.log(message);
  }
}

/** Writes a line for every query, to the console unless another writer is given. */
export class DefaultLogger implements Logger {
  static readonly [entityKind]: string = "DefaultLogger";

  /** Where the lines go. */
  readonly writer: LogWriter;

  constructor({ writer = new ConsoleLogWriter() }: { readonly writer?: LogWriter } = {}) {
    this.writer = writer;
  }

  /** Writes one statement with the parameters of its query. */
  logQuery(query: string, params: unknown[]): void {
    const list = params.map(shown).join(", ");
    this.writer.write(`Query: ${query}${list && ` -- params: [${list}]`}`);
  }
}

/** Writes nothing. */
export class NoopLogger implements Logger {
  static readonly [entityKind]: string = "NoopLogger";

  /** Does nothing. */
  logQuery(): void {}
}

/** The logger that a database's configuration asks for. */
export function loggerOf(logger: boolean | Logger | undefined): Logger | undefined {
  if (typeof logger === "object") return logger;
  return logger ? new DefaultLogger() : undefined;
}

/** A parameter as JSON, where JSON can say it. */
function shown(param: unknown): string {
  return typeof param === "bigint" ? String(param) : JSON.stringify(param as SqlValue);
}
