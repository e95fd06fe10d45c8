import { applyMigration, drizzle, previewMigration, type MigrationOptions } from "virga";
import { defaultTable } from "virga/migrator";
import type { Command } from "../command.js";
import { DatabaseFile } from "../database-file.js";
import { exitCodes } from "../failure.js";
import { schemaOf } from "../modules.js";
import { Answers } from "../renames.js";
import { answerAll, withoutSchema } from "./generate.js";

export const push: Command = async (settings, flags, output) => {
  if (settings.schema.length === 0) throw withoutSchema();
  const schema = await schemaOf(settings.schema);
  const file = new DatabaseFile(settings.url);
  const db = drizzle(file.client, { schema, casing: settings.casing });
  const answers = new Answers(flags.rename ?? [], flags.create ?? []);
  const options: MigrationOptions = {
    answers,
    allow: flags.allow ?? [],
    without: [settings.migrations.table ?? defaultTable],
  };
  let report = await previewMigration(db, options);
  while (report.questions.length > 0) {
    if (!(await answerAll(report.questions, answers, output))) return exitCodes.questions;
    report = await previewMigration(db, options);
  }
  const { changes, risks, up } = report;
  output.add({ changes, risks, sql: up });
  for (const { words } of changes) output.line(`  ${words}`);
  const refused = risks.filter(({ allowed }) => !allowed);
  if (refused.length > 0) {
    const told = refused.map(({ words, sample }) => `${words} (${sample.join(", ")})`);
    const names = refused.filter(({ canBeAllowed }) => canBeAllowed).map(({ name }) => name);
    output.fail({
      code: "data_at_risk",
      message: told.join("\n  "),
      hint: names.map((name) => `--allow ${name}`).join(" "),
    });
    return exitCodes.risks;
  }
  if (flags["dry-run"]) {
    for (const statement of up) output.line(`${statement};`);
    return exitCodes.done;
  }
  await applyMigration(db, options);
  file.save();
  output.line(changes.length === 0 ? "Nothing changed." : "Done.");
  return exitCodes.done;
};
