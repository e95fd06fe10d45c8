import { join } from "node:path";
import type { RenameQuestion } from "virga";
import { generate as generateMigration, postgresStatements } from "virga/migrator";
import type { Command, Flags } from "../command.js";
import { exitCodes, Failure, type ExitCode } from "../failure.js";
import { folderAt, writeFiles } from "../migrations-folder.js";
import { schemaOf } from "../modules.js";
import type { Output } from "../output.js";
import { Answers, ask, optionsFor, subject } from "../renames.js";
import type { Settings } from "../settings.js";

export const generate: Command = async (settings, flags, output) => {
  const { out, breakpoints, casing, migrations } = settings;
  if (settings.schema.length === 0 && !flags.custom) throw withoutSchema();
  const schema = await schemaOf(settings.schema);
  if (settings.dialect === "postgresql") return generatePostgres(schema, settings, flags, output);
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

/** The statements that create the schema; what changes later is not known without a Postgres. */
function generatePostgres(
  schema: Readonly<Record<string, unknown>>,
  { out, casing }: Settings,
  { name = "migration" }: Flags,
  output: Output,
): ExitCode {
  if (Object.keys(folderAt(out)).length > 0)
    throw new Failure(
      `For Postgres only the first migration is generated, and ${out} has one.`,
      "Migrations that follow are generated for SQLite.",
    );
  const path = `0000_${name}.sql`;
  const statements = postgresStatements({ schema, casing });
  writeFiles(out, { [path]: statements.map((sql) => `${sql};\n`).join("\n") });
  output.add({ name, files: [join(out, path)] });
  output.line(`Wrote ${join(out, path)}`);
  return exitCodes.done;
}

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
