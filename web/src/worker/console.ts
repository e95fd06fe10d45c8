import type { ConsoleLevel, Output } from "../protocol.js";
import { inspect } from "./inspect.js";
import { Values } from "./values.js";

const maxLines = 1_000;

/** A console for user code that writes to the result pane; what it does not know goes to the browser's. */
export function createConsole(
  emit: (output: Output) => void,
  kept: Values = new Values(),
): Console {
  let lines = 0;
  const write =
    (level: ConsoleLevel) =>
    (...values: unknown[]): void => {
      lines += 1;
      if (lines > maxLines + 1) return;
      if (lines > maxLines)
        emit({ kind: "notice", text: `Console lines after the first ${maxLines} are not shown.` });
      else {
        const ids = values.map((value) => kept.keep(value));
        emit({ kind: "console", level, values: values.map(inspect), ids });
      }
    };
  return Object.assign(Object.create(console) as Console, {
    log: write("log"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    debug: write("debug"),
    table: write("log"),
    dir: write("log"),
  });
}
