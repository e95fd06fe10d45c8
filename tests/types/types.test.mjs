// Checks the files of this folder with both compilers: what compiles should, and every
// @ts-expect-error is one. TypeScript 6 is the last one in JavaScript, 7 the native one.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** What a compiler says about a project of this folder, by lines. */
function complaints(compiler, project) {
  const url = new URL(`../../node_modules/${compiler}/bin/tsc`, import.meta.url);
  const given = [fileURLToPath(url), "--pretty", "false", "-p", project];
  return new Promise((resolve) =>
    execFile(process.execPath, given, { cwd: folder }, (_failure, stdout, stderr) =>
      resolve(`${stdout}${stderr}`.split("\n").filter((line) => line !== "")),
    ),
  );
}

for (const compiler of ["typescript", "typescript-7"]) {
  describe(compiler, async () => {
    const lines = await complaints(compiler, ".");

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

    test("programs need no types of the DOM", async () => {
      assert.deepEqual(await complaints(compiler, "tsconfig.no-dom.json"), []);
    });
  });
}
