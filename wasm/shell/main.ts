#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { check } from "./commands/check.js";
import { generate } from "./commands/generate.js";
import { migrate } from "./commands/migrate.js";
import { pull } from "./commands/pull.js";
import { push } from "./commands/push.js";
import { studio } from "./commands/studio.js";
import type { Command } from "./command.js";
import { exitCodes, Failure, type ExitCode } from "./failure.js";
import { help } from "./help.js";
import { Output } from "./output.js";
import { readSettings } from "./settings.js";

const commands: Readonly<Record<string, Command>> = {
  generate,
  migrate,
  push,
  pull,
  check,
  studio,
};

function readArguments() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const many = { type: "string", multiple: true } as const;
  const options = {
    ...{ config: text, schema: text, out: text, url: text, dialect: text },
    ...{ name: text, custom: flag, format: text, rename: many, create: many },
    ...{ allow: many, port: text, "dry-run": flag, down: flag, init: flag, force: flag },
    ...{ json: flag, help: { ...flag, short: "h" }, version: { ...flag, short: "v" } },
  } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new Failure((error as Error).message, "virga --help lists the options.");
  }
}

async function run(output: Output): Promise<ExitCode> {
  const { values, positionals } = readArguments();
  if (values.version) {
    const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
    output.line((JSON.parse(manifest) as { version: string }).version);
    return exitCodes.done;
  }
  const [name = "", ...more] = positionals;
  const command = commands[name];
  if (values.help || positionals.length === 0) {
    output.line(help);
    return values.help ? exitCodes.done : exitCodes.usage;
  }
  if (!command || more.length > 0)
    throw new Failure(
      `There is no command "${positionals.join(" ")}".`,
      `The commands are ${Object.keys(commands).join(", ")}.`,
    );
  return command(await readSettings(values), values, output);
}

async function main(): Promise<void> {
  const output = new Output(process.argv.includes("--json"));
  try {
    process.exitCode = await run(output);
  } catch (error) {
    output.fail(error as Error);
    process.exitCode = error instanceof Failure ? error.exitCode : exitCodes.failed;
  }
  output.end();
}

await main();
