// Checks the files of this folder with tsc: what compiles should, and every @ts-expect-error is one.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const tsc = fileURLToPath(new URL("../../node_modules/typescript-7/bin/tsc", import.meta.url));

/** What tsc says about a project of this folder, by lines. */
function complaints(project) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [tsc, "--pretty", "false", "-p", project],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  return `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
}

const lines = complaints(".");

for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
  test(file, () => {
    const own = lines.filter((line) => line.startsWith(`${file}(`));
    assert.equal(own.join("\n"), "");
  });
}

test("no errors outside of the files", () => {
  const others = lines.filter((line) => /^\S/.test(line) && !/^[\w-]+\.ts\(/.test(line));
  assert.equal(others.join("\n"), "");
});

test("programs need no types of the DOM", () => {
  assert.deepEqual(complaints("tsconfig.no-dom.json"), []);
});
