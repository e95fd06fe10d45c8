import { createInterface } from "node:readline/promises";
import type { RenameAnswers, RenameQuestion } from "virga";
import { Failure } from "./failure.js";

type Names = Record<string, string | null>;

/** Answers that grow: by the command line, then by questions. */
export class Answers implements RenameAnswers {
  readonly tables: Names = {};
  readonly columns: Record<string, Names> = {};

  /**
   * @param renames `old->new` for tables, `table.old->table.new` for columns, with the table's new name
   * @param created `table` or `table.column` for what is new, and was nothing before
   */
  constructor(renames: readonly string[], created: readonly string[]) {
    for (const text of renames) {
      const [, before, after] = /^(.+?)\s*->\s*(.+)$/.exec(text) ?? [];
      if (!before || !after) throw new Failure(`A rename is written old->new, not ${text}.`);
      const [name, column] = parts(after);
      const old = parts(before);
      if ((column === undefined) !== (old[1] === undefined))
        throw new Failure(`A rename is of a table or of a column, not ${text}.`);
      this.#add(name, column, old[1] ?? old[0]);
    }
    for (const text of created) this.#add(...parts(text), null);
  }

  answer({ table, created }: RenameQuestion, old: string | null): void {
    if (table === undefined) this.#add(created, undefined, old);
    else this.#add(table, created, old);
  }

  #add(table: string, column: string | undefined, old: string | null): void {
    if (column === undefined) this.tables[table] = old;
    else (this.columns[table] ??= {})[column] = old;
  }
}

function parts(text: string): [string, string | undefined] {
  const [name = "", column, ...more] = text.split(".");
  if (name === "" || column === "" || more.length > 0)
    throw new Failure(`A name is that of a table, or table.column, not ${text}.`);
  return [name, column];
}

/** What a question is about, in words. */
export const subject = ({ kind, table, created }: RenameQuestion): string =>
  `${kind} ${table === undefined ? "" : `${table}.`}${created}`;

/** The options of the command line that answer a question. */
export function optionsFor({ table, created, candidates }: RenameQuestion): readonly string[] {
  const name = (own: string): string => (table === undefined ? own : `${table}.${own}`);
  return [
    ...candidates.map((old) => `--rename '${name(old)}->${name(created)}'`),
    `--create ${name(created)}`,
  ];
}

/** Asks on the terminal what a new name was before. */
export async function ask(question: RenameQuestion): Promise<string | null> {
  const { candidates } = question;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const lines = [
    `Is the ${subject(question)} new, or renamed?`,
    "  0  it is new",
    ...candidates.map((old, index) => `  ${index + 1}  it was ${old}`),
  ];
  try {
    for (;;) {
      const text = (await terminal.question(`${lines.join("\n")}\n> `)).trim();
      if (text === "0") return null;
      const chosen = candidates[Number(text) - 1];
      if (chosen !== undefined) return chosen;
    }
  } finally {
    terminal.close();
  }
}
