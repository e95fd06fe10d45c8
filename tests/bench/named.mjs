// A build of ours whose wasm functions keep their names, for profiles and sizes: linked from the
// objects of build/wasm with --profiling-funcs, which changes no code.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sectionSizes } from "./sections.mjs";

const build = fileURLToPath(new URL("../../build/", import.meta.url));
const named = join(build, "bench/named");

/** The folder of the package's build with names; linked again when the wasm is newer. */
export function namedBuild() {
  const own = join(build, "npm");
  if ("name" in sectionSizes(readFileSync(join(own, "virga.wasm")))) return own;
  const wasm = join(build, "wasm/virga.wasm");
  const linked = join(named, "link/virga.wasm");
  const time = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
  mkdirSync(join(named, "link"), { recursive: true });
  if (time(linked) < time(wasm)) link(linked.replace(/wasm$/, "js"));
  cpSync(own, join(named, "npm"), { recursive: true });
  for (const file of ["virga.js", "virga.wasm"])
    copyFileSync(join(named, "link", file), join(named, "npm", file));
  return join(named, "npm");
}

/** Runs the command that ninja linked the module with, for another output. */
function link(output) {
  const cwd = join(build, "wasm");
  const commands = execFileSync("ninja", ["-t", "commands", "virga_wasm"], {
    cwd,
    encoding: "utf8",
  });
  const command = commands.trim().split("\n").at(-1);
  const changed = command.replace(/ -o \S+\.js /, ` --profiling-funcs -o ${output} `);
  if (changed === command) throw new Error(`no output in the link command: ${command}`);
  const env = { ...process.env, NODE_PATH: "/usr/share/nodejs" };
  execFileSync("bash", ["-c", changed], { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
}
