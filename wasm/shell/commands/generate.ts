import { join } from "node:path";
import type { RenameQuestion } from "virga";
import { generate as generateMigration } from "virga/migrator";
import type { Command } from "../command.js";
import { exitCodes, Failure } from "../failure.js";
import { folderAt, writeFiles } from "../migrations-folder.js";
import { schemaOf } from "../modules.js";
import type { Output } from "../output.js";
import { Answers, ask, optionsFor, subject } from "../renames.js";

export const generate: Command = async (settings, flags, output) => {
  const { out, breakpoints, casing, migrations } = settings;
  if (settings.schema.length === 0 && !flags.custom) throw withoutSchema();
  if (settings.dialect === "postgresql")
    throw new Failure("Migrations are generated for SQLite; tables of pg-core are stored in it.");
  const schema = await schemaOf(settings.schema);
  const answers = new Answers(flags.rename ?? [], flags.create ?? []);
  for (;;) {
    const made = await generateMigration({
      ...{ schema, casing, breakpoints, answers, folder: folderAt(out) },
      ...{ name: flags.name, custom: flags.custom },
      ...{ prefix: migrations.prefix, format: migrations.format },
    });
    const { questions, changes, irreversible } = made.migration;
    if (questions.length > 0) {
      if (!(await answerAll(questions, answers, output))) return exitCodes.questions;
      continue;
    }
    for (const { words, loss } of changes) output.line(`  ${words}${loss ? ` (${loss})` : ""}`);
    for (const why of irreversible) output.line(`  not brought back by its down file: ${why}`);
    writeFiles(out, made.files);
    const files = Object.keys(made.files).map((path) => join(out, path));
    output.add({ name: made.name ?? null, files, changes, irreversible });
    output.line(made.name === undefined ? "Nothing changed." : `Wrote ${files.join(", ")}`);
    return exitCodes.done;
  }
};

export const withoutSchema = (): Failure =>
  new Failure("No schema is named.", "Settings name it as schema, the command line as --schema.");

/** Asks on a terminal; elsewhere says how the command line answers. */
export async function answerAll(
  questions: readonly RenameQuestion[],
  answers: Answers,
  output: Output,
): Promise<boolean> {
  const canAsk = process.stdin.isTTY && process.stdout.isTTY && !output.json;
  if (canAsk) {
    for (const question of questions) answers.answer(question, await ask(question));
    return true;
  }
  output.add({ questions });
  const options = questions.flatMap(optionsFor);
  output.fail({
    code: "ambiguous_rename",
    message: `New or renamed? ${questions.map(subject).join(", ")}`,
    hint: `The command line says it: ${options.join(", ")}`,
  });
  return false;
}
