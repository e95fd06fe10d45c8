// What TypeScript says that a program costs.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = (name) =>
  fileURLToPath(new URL(`../../../node_modules/${name}/bin/tsc`, import.meta.url));

/** The compilers by name. The native one gets one thread: several would check the same types twice. */
export const compilers = {
  6: { bin: bin("typescript"), options: [] },
  7: { bin: bin("typescript-7"), options: ["--singleThreaded"] },
};

/**
 * Checks a program.
 * @returns its errors as lines, and its cost: counts, seconds of checking and megabytes
 */
export async function measure(folder, compiler) {
  const { bin: tsc, options } = compilers[compiler];
  const given = [tsc, "-p", folder, "--pretty", "false", "--extendedDiagnostics", ...options];
  const output = await new Promise((resolve, reject) =>
    execFile(process.execPath, given, { maxBuffer: 1 << 26 }, (failure, stdout, stderr) =>
      // tsc ends with 1 or 2 when the program has errors: these are a result.
      failure && ![1, 2].includes(failure.code) ? reject(failure) : resolve(stdout + stderr),
    ),
  );
  const number = (label) => {
    const [, value] = new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(output) ?? [];
    if (value === undefined) throw new Error(`TypeScript says no "${label}":\n${output}`);
    return Number(value);
  };
  return {
    errors: output.split("\n").filter((line) => /error TS\d+/.test(line)),
    instantiations: number("Instantiations"),
    types: number("Types"),
    check: number("Check time"),
    memory: number("Memory used") / 1024,
  };
}
